using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>Tags in a header and in XML, held to S3's rules.
/// See https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html.</summary>
internal static class TagsReader
{
    /// <summary>The most tags of an object.</summary>
    public const int PerObject = 10;

    /// <summary>The most tags of a bucket.</summary>
    public const int PerBucket = 50;

    private const int KeyLength = 128;
    private const int ValueLength = 256;
    private const string Punctuation = "+-=._:/@";

    /// <summary>Reads the header <c>x-amz-tagging</c>, which has tags as a query string.</summary>
    public static IReadOnlyDictionary<string, string> ReadHeader(S3Call call)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        if (call.Header("x-amz-tagging") is not { } header)
            return tags;
        foreach (string pair in header.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string key = Decode(equals < 0 ? pair : pair[..equals]);
            if (!tags.TryAdd(key, equals < 0 ? "" : Decode(pair[(equals + 1)..])))
                throw Malformed();
        }
        return Check(tags, PerObject);

        string Decode(string text)
        {
            try
            {
                return S3Address.Decode(text.Replace('+', ' '), header);
            }
            catch (Wire.AwsError)
            {
                throw Malformed();
            }
        }

        Wire.AwsError Malformed() => S3Errors.InvalidArgument(
            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.", "x-amz-tagging", header);
    }

    /// <summary>Reads a <c>TagSet</c> in its <c>Tagging</c>.</summary>
    /// <param name="most">The most tags that it may have.</param>
    public static IReadOnlyDictionary<string, string> ReadXml(XElement tagging, int most)
    {
        XElement[] sets = tagging.Children("TagSet");
        return sets.Length == 1 ? ReadSet(sets[0], most) : throw S3Errors.MalformedXml("Tagging has one TagSet.");
    }

    /// <summary>Reads an element that holds <c>Tag</c>s.</summary>
    public static IReadOnlyDictionary<string, string> ReadSet(XElement set, int most)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (XElement tag in set.Children("Tag"))
        {
            tag.Children("Key", "Value");
            string key = tag.Text("Key") ?? throw S3Errors.MalformedXml("a Tag has a Key.");
            if (!tags.TryAdd(key, tag.Text("Value") ?? throw S3Errors.MalformedXml("a Tag has a Value.")))
                throw S3Errors.InvalidTag("Cannot provide multiple Tags with the same key");
        }
        return Check(tags, most);
    }

    /// <summary>Writes a <c>TagSet</c>.</summary>
    public static void Write(XmlWriter xml, IReadOnlyDictionary<string, string> tags) => xml.Element("TagSet", set =>
    {
        foreach ((string key, string value) in tags)
        {
            set.Element("Tag", tag =>
            {
                tag.Element("Key", key);
                tag.Element("Value", value);
            });
        }
    });

    /// <summary>Holds tags to S3's rules.</summary>
    /// <exception cref="Wire.AwsError"><c>InvalidTag</c>, or <c>BadRequest</c> when they are too many.</exception>
    public static IReadOnlyDictionary<string, string> Check(IReadOnlyDictionary<string, string> tags, int most)
    {
        if (tags.Count > most)
            throw S3Errors.BadRequest($"{(most == PerObject ? "Object" : "Bucket")} tags cannot be greater than {most}");
        foreach ((string key, string value) in tags)
        {
            if (key.Length is 0 or > KeyLength || !IsText(key))
                throw S3Errors.InvalidTag("The TagKey you have provided is invalid");
            if (value.Length > ValueLength || !IsText(value))
                throw S3Errors.InvalidTag("The TagValue you have provided is invalid");
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw S3Errors.InvalidTag("System tags cannot be added/updated by requester");
        }
        return tags;
    }

    private static bool IsText(string text) => text.EnumerateRunes().All(rune =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.SpaceSeparator
        || (rune.IsAscii && Punctuation.Contains((char)rune.Value, StringComparison.Ordinal)));
}
