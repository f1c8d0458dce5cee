using System.Xml;
using Archiver.Infra.LocalCloud.S3.State;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>The parameters that all of S3's listings share.</summary>
/// <param name="Url">Whether names are percent-encoded in the answer, since XML cannot hold every letter that a key can.</param>
internal sealed record ListingParameters(string Prefix, string Delimiter, int Limit, bool Url)
{
    /// <summary>Reads them.</summary>
    /// <param name="limit">The parameter that limits the page, such as <c>max-keys</c>; S3 lowers one past 1,000 to that.</param>
    public static ListingParameters Read(S3Call call, string limit)
    {
        string? encoding = call.Query("encoding-type");
        if (encoding is not null and not "" and not "url")
            throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encoding);
        return new ListingParameters(
            call.Query("prefix") ?? "",
            call.Query("delimiter") ?? "",
            Math.Min(call.QueryNumber(limit, missing: S3Limits.Page, least: 0, most: int.MaxValue), S3Limits.Page),
            encoding == "url");
    }

    /// <summary>The query that they make.</summary>
    /// <param name="from">The least key that may be listed.</param>
    public ListQuery Query(string bucket, byte[] from) => new(bucket, Prefix, Delimiter, from, Limit);

    /// <summary>The least key after a marker. One that is a common prefix, as the last page gave it, stands for all that begins with it.</summary>
    public byte[] AfterMarker(string marker)
    {
        if (marker.Length == 0)
            return [];
        byte[] bytes = Keys.Bytes(marker);
        bool rolledUp = Delimiter.Length > 0
            && marker.StartsWith(Prefix, StringComparison.Ordinal)
            && marker.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal) is >= 0 and int at
            && at + Delimiter.Length == marker.Length;
        return rolledUp ? Keys.AfterAll(bytes)! : Keys.After(bytes);
    }

    /// <summary>A name as the answer has it.</summary>
    public string? Encode(string? name) =>
        name is null || !Url ? name : Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal);

    /// <summary>Writes them back, as S3 does.</summary>
    /// <param name="limit">The element that has the limit, such as <c>MaxKeys</c>.</param>
    public void Write(XmlWriter xml, string limit, bool truncated)
    {
        xml.Element("Prefix", Encode(Prefix));
        xml.Element("Delimiter", Delimiter.Length == 0 ? null : Encode(Delimiter));
        xml.Element(limit, Limit);
        xml.Element("EncodingType", Url ? "url" : null);
        xml.Element("IsTruncated", truncated);
    }

    /// <summary>Writes what the delimiter rolled up.</summary>
    public void WriteCommonPrefixes(XmlWriter xml, IReadOnlyList<string> prefixes)
    {
        foreach (string prefix in prefixes)
            xml.Element("CommonPrefixes", element => element.Element("Prefix", Encode(prefix)));
    }
}
