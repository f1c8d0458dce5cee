using System.Text.Json;
using Archiver.Infra.LocalCloud.S3.Bodies;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>How values that have no SQL type of their own stand in the tables.</summary>
internal static class Stored
{
    public static ObjectAttributes ToAttributes(string json) => JsonSerializer.Deserialize<ObjectAttributes>(json)!;

    public static IReadOnlyDictionary<string, string> ToTags(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    public static ChecksumType ToChecksumType(string name) =>
        name == ChecksumType.Composite.Name() ? ChecksumType.Composite : ChecksumType.FullObject;

    public static Checksum? ToChecksum(string? algorithm, string? value, string? type) =>
        algorithm is null ? null : new Checksum(Checksums.Find(algorithm)!.Value, value!, ToChecksumType(type!));
}
