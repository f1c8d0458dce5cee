using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace Archiver.Web.Preview.Pdf;

/// <summary>What came of disarming a document.</summary>
/// <param name="Document">The new document; nothing where there is none.</param>
/// <param name="Removed">What the old one had that this one has not.</param>
/// <param name="Problem">Why there is no new document.</param>
internal sealed record DisarmedPdf(byte[]? Document, IReadOnlyList<PdfPart> Removed, PdfProblem? Problem);

/// <summary>
/// Makes of a document one that only shows: a new file, into which pages are copied with what they draw and nothing else. What can act is
/// not taken out of the old file, where it could hide, but never copied: of the catalog, of each page and of each annotation the few
/// entries that are needed to draw are taken (ISO 32000-2, 7.7.2, 7.7.3.3, 12.5.2), so that no action, script, form, link or
/// embedded file has a place in the new one.
/// </summary>
/// <remarks>
/// PdfPig (Apache 2.0) parses; it reads what is there without running or rendering any of it. A viewer and PdfPig may read a
/// malformed file differently, which does not matter: the viewer is given a file that was written anew.
/// </remarks>
internal static class PdfDisarmer
{
    /// <summary>How many pages a document may have.</summary>
    public const int MostPages = 5000;

    // Of a page tree and of what pages draw; a document of people's making has a handful.
    private const int Deepest = 64;

    private static readonly NameToken[] PageEntries = [.. new[] { "Resources", "MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox", "Rotate", "UserUnit", "Group", "Contents" }.Select(NameToken.Create)];

    private static readonly NameToken[] Inherited = [.. new[] { "Resources", "MediaBox", "CropBox", "Rotate" }.Select(NameToken.Create)];

    private static readonly NameToken[] AnnotationEntries = [.. new[] { "Rect", "AS", "F", "OC" }.Select(NameToken.Create)];

    /// <summary>Disarms a document.</summary>
    public static DisarmedPdf Disarm(byte[] content)
    {
        try
        {
            using PdfDocument source = PdfDocument.Open(content, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            return new Copying(source).Run();
        }
        catch (PdfDocumentEncryptedException)
        {
            return Failed(PdfProblem.Encrypted);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // PdfPig has no root of its own for what it says of a broken file.
            return Failed(PdfProblem.Broken);
        }
    }

    private static DisarmedPdf Failed(PdfProblem problem) => new(null, [], problem);

    private sealed class Copying(PdfDocument source)
    {
        private readonly PdfObjects _objects = new(source);
        private readonly SortedSet<PdfPart> _removed = [];
        private readonly List<IToken> _pages = [];

        public DisarmedPdf Run()
        {
            DictionaryToken catalog = source.Structure.Catalog.CatalogDictionary;
            Note(catalog, "OpenAction", PdfPart.OpeningAction);
            Note(catalog, "AA", PdfPart.Actions);
            if (_objects.Dictionary(catalog, "Names") is { } names)
            {
                Note(names, "JavaScript", PdfPart.JavaScript);
                Note(names, "EmbeddedFiles", PdfPart.EmbeddedFiles);
            }
            if (_objects.Dictionary(catalog, "AcroForm") is { } form)
            {
                _removed.Add(PdfPart.Form);
                Note(form, "XFA", PdfPart.XfaForm);
            }

            IndirectReferenceToken pages = _objects.Reserve();
            if (_objects.Dictionary(catalog, "Pages") is { } root) Walk(root, [], pages, [], 0);
            if (_pages.Count == 0) return Failed(PdfProblem.NoPages);
            if (_pages.Count > MostPages) return Failed(PdfProblem.TooManyPages);

            _objects.Put(pages, Dictionary(("Type", NameToken.Create("Pages")), ("Kids", new ArrayToken(_pages)), ("Count", new NumericToken(_pages.Count))));
            List<(string, IToken)> entries = [("Type", NameToken.Create("Catalog")), ("Pages", pages)];
            // Which layers are to be seen. Without it all of them are.
            if (_objects.Dictionary(catalog, "OCProperties") is { } layers) entries.Add(("OCProperties", _objects.Copy(layers)));
            return new DisarmedPdf(_objects.Write(Dictionary([.. entries])), [.. _removed], null);
        }

        private void Walk(DictionaryToken node, Dictionary<NameToken, IToken> inherited, IndirectReferenceToken parent, HashSet<DictionaryToken> above, int depth)
        {
            if (depth > Deepest || _pages.Count > MostPages || !above.Add(node)) return;
            Dictionary<NameToken, IToken> given = new(inherited);
            foreach (NameToken name in Inherited)
                if (node.TryGet(name, out IToken value)) given[name] = value;
            if (_objects.Array(node, "Kids") is { } kids)
            {
                foreach (IToken kid in kids.Data)
                    if (_objects.Resolve(kid) is DictionaryToken child) Walk(child, given, parent, above, depth + 1);
            }
            else
            {
                AddPage(node, given, parent);
            }
            above.Remove(node);
        }

        private void AddPage(DictionaryToken page, Dictionary<NameToken, IToken> inherited, IndirectReferenceToken parent)
        {
            Note(page, "AA", PdfPart.Actions);
            List<(string, IToken)> entries = [("Type", NameToken.Create("Page")), ("Parent", parent)];
            foreach (NameToken name in PageEntries)
                if (page.TryGet(name, out IToken value) || inherited.TryGetValue(name, out value!)) entries.Add((name.Data, _objects.Copy(value)));
            List<IToken> annotations = [.. (_objects.Array(page, "Annots")?.Data ?? []).Select(Annotation).OfType<IToken>()];
            if (annotations.Count > 0) entries.Add(("Annots", new ArrayToken(annotations)));
            IndirectReferenceToken number = _objects.Reserve();
            _objects.Put(number, Dictionary([.. entries]));
            _pages.Add(number);
        }

        // Whatever it was, it becomes a stamp: what is drawn at its place, and no more.
        private IToken? Annotation(IToken token)
        {
            if (_objects.Resolve(token) is not DictionaryToken annotation) return null;
            string? subtype = (_objects.Resolve(annotation, "Subtype") as NameToken)?.Data;
            Note(annotation, "A", subtype == "Link" ? PdfPart.Links : PdfPart.Actions);
            Note(annotation, "AA", PdfPart.Actions);
            if (subtype is "FileAttachment") _removed.Add(PdfPart.EmbeddedFiles);
            if (subtype is "RichMedia" or "Screen" or "Movie" or "Sound" or "3D") _removed.Add(PdfPart.Media);
            if (subtype is "Link" or "Popup" || _objects.Dictionary(annotation, "AP") is not { } appearances || !appearances.TryGet(NameToken.Create("N"), out IToken normal)) return null;
            List<(string, IToken)> entries = [("Type", NameToken.Create("Annot")), ("Subtype", NameToken.Create("Stamp")), ("AP", Dictionary(("N", _objects.Copy(normal))))];
            foreach (NameToken name in AnnotationEntries)
                if (annotation.TryGet(name, out IToken value)) entries.Add((name.Data, _objects.Copy(value)));
            return Dictionary([.. entries]);
        }

        private void Note(DictionaryToken dictionary, string name, PdfPart what)
        {
            if (dictionary.ContainsKey(NameToken.Create(name))) _removed.Add(what);
        }

        private static DictionaryToken Dictionary(params (string Name, IToken Value)[] entries) => new(entries.ToDictionary(entry => NameToken.Create(entry.Name), entry => entry.Value));
    }
}
