using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Tests.Wire;

/// <summary>What an object of the model holds, as the wire would have it, found without the package's own help.</summary>
internal static class ModelJson
{
    /// <summary>The members that are set, by their name on the wire.</summary>
    public static JsonNode Of(object value) => value switch
    {
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        DateTime time => JsonValue.Create((time - DateTime.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond),
        ConstantClass constant => JsonValue.Create(constant.Value),
        IDictionary map => new JsonObject(
            map.Keys.Cast<string>().Select(key => KeyValuePair.Create(key, (JsonNode?)Of(map[key]!)))),
        IEnumerable list => new JsonArray([.. list.Cast<object>().Select(Of)]),
        _ => new JsonObject(Members(value.GetType())
            .Select(member => (member.Name, Value: member.GetValue(value)))
            .Where(member => member.Value is not null)
            .Select(member => KeyValuePair.Create(WireName(member.Name), (JsonNode?)Of(member.Value!)))),
    };

    /// <summary>The members that a type of the model has of its own.</summary>
    public static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    public static string WireName(string member) => char.ToLowerInvariant(member[0]) + member[1..];
}
