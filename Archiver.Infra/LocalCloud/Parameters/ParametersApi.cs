using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Parameters;

/// <summary>
/// Parameter Store on the wire.
/// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Operations_Amazon_Simple_Systems_Manager_SSM.html
/// </summary>
internal sealed class ParametersApi : JsonApi
{
    private readonly ParameterService _service;

    public ParametersApi(ParameterService service) : base("Ssm", "AmazonSSM", "1.1", "com.amazonaws.ssm")
    {
        _service = service;
        Add("PutParameter", PutParameter);
        Add("GetParameter", GetParameter);
        Add("GetParameters", GetParameters);
        Add("GetParametersByPath", GetParametersByPath);
        Add("DescribeParameters", DescribeParameters);
        Add("DeleteParameter", DeleteParameter);
        Add("DeleteParameters", DeleteParameters);
    }

    private void Add(string name, Func<JsonObject, JsonObject> handler) => Operation(name, (request, _) => Task.FromResult(handler(request)));

    private JsonObject PutParameter(JsonObject request)
    {
        foreach (string member in (string[])["Tags", "Policies"])
        {
            if (request[member] is not null)
                throw Invalid($"The local cloud's Parameter Store does not have {member}.");
        }
        if (Text(request, "DataType") is { } dataType and not "text")
            throw Invalid($"The local cloud's Parameter Store does not have the data type {dataType}.");
        Parameter parameter = _service.Put(new ParameterPut(
            Required(request, "Name"), Required(request, "Value"), Text(request, "Type"), Flag(request, "Overwrite"), Text(request, "Description"),
            Text(request, "AllowedPattern"), Text(request, "KeyId"), Text(request, "Tier")));
        return new JsonObject { ["Version"] = parameter.Version, ["Tier"] = parameter.Tier };
    }

    private JsonObject GetParameter(JsonObject request)
    {
        (Parameter parameter, string? selector) = _service.Get(Required(request, "Name"), Flag(request, "WithDecryption"));
        return new JsonObject { ["Parameter"] = Json(parameter, selector) };
    }

    private JsonObject GetParameters(JsonObject request)
    {
        bool withDecryption = Flag(request, "WithDecryption");
        JsonArray found = [], invalid = [];
        foreach (string name in Names(request).Distinct(StringComparer.Ordinal))
        {
            try
            {
                (Parameter parameter, string? selector) = _service.Get(name, withDecryption);
                found.Add((JsonNode)Json(parameter, selector));
            }
            catch (AwsError error) when (error.Code is "ParameterNotFound" or "ParameterVersionNotFound")
            {
                invalid.Add((JsonNode)name);
            }
        }
        return new JsonObject { ["Parameters"] = found, ["InvalidParameters"] = invalid };
    }

    private JsonObject GetParametersByPath(JsonObject request)
    {
        string path = Required(request, "Path");
        if (!path.StartsWith('/'))
            throw Invalid("The parameter path must begin with a slash.");
        ParameterFilter filter = Filter(request) with { Paths = [path], Recursive = Flag(request, "Recursive") };
        if (filter.Names.Count > 0)
            throw new AwsError("InvalidFilterKey", "GetParametersByPath does not filter by Name.");
        ParameterPage page = _service.List(filter, Text(request, "NextToken"), Limit(request, 10), Flag(request, "WithDecryption"));
        return Page("Parameters", page, parameter => Json(parameter, null));
    }

    private JsonObject DescribeParameters(JsonObject request)
    {
        foreach (string member in (string[])["Filters", "Shared"])
        {
            if (request[member] is not null)
                throw Invalid($"The local cloud's Parameter Store does not have {member}; use ParameterFilters.");
        }
        ParameterPage page = _service.List(Filter(request), Text(request, "NextToken"), Limit(request, 50), withDecryption: false);
        return Page("Parameters", page, parameter => new JsonObject
        {
            ["Name"] = parameter.Name,
            ["ARN"] = _service.Arn(parameter.Name),
            ["Type"] = parameter.Type,
            ["KeyId"] = parameter.KeyId,
            ["LastModifiedDate"] = Time(parameter),
            ["Description"] = parameter.Description,
            ["AllowedPattern"] = parameter.AllowedPattern,
            ["Version"] = parameter.Version,
            ["Tier"] = parameter.Tier,
            ["Policies"] = new JsonArray(),
            ["DataType"] = "text",
        });
    }

