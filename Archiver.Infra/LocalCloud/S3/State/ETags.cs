namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>Entity tags. They are kept without quotes and travel in quotes.</summary>
internal static class ETags
{
    /// <summary>A tag as it travels.</summary>
    public static string Quote(string etag) => $"\"{etag}\"";

    /// <summary>A tag as it is kept, from one that a client sent with quotes or without.</summary>
    public static string Unquote(string etag)
    {
        string tag = etag.Trim();
        if (tag.StartsWith("W/", StringComparison.Ordinal))
            tag = tag[2..];
        return tag.Trim('"');
    }

    /// <summary>Whether a condition names this tag: <c>*</c> does, and so does a list that has it.</summary>
    public static bool Match(string condition, string etag) =>
        condition.Split(',').Select(Unquote).Any(tag => tag == "*" || tag == etag);
}
