using System.Text.Encodings.Web;
using System.Text.Json;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>How events are written.</summary>
internal static class EventJson
{
    /// <summary>With characters as they are: a key of an object in Cyrillic counts its bytes, not six for each letter.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };
}