    private JsonObject DeleteParameter(JsonObject request)
    {
        string name = Required(request, "Name");
        return _service.Delete(name) ? [] : throw new AwsError("ParameterNotFound", $"There is no parameter {name}.");
    }

    private JsonObject DeleteParameters(JsonObject request)
    {
        ILookup<bool, string> byOutcome = Names(request).Distinct(StringComparer.Ordinal).ToArray().ToLookup(_service.Delete);
        return new JsonObject { ["DeletedParameters"] = Array(byOutcome[true]), ["InvalidParameters"] = Array(byOutcome[false]) };

        static JsonArray Array(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
    }

    private JsonObject Json(Parameter parameter, string? selector)
    {
        JsonObject json = new()
        {
            ["Name"] = parameter.Name,
            ["Type"] = parameter.Type,
            ["Value"] = parameter.Value,
            ["Version"] = parameter.Version,
            ["LastModifiedDate"] = Time(parameter),
            ["ARN"] = _service.Arn(parameter.Name),
            ["DataType"] = "text",
        };
        if (selector is not null)
            json["Selector"] = selector;
        return json;
    }

    private static JsonObject Page(string member, ParameterPage page, Func<Parameter, JsonObject> json)
    {
        JsonObject response = new() { [member] = new JsonArray([.. page.Items.Select(json)]) };
        if (page.Next is not null)
            response["NextToken"] = page.Next;
        return response;
    }

    private static double Time(Parameter parameter) => parameter.ModifiedAt.ToUnixTimeMilliseconds() / 1000.0;

    private static ParameterFilter Filter(JsonObject request)
    {
        ParameterFilter filter = new();
        foreach (JsonNode? node in Member<JsonArray>(request, "ParameterFilters") ?? [])
        {
            JsonObject given = node as JsonObject ?? throw Invalid("ParameterFilters has something that is no filter.");
            string key = Required(given, "Key");
            string? option = Text(given, "Option");
            string[] values = Texts(given, "Values");
            filter = (key, option) switch
            {
                ("Name", null or "Equals" or "BeginsWith" or "Contains") => filter with { Names = values, NameOption = option ?? "Equals" },
                ("Type", null or "Equals") => filter with { Types = values },
                ("Path", null or "OneLevel" or "Recursive") => filter with { Paths = values, Recursive = option == "Recursive" },
                ("Name" or "Type" or "Path", _) => throw new AwsError("InvalidFilterOption", $"The filter {key} has no option {option}."),
                _ => throw new AwsError("InvalidFilterKey", $"The local cloud filters parameters by Name, Type and Path, not by {key}."),
            };
        }
        return filter;
    }

    private static string[] Names(JsonObject request)
    {
        string[] names = Texts(request, "Names");
        return names.Length is >= 1 and <= 10 ? names : throw Invalid("Names has 1 to 10 names.");
    }

    private static string[] Texts(JsonObject request, string member) =>
        [.. (Member<JsonArray>(request, member) ?? []).Select(item => item is JsonValue value && value.TryGetValue(out string? text) ? text : throw Invalid($"{member} must be texts."))];

    private static int Limit(JsonObject request, int most)
    {
        if (Member<JsonValue>(request, "MaxResults") is not { } value)
            return most;
        return value.TryGetValue(out int limit) && limit >= 1 && limit <= most ? limit : throw Invalid($"MaxResults must be 1 to {most}.");
    }

    private static string Required(JsonObject request, string member) => Text(request, member) ?? throw Invalid($"{member} is required.");

    private static string? Text(JsonObject request, string member) =>
        Member<JsonValue>(request, member) is not { } value ? null : value.TryGetValue(out string? text) ? text : throw Invalid($"{member} must be text.");

    private static bool Flag(JsonObject request, string member) =>
        Member<JsonValue>(request, member) is { } value && (value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? value.GetValue<bool>() : throw Invalid($"{member} must be true or false."));

    private static T? Member<T>(JsonObject request, string member) where T : JsonNode => request[member] switch
    {
        null => null,
        T value => value,
        _ => throw Invalid($"{member} is not of the type that it must be."),
    };

    private static AwsError Invalid(string message) => new("ValidationException", message);
}
