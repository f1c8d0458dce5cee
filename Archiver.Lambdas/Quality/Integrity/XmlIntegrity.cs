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
        while (await reader.ReadAsync())
        {
            if (reader.Depth > MostDepth) throw new ContentLimitException();
            // Text may be as long as it likes: it is read in pieces.
            while (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace
                && await reader.ReadValueChunkAsync(text, 0, text.Length) > 0)
            {
                stream.Allow(MostAtOnce);
            }

            stream.Allow(MostAtOnce);
        }

        return "The XML is well-formed.";
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
