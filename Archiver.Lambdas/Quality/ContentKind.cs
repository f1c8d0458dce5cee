namespace Archiver.Lambdas.Quality;

/// <summary>Whether content begins as a kind of content does.</summary>
/// <param name="head">The beginning of the content; at least <see cref="ContentKinds.HeadLength"/> bytes of a longer one.</param>
public delegate bool ContentMatch(ReadOnlySpan<byte> head);

/// <summary>A kind of content that its beginning gives away.</summary>
/// <param name="Name">Its name in a sentence, with its article.</param>
/// <param name="MediaType">Its media type, such as <c>image/png</c>.</param>
/// <param name="Extensions">The extensions that promise it, in lower case and without their dots.</param>
/// <param name="Matches">Whether content is of this kind.</param>
public sealed record ContentKind(string Name, string MediaType, IReadOnlyList<string> Extensions, ContentMatch Matches)
{
    /// <summary>The media types of the kinds within this kind that only a name tells apart, such as those of the Office documents in ZIP archives.</summary>
    public IReadOnlyDictionary<string, string> MediaTypes { get; init; } = new Dictionary<string, string>();

    /// <summary>The media type of a file of this kind that has this name.</summary>
    /// <param name="fileName">The name; what it says counts only among what the content can be.</param>
    public string MediaTypeOf(string fileName) =>
        MediaTypes.GetValueOrDefault(ContentKinds.Extension(fileName)) ?? MediaType;
}
