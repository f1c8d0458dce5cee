using System.Text;
using System.Text.Json.Nodes;

namespace Archiver.Infra.Tests.Fuzz;

/// <summary>What is done to a request.</summary>
public enum Change
{
    Value,
    Value2,
    Remove,
    Rename,
    Add,
    Byte,
    Insert,
    Truncate,
    Header,
    Target,
    Query,
    Repeat,
    Chunk,
}

/// <summary>One change: what, where (of what there is, taken round), and with which of the odd values.</summary>
public sealed record Mutation(Change Change, int Where, int What, string Text);

/// <summary>Makes wrong requests of right ones.</summary>
internal static class Mutations
{
    private static readonly string s_deep = new string('[', 300) + new string(']', 300);
    private static readonly string s_deepMap = string.Concat(Enumerable.Repeat("{\"M\":{\"a\":", 50)) + "1" + new string('}', 100);

    private static readonly string[] s_values =
    [
        "null", "true", "0", "-1", "21", "1e400", "-1e-400", "12345678901234567890123456789012345678901234567890", "9007199254740993", "1.5", "2147483648", "\"\"", "[]", "{}", "[[]]",
        "[null]", "{\"\":null}", "{\"a\":1,\"a\":2}", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00x\"", "\"../../etc/passwd\"", "\"%2e%2e%2fx\"", "\"😀\\u202e\"", "\"e\u0301\"", "\"NaN\"", "\"-1\"",
        "\"1e999\"", "\"2026-13-45T99:99:99Z\"", "\"AAAA=\"", "\"arn:aws:sqs:::\"", "\"arn:aws:states:us-east-1:000000000000:stateMachine:\"", "\"$.a[?(@.b==1)]..c[*]\"", "\"States.Format('{}', $$)\"",
        "\"((((((((((\"", "\"a = b AND c = d OR NOT (e)\"", "\"SET a.b[99999999999] = :x\"", "\"{\\\"a\\\":\"", "\"http://[::1]:99999/x\"", "\"http://localhost/%00/%2e%2e\"", "\"(a+)+$\"", "[1,\"a\",{},[],null]",
        "{\"S\":\"a\",\"N\":\"1\"}", "{\"N\":\"1e130\"}", "{\"B\":\"!\"}", "{\"SS\":[]}", "{\"X\":1}", $"\"{new string('x', 5000)}\"", $"\"{new string('é', 40000)}\"",
        "\"9999999999999999999\"", "\"0x10\"", "\" \"", "\"\\r\\nX: y\"", "\"<a>&amp;\\u0001</a>\"", "\"All\"", "\"null\"",
    ];

    private static readonly string[] s_places = ["", ".0", ".-1", ".99999999999", ".2", "..", ".1.1"];
    private static readonly string[] s_fields = ["%zz=1", "=", "a", "%00=%00", "Action=X", "Version=1", "%ff=%fe"];

    private static readonly string[] s_headers =
    [
        "Range: bytes=9999999999999999999-", "Range: bytes=-0", "Range: bytes=a", "If-Match: ", "If-Match: \"", "If-Modified-Since: never", "If-None-Match: *", "Content-MD5: x", "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==",
        "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "x-amz-content-sha256: zz", "x-amz-content-sha256: STREAMING-", "x-amz-decoded-content-length: -1", "x-amz-decoded-content-length: 99999999999999999999",
        "x-amz-copy-source: /../../etc/passwd", "x-amz-copy-source: %", "x-amz-copy-source: fuzz-bucket/a/b?versionId=%00", "x-amz-copy-source-range: bytes=5-1", "x-amz-meta-\u00e9: x", "x-amz-meta-a: \u00e9\u20ac", "x-amz-meta-b: =?UTF-8?B?!!?=",
        "x-amz-tagging: a=b&a=c", "x-amz-tagging: %zz=%", "x-amz-checksum-crc32: AAAA", "x-amz-checksum-sha256: ", "x-amz-checksum-foo: x", "x-amz-trailer: x-amz-checksum-crc32", "x-amz-trailer: a,b", "Content-Encoding: aws-chunked",
        "x-amz-acl: public-read", "x-amz-storage-class: GLACIER", "x-amz-server-side-encryption: aws:kms", "x-amz-object-lock-mode: X", "Expect: 100-continue", "Content-Type: ", "Content-Type: multipart/form-data; boundary=", "Content-Type: text/plain; charset=utf-7",
        "Content-Type: application/x-www-form-urlencoded; charset=nonesuch", "Content-Encoding: gzip", "Origin: http://evil.example", "Authorization: AWS4-HMAC-SHA256", "Authorization: /sqs/aws4_request", "X-Amz-Date: x", "Transfer-Encoding: chunked", "X-HTTP-Method-Override: DELETE",
        "X-Amz-Invocation-Type: Event", "X-Amz-Invocation-Type: Nonesuch", "X-Amz-Log-Type: Tail", "Cache-Control: \u00ff", "x-amz-expected-bucket-owner: 1", "x-amz-mp-object-size: -5", "x-amz-max-parts: -1", "x-amz-part-number-marker: 99999999999", "x-amz-object-attributes: ,,", "Accept-Encoding: br",
    ];

