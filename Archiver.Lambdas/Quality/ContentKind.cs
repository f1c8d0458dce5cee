namespace Archiver.Lambdas.Quality;

/// <summary>Whether content begins as a kind of content does.</summary>
/// <param name="head">The beginning of the content; at least 8,192 bytes of a longer one.</param>
internal delegate bool ContentMatch(ReadOnlySpan<byte> head);

/// <summary>A kind of content that its beginning gives away.</summary>
/// <param name="Name">Its name in a sentence, with its article.</param>
/// <param name="Extensions">The extensions that promise it, in lower case.</param>
/// <param name="Matches">Whether content is of this kind.</param>
internal sealed record ContentKind(string Name, IReadOnlyList<string> Extensions, ContentMatch Matches);
