using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Audit.Chain;

/// <summary>
/// The one form in which an entry is hashed, kept and exported: JSON on one line without white space, always with these members
/// in this order:
/// <code>
/// {"sequence":1,"at":"2026-03-01T14:02:00.000Z","attempt":"…","phase":"Done","operation":"Decide",
///  "by":{"id":"…","name":"…","roles":["Reviewer"]},"from":"…"|null,
///  "on":{"kind":"…","id":"…","version":"…"|null,"name":"…"|null},"detail":"…"|null,"key":"…"|null}
/// </code>
/// Times are UTC with milliseconds. Texts have printable ASCII only: a control character, anything else outside of it, and each of
/// <c>" \ &amp; ' + &lt; &gt; `</c> is written as <c>\uXXXX</c> with upper-case digits or by JSON's short escape (<c>\b \t \n \f \r \\</c>). Whoever checks
/// a hash needs none of this: the text is hashed as it stands.
/// </summary>
internal static class CanonicalEntry
{
    /// <summary>Writes an entry.</summary>
    /// <param name="sequence">Its number in the chain.</param>
    /// <param name="entry">The entry; its texts are bounded by <see cref="AuditText"/>.</param>
    /// <param name="key">The name of the key that it is hashed with.</param>
    public static string Write(long sequence, AuditEntry entry, string? key)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence"u8, sequence);
            json.WriteString("at"u8, UtcTimestamp.Format(entry.At));
            json.WriteString("attempt"u8, entry.Attempt);
            json.WriteString("phase"u8, entry.Phase.ToString());
            json.WriteString("operation"u8, entry.Operation.ToString());
            json.WriteStartObject("by"u8);
            json.WriteString("id"u8, entry.By.Id);
            json.WriteString("name"u8, entry.By.Name);
            json.WriteStartArray("roles"u8);
            foreach (Role role in entry.By.Roles) json.WriteStringValue(role.ToString());
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString("from"u8, entry.From);
            json.WriteStartObject("on"u8);
            json.WriteString("kind"u8, entry.On.Kind);
            json.WriteString("id"u8, entry.On.Id);
            json.WriteString("version"u8, entry.On.Version);
            json.WriteString("name"u8, entry.On.Name);
            json.WriteEndObject();
            json.WriteString("detail"u8, entry.Detail);
            json.WriteString("key"u8, key);
            json.WriteEndObject();
        }
        return Encoding.ASCII.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Reads an entry; not one where the text is none, as when somebody wrote over it.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out AuditRecord? record)
    {
        record = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement entry = document.RootElement;
            JsonElement by = entry.GetProperty("by");
            JsonElement on = entry.GetProperty("on");
            record = new AuditRecord
            {
                Sequence = entry.GetProperty("sequence").GetInt64(),
                At = DateTimeOffset.Parse(Text(entry, "at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Attempt = Text(entry, "attempt"),
                Phase = Text(entry, "phase"),
                Operation = Text(entry, "operation"),
                PersonId = Text(by, "id"),
                PersonName = Text(by, "name"),
                Roles = [.. by.GetProperty("roles").EnumerateArray().Select(role => role.GetString() ?? "")],
                From = TextOrNothing(entry, "from"),
                On = new AuditSubject(Text(on, "kind"), Text(on, "id"), TextOrNothing(on, "version"), TextOrNothing(on, "name")),
                Detail = TextOrNothing(entry, "detail"),
                Key = TextOrNothing(entry, "key"),
            };
            return true;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString() ?? throw new FormatException($"{name} has no text.");

    private static string? TextOrNothing(JsonElement parent, string name) => parent.GetProperty(name).GetString();
}