    private static readonly string[] s_paths =
    [
        "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%00", "/a%00b", "/%", "/%zz", "/%ff%fe", "//", "/./", "/\\..\\x", "/%c0%ae%c0%ae/", "/%F0%9F%98%80", "/%EF%BF%BE", "/%0d%0aX:y", "/+%20", "/;/", "/" + new string('k', 1100), "/%ED%A0%80",
        "/%01%1f%7f", "/a?b", "/%3Cx%3E",
    ];

    private static readonly string[] s_queries =
    [
        "versionId=", "versionId=%00", "versionId=..%2f..", "uploadId=..%2f..%2fx", "uploadId=", "partNumber=-1", "partNumber=99999999999", "partNumber=x", "max-keys=99999999999", "max-keys=-1", "max-parts=x", "continuation-token=%00", "continuation-token=!!!!", "encoding-type=x",
        "delimiter=", "delimiter=%F0%9F%98%80", "prefix=%ff", "prefix=%EF%BF%BF", "marker=%00", "list-type=3", "acl", "policy", "torrent", "tagging&versioning", "X-Amz-Signature=x", "X-Amz-Expires=-1", "x-amz-acl=public-read", "=", "&&&", "%", "a=%zz", "response-content-type=%0d%0ax", "response-expires=%00", "response-content-disposition=%E2%82%AC",
        "Marker=%00", "MaxItems=-1", "Qualifier=x", "versions", "uploads", "delete", "key-marker=%00&version-id-marker=x", "upload-id-marker=x",
    ];

    /// <summary>Applies changes one after the other.</summary>
    public static WireRequest Apply(WireRequest request, IEnumerable<Mutation> mutations) => mutations.Aggregate(request, Apply);

    private static WireRequest Apply(WireRequest request, Mutation mutation) => mutation.Change switch
    {
        Change.Value or Change.Value2 or Change.Remove or Change.Rename or Change.Add or Change.Repeat when request.Speaks == Speaks.Json => request with { Body = Json(request.Body, mutation) },
        Change.Value or Change.Value2 or Change.Remove or Change.Rename or Change.Add or Change.Repeat when request.Speaks == Speaks.Query => request with { Body = Form(request.Body, mutation) },
        Change.Value or Change.Value2 when request.Speaks == Speaks.Lambda => request with { Body = Encoding.UTF8.GetBytes(Pick(s_values, mutation.What)) },
        Change.Value or Change.Value2 or Change.Target => request with { Target = Path(request.Target, mutation) },
        Change.Query or Change.Rename => request with { Target = request.Target + (request.Target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + Pick(s_queries, mutation.What) },
        Change.Header or Change.Add => request with { Headers = [.. request.Headers, Pick(s_headers, mutation.What)] },
        Change.Remove => request with { Headers = [.. request.Headers.Where((_, index) => index != mutation.Where % Math.Max(1, request.Headers.Count) || request.Speaks == Speaks.Query)] },
        Change.Byte => request with { Body = Bytes(request.Body, mutation, replace: true) },
        Change.Insert => request with { Body = Bytes(request.Body, mutation, replace: false) },
        Change.Truncate => request with { Body = request.Body.Length == 0 ? [] : request.Body[..(mutation.Where % request.Body.Length)] },
        Change.Chunk => request with { Headers = [.. request.Headers, "Transfer-Encoding: chunked"], Body = Chunked(request.Body, mutation) },
        _ => request with { Body = [.. request.Body, .. request.Body] },
    };

    private static byte[] Json(byte[] body, Mutation mutation)
    {
        try
        {
            return ChangeJson(body, mutation);
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            return body; // a change before has broken it: no JSON any more, a member that is there twice, or text that is none
        }
    }

    private static byte[] ChangeJson(byte[] body, Mutation mutation)
    {
        JsonNode? root = JsonNode.Parse(body);
        List<(JsonNode Parent, string? Name, int Index)> places = [];
        Collect(root, places);
        if (places.Count == 0)
            return Encoding.UTF8.GetBytes(Pick(s_values, mutation.What));
        (JsonNode parent, string? name, int index) = places[mutation.Where % places.Count];
        string odd = mutation.Change == Change.Value2 ? System.Text.Json.JsonSerializer.Serialize(mutation.Text) : Odd(mutation.What);
        const string Mark = "@@odd@@";
        if (parent is JsonObject map)
        {
            switch (mutation.Change)
            {
                case Change.Remove:
                    map.Remove(name!);
                    break;
                case Change.Rename:
                    JsonNode? moved = map[name!];
                    map.Remove(name!);
                    map[mutation.Text.Length > 0 ? mutation.Text : name + "s"] = moved;
                    break;
                case Change.Add:
                    map["Extra" + mutation.What] = Mark;
                    break;
                default:
                    map[name!] = Mark;
                    break;
            }
        }
        else if (parent is JsonArray list)
        {
            if (mutation.Change == Change.Remove)
                list.RemoveAt(index);
            else if (mutation.Change == Change.Repeat)
                list.Add(list[index]?.DeepClone());
            else
                list[index] = Mark;
        }
        return Encoding.UTF8.GetBytes(root!.ToJsonString().Replace($"\"{Mark}\"", odd, StringComparison.Ordinal));
    }

    private static string Odd(int what) => (what % (s_values.Length + 2)) switch
    {
        var index when index < s_values.Length => s_values[index],
        var index when index == s_values.Length => s_deep,
        _ => s_deepMap,
    };

    private static void Collect(JsonNode? node, List<(JsonNode, string?, int)> places)
    {
        if (node is JsonObject map)
        {
            foreach ((string name, JsonNode? value) in map)
            {
                places.Add((map, name, 0));
                Collect(value, places);
            }
        }
        else if (node is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                places.Add((list, null, i));
                Collect(list[i], places);
            }
        }
    }

