using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// Moves the checksum files that lie beside a file along with it: <c>X.sha256</c> and <c>X.md5</c>. The file is where it belongs by then,
/// so that a checksum file that can't be moved stays, and fails nothing.
/// </summary>
internal sealed class Sidecars(IAmazonS3 s3, CopyLimits limits)
{
    /// <summary>What their names end with after the file's.</summary>
    public static IReadOnlyList<string> Suffixes { get; } = [".sha256", ".md5"];

    // Larger ones are no checksum files, whatever they are called.
    private const long LargestBytes = 64 * 1024;

    private readonly Bucket _bucket = new(s3);
    private readonly ObjectCopier _copier = new(s3, limits);

    /// <summary>Moves those that were there when the run came to its action; newer ones belong to a newer file.</summary>
    /// <param name="source">Where the file was.</param>
    /// <param name="target">Where it is.</param>
    /// <param name="facts">What is done.</param>
    public async Task MoveAsync(ObjectLocation source, ObjectLocation target, ActionFacts facts)
    {
        if (Suffixes.Any(suffix => source.Key.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))) return; // a checksum file itself
        foreach (string suffix in Suffixes)
        {
            try
            {
                await MoveOneAsync(new ObjectLocation(source.Bucket, source.Key + suffix), new ObjectLocation(target.Bucket, target.Key + suffix), facts);
            }
            catch (FunctionException)
            {
                // S3 refuses or is out of reach: the file is moved, and that is what the run is about.
            }
        }
    }

    private async Task MoveOneAsync(ObjectLocation source, ObjectLocation target, ActionFacts facts)
    {
        if (await _bucket.HeadAsync(source) is not { } head || head.ContentLength > LargestBytes || Bucket.Utc(head.LastModified) > facts.EnteredAt) return;
        source = source with { VersionId = Bucket.RealVersion(head.VersionId) };
        GetObjectMetadataResponse? there = await _bucket.HeadAsync(target);
        if (there?.Metadata[Evidence.Run] != HeaderText.Encode(facts.File.Id))
        {
            ActionFacts own = facts with { File = facts.File with { Sha256 = null } }; // the evidence has the file's, which is not this one's
            await _copier.CopyAsync(new CopySource(source, head.ETag, head), target, Evidence.Of(own, Bucket.OwnMetadata(head)), sha256: null);
        }

        await _bucket.RemoveAsync(source, head.ETag);
    }
}
