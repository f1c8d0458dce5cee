using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Events.Targets;

/// <summary>Targets as they stand in templates and on the wire.
/// See https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html.</summary>
internal static partial class TargetJson
{
    private const int LongestInput = 8192;

    /// <summary>Reads a target.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c>: it breaks a rule, or asks what the local cloud does not have.</exception>
    public static EventTarget Read(JsonObject json)
    {
        if (json.FirstOrDefault(member => member.Key is not ("Id" or "Arn" or "RoleArn" or "Input" or "InputPath" or "InputTransformer" or "RetryPolicy" or "DeadLetterConfig")).Key is { } unknown)
            throw EventsErrors.Validation($"The local cloud does not have {unknown} of a target.");
        string id = Text(json, "Id") ?? "";
        if (!Id().IsMatch(id))
            throw EventsErrors.Validation($"'{id}' is no Id of a target: 1 to 64 letters, digits, dots, hyphens and underscores.");
        string arn = Text(json, "Arn") ?? "";
        if (!EventSender.Serves(arn))
            throw EventsErrors.Validation($"Parameter {arn} is not valid. Reason: the local cloud's targets are state machines and queues.");
        return new EventTarget(id, arn, Text(json, "RoleArn"), ReadInput(json), ReadRetry(json), ReadDeadLetters(json));
    }

    /// <summary>Writes a target.</summary>
    public static JsonNode Write(EventTarget target)
    {
        JsonObject json = new() { ["Id"] = target.Id, ["Arn"] = target.Arn };
        if (target.RoleArn is not null)
            json["RoleArn"] = target.RoleArn;
        switch (target.Input)
        {
            case TargetInput.Constant constant:
                json["Input"] = constant.Json;
                break;
            case TargetInput.Part part:
                json["InputPath"] = part.Path.Text;
                break;
            case TargetInput.Transformed transformed:
                json["InputTransformer"] = new JsonObject
                {
                    ["InputPathsMap"] = new JsonObject(transformed.Transformer.Paths.Select(path => KeyValuePair.Create(path.Key, (JsonNode?)path.Value))),
                    ["InputTemplate"] = transformed.Transformer.Template,
                };
                break;
        }
        if (target.Retry != RetryPolicy.Default)
        {
            json["RetryPolicy"] = new JsonObject
            {
                ["MaximumEventAgeInSeconds"] = (int)target.Retry.LongestAge.TotalSeconds,
                ["MaximumRetryAttempts"] = target.Retry.MostRetries,
            };
        }
        if (target.DeadLetterArn is not null)
            json["DeadLetterConfig"] = new JsonObject { ["Arn"] = target.DeadLetterArn };
        return json;
    }

    private static TargetInput ReadInput(JsonObject json)
    {
        string? constant = Text(json, "Input"), path = Text(json, "InputPath");
        JsonObject? transformer = Structure(json, "InputTransformer", "InputPathsMap", "InputTemplate");
        if (new object?[] { constant, path, transformer }.Count(one => one is not null) > 1)
            throw EventsErrors.Validation("Only one of Input, InputPath, or InputTransformer must be provided.");
        if (constant is not null)
            return new TargetInput.Constant(RequireJson(constant));
        if (path is not null)
        {
            return new TargetInput.Part(EventPath.TryParse(path)
                ?? throw EventsErrors.Validation($"Parameter InputPath is not valid. Reason: '{path}' is no path of names and list places such as $.detail."));
        }
        if (transformer is null)
            return new TargetInput.Whole();
        JsonObject paths = transformer["InputPathsMap"] switch
        {
            null => [],
            JsonObject map => map,
            _ => throw EventsErrors.Validation("InputPathsMap must be a map of names to paths."),
        };
        return new TargetInput.Transformed(new InputTransformer(
            Text(transformer, "InputTemplate") ?? "", paths.ToDictionary(pair => pair.Key, pair => Text(paths, pair.Key) ?? "", StringComparer.Ordinal)));
    }

    private static string RequireJson(string input)
    {
        if (input.Length > LongestInput)
            throw EventsErrors.Validation($"Parameter Input has more than {LongestInput} characters.");
        try
        {
            EventJson.Parse(input);
            return input;
        }
        catch (JsonException exception)
        {
            throw EventsErrors.Validation($"JSON syntax error in input: {exception.Message}");
        }
    }

    private static RetryPolicy ReadRetry(JsonObject json)
    {
        JsonObject? policy = Structure(json, "RetryPolicy", "MaximumEventAgeInSeconds", "MaximumRetryAttempts");
        return policy is null
            ? RetryPolicy.Default
            : new RetryPolicy(
                TimeSpan.FromSeconds(Number(policy, "MaximumEventAgeInSeconds", 60, 86_400, (int)RetryPolicy.Default.LongestAge.TotalSeconds)),
                Number(policy, "MaximumRetryAttempts", 0, 185, RetryPolicy.Default.MostRetries));
    }

    private static string? ReadDeadLetters(JsonObject json) => Structure(json, "DeadLetterConfig", "Arn") is not { } configuration
        ? null
        : Text(configuration, "Arn") is { } arn && arn.Split(':') is ["arn", _, "sqs", _, _, not ""]
            ? arn
            : throw EventsErrors.Validation("Parameter DeadLetterConfig.Arn is not valid. Reason: it must be a standard queue's.");

    private static JsonObject? Structure(JsonObject json, string member, params string[] members)
    {
        if (json[member] is not { } node)
            return null;
        if (node is not JsonObject structure)
            throw EventsErrors.Validation($"{member} must be a structure.");
        return structure.FirstOrDefault(one => !members.Contains(one.Key)).Key is { } unknown
            ? throw EventsErrors.Validation($"The local cloud does not have {member}.{unknown}.")
            : structure;
    }

    // A template leaves it open whether 30 is a number or a string.
    private static int Number(JsonObject json, string member, int least, int most, int fallback) => json[member] switch
    {
        null => fallback,
        JsonValue value when int.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out int number) && number >= least && number <= most => number,
        _ => throw EventsErrors.Validation($"{member} must be a whole number from {least} to {most}."),
    };

    private static string? Text(JsonObject json, string member) => json[member] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw EventsErrors.Validation($"{member} must be a string."),
    };

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
