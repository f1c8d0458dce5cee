using System.Collections.Frozen;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;
using UglyToad.PdfPig.Writer;

namespace Archiver.Web.Preview.Pdf;

/// <summary>The objects of a new document, copied from another with all that they refer to, but nothing that acts or leads back into the other's structure.</summary>
internal sealed class PdfObjects(PdfDocument source)
{
    // Within one object; objects that refer to others are not nested in them.
    private const int Deepest = 128;

    // What is drawn refers to none of these. A file that has such a reference all the same would have its structure copied with it.
    private static readonly FrozenSet<string> Structure = ["Catalog", "Pages", "Page", "Action", "Annot", "Filespec", "EmbeddedFile", "ObjStm", "XRef", "Outlines", "StructTreeRoot", "StructElem"];

    // ISO 32000-2, table 201: every type of action but the one that turns pages.
    private static readonly FrozenSet<string> Actions =
    [
        "JavaScript", "Launch", "URI", "SubmitForm", "ResetForm", "ImportData", "GoTo", "GoToR", "GoToE", "GoToDp", "Thread", "Sound", "Movie", "Hide", "Named",
        "SetOCGState", "Rendition", "GoTo3DView", "RichMediaExecute",
    ];

    // Of streams: content in another file, and what no viewer draws.
    private static readonly FrozenSet<string> LeftOfStreams = ["Length", "F", "FFilter", "FDecodeParms", "OPI", "Ref", "AF", "Metadata", "PieceInfo", "StructParent", "StructParents"];

    private readonly Dictionary<IndirectReference, IndirectReferenceToken> _numbers = [];
    private readonly Queue<(IndirectReferenceToken To, IndirectReference From)> _ahead = new();
    private readonly SortedDictionary<long, IToken> _objects = [];
    private long _last;

    /// <summary>Takes the next number.</summary>
    public IndirectReferenceToken Reserve() => new(new IndirectReference(++_last, 0));

    /// <summary>Puts an object under its number.</summary>
    public void Put(IndirectReferenceToken number, IToken value) => _objects[number.Data.ObjectNumber] = value;

    /// <summary>What a token of the old document stands for, through references.</summary>
    public IToken? Resolve(IToken? token)
    {
        // A reference to a reference is none that the standard knows; a few are followed, a ring of them is not.
        for (int i = 0; i < 8 && token is IndirectReferenceToken reference; i++) token = source.Structure.TokenScanner.Get(reference.Data)?.Data;
        return token is IndirectReferenceToken ? null : token;
    }

    /// <summary>An entry of a dictionary, resolved.</summary>
    public IToken? Resolve(DictionaryToken dictionary, string name) => dictionary.TryGet(NameToken.Create(name), out IToken value) ? Resolve(value) : null;

    /// <summary>An entry that is a dictionary.</summary>
    public DictionaryToken? Dictionary(DictionaryToken dictionary, string name) => Resolve(dictionary, name) as DictionaryToken;

    /// <summary>An entry that is an array.</summary>
    public ArrayToken? Array(DictionaryToken dictionary, string name) => Resolve(dictionary, name) as ArrayToken;

    /// <summary>Copies a value. What it refers to is copied later, once for all that refer to it.</summary>
    public IToken Copy(IToken token) => Copy(token, 0);

    /// <summary>Writes the document.</summary>
    /// <param name="catalog">Its catalog, of the new document's objects.</param>
    public byte[] Write(DictionaryToken catalog)
    {
        IndirectReferenceToken root = Reserve();
        Put(root, catalog);
        while (_ahead.TryDequeue(out (IndirectReferenceToken To, IndirectReference From) next))
            Put(next.To, Resolve(new IndirectReferenceToken(next.From)) is { } found ? CopyObject(found) : NullToken.Instance);

        using MemoryStream document = new();
        document.Write("%PDF-2.0\n%\u00E2\u00E3\u00CF\u00D3\n"u8);
        TokenWriter writer = new();
        Dictionary<IndirectReference, long> offsets = [];
        foreach ((long number, IToken value) in _objects)
        {
            IndirectReference reference = new(number, 0);
            offsets[reference] = document.Position;
            writer.WriteToken(new ObjectToken(XrefLocation.File(document.Position), reference, value), document);
        }
        writer.WriteCrossReferenceTable(offsets, root.Data, document, null, null);
        return document.ToArray();
    }

    private IToken CopyObject(IToken token) => token is not StreamToken stream
        ? Copy(token)
        : Acts(stream.StreamDictionary)
            ? NullToken.Instance
            : new StreamToken(
                new DictionaryToken(Entries(stream.StreamDictionary, 0).Where(entry => !LeftOfStreams.Contains(entry.Name.Data))
                    .Append((NameToken.Create("Length"), new NumericToken(stream.Data.Length))).ToDictionary()),
                stream.Data);

    private IToken Copy(IToken token, int depth) => token switch
    {
        _ when depth > Deepest => throw new PdfDocumentFormatException("Objects are nested too deeply."),
        IndirectReferenceToken reference => Renumber(reference.Data),
        DictionaryToken dictionary => Acts(dictionary) ? NullToken.Instance : new DictionaryToken(Entries(dictionary, depth).ToDictionary()),
        ArrayToken array => new ArrayToken([.. array.Data.Select(one => Copy(one, depth + 1))]),
        NameToken or NumericToken or StringToken or HexToken or BooleanToken => token,
        // A stream is an object of its own, and nothing else is a value.
        _ => NullToken.Instance,
    };

    private IEnumerable<(NameToken Name, IToken Value)> Entries(DictionaryToken dictionary, int depth) =>
        dictionary.Data.Select(entry => (NameToken.Create(entry.Key), Copy(entry.Value, depth + 1)));

    private IndirectReferenceToken Renumber(IndirectReference reference)
    {
        if (_numbers.TryGetValue(reference, out IndirectReferenceToken? number)) return number;
        _numbers[reference] = number = Reserve();
        _ahead.Enqueue((number, reference));
        return number;
    }

    private bool Acts(DictionaryToken dictionary) =>
        dictionary.ContainsKey(NameToken.Create("JS"))
        || (Resolve(dictionary, "Type") is NameToken type && Structure.Contains(type.Data))
        || (Resolve(dictionary, "S") is NameToken action && Actions.Contains(action.Data));
}
