namespace Archiver.Infra.Tests.Corpus;

/// <summary>A file of the corpus.</summary>
/// <param name="Key">Its key below the corpus' prefix.</param>
/// <param name="Content">Its content: that of a real file, or derived from one.</param>
internal sealed record CorpusFile(string Key, byte[] Content)
{
    /// <summary>The text of the file beside it, and that file's extension.</summary>
    public (string Extension, string Text)? Sidecar { get; init; }

    public Dictionary<string, string> Tags { get; init; } = [];

    public Dictionary<string, string> Metadata { get; init; } = [];
}
