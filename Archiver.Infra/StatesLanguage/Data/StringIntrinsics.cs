using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>
/// The intrinsic functions on text. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
/// </summary>
internal static class StringIntrinsics
{
    /// <summary>The characters that a backslash stands before.</summary>
    private const string Reserved = @"'{}\";

    /// <summary>Fills the <c>{}</c> of a template with the other arguments, in their order.</summary>
    public static JsonNode? Format(IntrinsicArguments arguments)
    {
        var template = arguments.FirstEscaped ?? arguments.Text(0);
        var text = new StringBuilder();
        var next = 1;
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == '\\' && i + 1 < template.Length && Reserved.Contains(template[i + 1]))
            {
                text.Append(template[++i]);
            }
            else if (template[i] == '{' && i + 1 < template.Length && template[i + 1] == '}')
            {
                if (next == arguments.Values.Count)
                    throw arguments.Fail("has more {} in its template than arguments");
                WriteNatural(text, arguments.Values[next++]);
                i++;
            }
            else
            {
                text.Append(template[i]);
            }
        }

        return next == arguments.Values.Count
            ? JsonValue.Create(text.ToString())
            : throw arguments.Fail("has more arguments than {} in its template");
    }

    /// <summary>Reads JSON.</summary>
    public static JsonNode? StringToJson(IntrinsicArguments arguments)
    {
        try
        {
            return JsonText.Parse(arguments.Text(0));
        }
        catch (JsonException e)
        {
            throw arguments.Fail("got a string that is not JSON: " + e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Writes JSON.</summary>
    public static JsonNode? JsonToString(IntrinsicArguments arguments) => JsonValue.Create(JsonText.Write(arguments.Values[0]));

    /// <summary>Splits at every character of the second argument; empty pieces are left out.</summary>
    public static JsonNode? StringSplit(IntrinsicArguments arguments)
    {
        // An empty list of separators would mean blanks to String.Split.
        var separators = arguments.Text(1).ToCharArray();
        string[] pieces = separators.Length == 0 ? [arguments.Text(0)] : arguments.Text(0).Split(separators);
        return new JsonArray([.. pieces.Where(p => p.Length > 0).Select(p => JsonValue.Create(p))]);
    }

    /// <summary>Encodes text, as UTF-8, in Base64.</summary>
    public static JsonNode? Base64Encode(IntrinsicArguments arguments)
        => JsonValue.Create(Convert.ToBase64String(Encoding.UTF8.GetBytes(arguments.ShortText(0))));

    /// <summary>Decodes Base64 to text in UTF-8.</summary>
    public static JsonNode? Base64Decode(IntrinsicArguments arguments)
    {
        try
        {
            return JsonValue.Create(Encoding.UTF8.GetString(Convert.FromBase64String(arguments.ShortText(0))));
        }
        catch (FormatException)
        {
            throw arguments.Fail("got a string that is not Base64");
        }
    }

    /// <summary>The hash of a string, or of a value's JSON text, in lower-case hexadecimal.</summary>
    public static JsonNode? Hash(IntrinsicArguments arguments)
    {
        var text = arguments.Short(JsonText.AsString(arguments.Values[0]) ?? JsonText.Write(arguments.Values[0]));
        var data = Encoding.UTF8.GetBytes(text);
        var algorithm = arguments.Text(1);
        return JsonValue.Create(Convert.ToHexStringLower(algorithm switch
        {
            "MD5" => Md5(data),
            "SHA-1" => Sha1(data),
            "SHA-256" => SHA256.HashData(data),
            "SHA-384" => SHA384.HashData(data),
            "SHA-512" => SHA512.HashData(data),
            _ => throw arguments.Fail($"does not know the algorithm {algorithm}"),
        }));
    }

    // MD5 and SHA-1 are what the function offers; nothing here relies on them for security.
#pragma warning disable CA5350, CA5351
    private static byte[] Md5(byte[] data) => MD5.HashData(data);

    private static byte[] Sha1(byte[] data) => SHA1.HashData(data);
#pragma warning restore CA5350, CA5351

    /// <summary>
    /// Writes a value as Step Functions does in a text: a string as it is, an object or array as Java writes maps and lists
    /// (the spec forbids these, the service does not).
    /// </summary>
    private static void WriteNatural(StringBuilder text, JsonNode? value)
    {
        var separator = "";
        switch (value)
        {
            case JsonObject members:
                text.Append('{');
                foreach (var (name, member) in members)
                {
                    text.Append(separator).Append(name).Append('=');
                    WriteNatural(text, member);
                    separator = ", ";
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                foreach (var item in items)
                {
                    text.Append(separator);
                    WriteNatural(text, item);
                    separator = ", ";
                }

                text.Append(']');
                break;
            default:
                text.Append(JsonText.AsString(value) ?? JsonText.Write(value));
                break;
        }
    }
}
