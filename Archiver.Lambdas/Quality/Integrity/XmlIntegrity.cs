using System.Xml;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>XML 1.0, by .NET's reader: whether it is well-formed. Nothing is fetched, and what would grow with the content is limited.</summary>
internal static class XmlIntegrity
{
    private const int MostNames = 50_000;
    private const int MostDepth = 2_000;

    // What one tag, comment or declaration may take.
    private const int MostAtOnce = 4 * 1024 * 1024;
    private const long MostFromEntities = 1024 * 1024;

    public static async Task<string?> LookAsync(ContentReader content)
    {
        ContentStream stream = new(content);
        stream.Allow(MostAtOnce);
        XmlReaderSettings settings = new()
        {
            Async = true,
            NameTable = new LimitedNames(),
            DtdProcessing = DtdProcessing.Parse,
            XmlResolver = null,
            MaxCharactersFromEntities = MostFromEntities,
            IgnoreComments = true,
        };
        using XmlReader reader = XmlReader.Create(stream, settings);
        char[] text = new char[8192];
        bool declaredOutside = false;
        try
        {
            while (await reader.ReadAsync())
            {
                declaredOutside |= reader.NodeType == XmlNodeType.DocumentType && (reader.GetAttribute("SYSTEM") ?? reader.GetAttribute("PUBLIC")) is not null;
                await PassAsync(reader, stream, text);
            }
        }
        catch (XmlException exception) when (CannotSay(exception, declaredOutside))
        {
            return null;
        }

        return "The XML is well-formed.";
    }

    /// <summary>Whether what the reader lacks may be all right: an encoding that .NET has not, an entity that is declared in what is not fetched. The messages are all that tell.</summary>
    private static bool CannotSay(XmlException exception, bool declaredOutside) =>
        exception.Message.StartsWith("System does not support", StringComparison.Ordinal)
        || (declaredOutside && exception.Message.StartsWith("Reference to undeclared entity", StringComparison.Ordinal));

    /// <summary>Passes what the reader came to. Text may be as long as it likes: it is read in pieces.</summary>
    private static async Task PassAsync(XmlReader reader, ContentStream stream, char[] text)
    {
        if (reader.Depth > MostDepth) throw new ContentLimitException();
        while (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace
            && await reader.ReadValueChunkAsync(text, 0, text.Length) > 0)
        {
            stream.Allow(MostAtOnce);
        }

        stream.Allow(MostAtOnce);
    }

    /// <summary>The names in a document, which its reader keeps.</summary>
    private sealed class LimitedNames : NameTable
    {
        private int _names;

        public override string Add(char[] key, int start, int len)
        {
            if (Get(key, start, len) is { } known) return known;
            Count();
            return base.Add(key, start, len);
        }

        public override string Add(string key)
        {
            if (Get(key) is { } known) return known;
            Count();
            return base.Add(key);
        }

        private void Count()
        {
            if (++_names > MostNames) throw new ContentLimitException();
        }
    }
}
