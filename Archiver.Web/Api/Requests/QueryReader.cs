using System.Globalization;
using Archiver.Web.Api.Answers;
using Microsoft.Extensions.Primitives;

namespace Archiver.Web.Api.Requests;

/// <summary>Reads a request's query by what its operation says of its parameters, and says of all that are not what they can be at once.</summary>
internal sealed class QueryReader
{
    private readonly IQueryCollection _query;
    private readonly Dictionary<string, string> _errors = [];

    /// <summary>Reads the query of a request: what its operation does not name is an error, and so is what comes twice.</summary>
    public QueryReader(HttpContext http)
    {
        _query = http.Request.Query;
        IReadOnlyList<ApiParameter> parameters = http.GetEndpoint()!.Metadata.GetRequiredMetadata<ApiOperation>().Parameters;
        foreach ((string name, StringValues values) in _query)
        {
            ApiParameter? known = parameters.FirstOrDefault(one => one.Place == ParameterPlace.Query && one.Name == name);
            if (known is null) Error(name.Length > 100 ? name[..100] : name, parameters.Count == 0 ? "is no parameter" : $"is no parameter; there are {string.Join(", ", parameters.Where(one => one.Place == ParameterPlace.Query).Select(one => one.Name))}");
            else if (values.Count != 1) Error(name, "comes more than once");
            else Check(known, values.ToString());
        }
        foreach (ApiParameter missing in parameters.Where(one => one.IsRequired && one.Place == ParameterPlace.Query && !_query.ContainsKey(one.Name))) Error(missing.Name, "is missing");
    }

    /// <summary>What is wrong with the query; nothing where nothing is.</summary>
    public ApiAnswer? Problem => _errors.Count == 0 ? null : ApiProblem.Fields(_errors);

    /// <summary>A parameter's value; nothing where it is not there or not what it can be.</summary>
    public string? Text(string name) => !_errors.ContainsKey(name) && _query.TryGetValue(name, out StringValues values) && values.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A parameter's value as a whole number.</summary>
    public int Number(string name, int normal) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : normal;

    /// <summary>Says that a parameter is not what it can be.</summary>
    public void Error(string name, string whatItIs) => _errors.TryAdd(name, $"{name} {whatItIs}.");

    /// <summary>Takes in sentences about parameters, each of which begins with the parameter's name.</summary>
    public void Errors(IEnumerable<string> sentences)
    {
        foreach (string sentence in sentences) _errors.TryAdd(sentence.Split(' ', 2)[0], sentence);
    }

    private void Check(ApiParameter parameter, string value)
    {
        if (value.Length > parameter.Longest)
            Error(parameter.Name, string.Create(CultureInfo.InvariantCulture, $"has {parameter.Longest} characters at most"));
        else if (parameter.Choice is { } choice && !choice.Contains(value, StringComparer.Ordinal))
            Error(parameter.Name, $"is one of {string.Join(", ", choice)}");
        else if (parameter.Range is { } range && !(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= range.Least && number <= range.Most))
            Error(parameter.Name, string.Create(CultureInfo.InvariantCulture, $"is a whole number from {range.Least} to {range.Most}"));
    }
}