    private static byte[] Form(byte[] body, Mutation mutation)
    {
        List<string> fields = [.. Encoding.UTF8.GetString(body).Split('&')];
        int index = mutation.Where % fields.Count;
        string name = fields[index].Split('=')[0];
        string odd = mutation.Change == Change.Value2 ? Uri.EscapeDataString(Whole(mutation.Text)) : Odd(mutation.What).Trim('"');
        switch (mutation.Change)
        {
            case Change.Remove:
                fields.RemoveAt(index);
                break;
            case Change.Rename:
                fields[index] = fields[index].Replace(".1", Pick(s_places, mutation.What), StringComparison.Ordinal);
                break;
            case Change.Repeat:
                fields.Add(fields[index]);
                break;
            case Change.Add:
                fields.Add(Pick(s_fields, mutation.What));
                break;
            default:
                fields[index] = $"{name}={odd}";
                break;
        }
        return Encoding.UTF8.GetBytes(string.Join('&', fields));
    }

    private static string Path(string target, Mutation mutation)
    {
        string odd = mutation.Change == Change.Value2 ? "/" + Uri.EscapeDataString(Whole(mutation.Text)) : Pick(s_paths, mutation.What);
        int query = target.IndexOf('?', StringComparison.Ordinal);
        (string path, string rest) = query < 0 ? (target, "") : (target[..query], target[query..]);
        int[] slashes = [.. path.Select((letter, index) => letter == '/' ? index : -1).Where(index => index >= 0), path.Length];
        int at = slashes[mutation.Where % slashes.Length];
        string changed = mutation.What % 2 == 0 ? path[..at] + odd : path.Insert(at, odd);
        return changed + rest;
    }

    private static byte[] Bytes(byte[] body, Mutation mutation, bool replace)
    {
        byte[] odd = (mutation.What % 8) switch
        {
            0 => [0], 1 => [0xff], 2 => [0xc0, 0xaf], 3 => [0xed, 0xa0, 0x80], 4 => "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"u8.ToArray(), 5 => "&#0;&#xFFFF;&x;"u8.ToArray(), 6 => "\r\n"u8.ToArray(), _ => [(byte)mutation.What],
        };
        int at = body.Length == 0 ? 0 : mutation.Where % body.Length;
        return [.. body[..at], .. odd, .. body[(replace && at < body.Length ? at + 1 : at)..]];
    }

    private static byte[] Chunked(byte[] body, Mutation mutation) => (mutation.What % 5) switch
    {
        0 => [.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8],
        1 => [.. Encoding.ASCII.GetBytes($"{body.Length + 1:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8],
        2 => "zz\r\n\r\n"u8.ToArray(),
        3 => "ffffffffffffffff\r\n"u8.ToArray(),
        _ => "0\r\n\r\n"u8.ToArray(),
    };

    private static string Pick(string[] of, int what) => of[what % of.Length];

    // Half of a surrogate pair can't be percent-encoded.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
