using Amazon.S3.Model;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// Moves a file to another bucket, with the evidence, if it is still the file that was decided on. Every step can be repeated: a mover
/// that was killed between two of them, or whose answer was lost, is run again and comes to the same end. It knows its own earlier copy
/// by the run's name on it, and by its content.
/// </summary>
/// <param name="services">The function's surroundings.</param>
/// <param name="targetBucket">The bucket that files are moved to.</param>
/// <param name="targetKey">Where they end there, by their key and when the run came to its action.</param>
internal sealed class FileMover(FunctionServices services, string targetBucket, Func<string, DateTimeOffset, string> targetKey)
{
    // The source changed right before its copy: what is there by now is looked at once more, and that is the end of it.
    private const int Attempts = 2;

    private readonly Bucket _bucket = new(services.S3);
    private readonly ObjectCopier _copier = new(services.S3, services.Copies);
    private readonly OwnCopy _ownCopy = new(services.S3);
    private readonly Sidecars _sidecars = new(services.S3, services.Copies);

    /// <summary>Moves the very object whose metadata was read. One that changed since stays, with what replaced it.</summary>
    /// <param name="facts">What is done with which file.</param>
    /// <returns>Where the file is now.</returns>
    /// <exception cref="ObjectNotFoundException">It is neither where it was nor in the target bucket.</exception>
    /// <exception cref="ObjectChangedException">The key has another object now. Nothing was moved or removed.</exception>
    public async Task<ObjectLocation> MoveAsync(ActionFacts facts)
    {
        ObjectLocation source = facts.Source;
        // A run on a file that lies in the target bucket already: it is there, and to remove the source would be to lose it.
        if (source.Bucket == targetBucket) return source;
        ObjectLocation target = new(targetBucket, targetKey(source.Key, facts.EnteredAt));

        ObjectLocation? copy = null;
        for (int attempt = 1; copy is null; attempt++) copy = await CopyAsync(source, target, facts, isLast: attempt == Attempts);
        await _bucket.RemoveAsync(source, facts.File.ETag);
        await _sidecars.MoveAsync(source, target, facts);
        return copy.Value;
    }

    /// <summary>
    /// Finds the copy that an earlier attempt made, or makes it. What the key holds is looked at last, right before the copy. Once the
    /// target has this run's copy, newer content under the key is another file, and the move only has to be finished.
    /// </summary>
    /// <returns>The copy; nothing when the file was replaced or removed a moment before, or another attempt was quicker.</returns>
    private async Task<ObjectLocation?> CopyAsync(ObjectLocation source, ObjectLocation target, ActionFacts facts, bool isLast)
    {
        GetObjectMetadataResponse? newest = await _bucket.HeadAsync(target);
        if (await _ownCopy.FindNewestAsync(target, newest, facts) is { } found) return found;

        FileMetadata file = facts.File;
        ObjectLocation key = source with { VersionId = null };
        GetObjectMetadataResponse? current = await _bucket.HeadAsync(key);
        bool isReviewed = current is not null && IsReviewed(current, file);
        if (await _ownCopy.FindEarlierAsync(target, newest, facts, thorough: !isReviewed) is { } earlier) return earlier;
        if (!isReviewed) throw NotReviewed(key, target, current);

        try
        {
            return await _copier.CopyAsync(
                new CopySource(source, file.ETag, current!), target, Evidence.Of(facts, Bucket.OwnMetadata(current!)), file.Sha256);
        }
        catch (FunctionException exception) when (!isLast && (exception is ObjectNotFoundException or ObjectChangedException))
        {
            return null;
        }
    }

    /// <summary>Whether an object is the one whose metadata was read. Where a bucket has no versions, its content has to tell.</summary>
    private static bool IsReviewed(GetObjectMetadataResponse current, FileMetadata file) =>
        file.VersionId is null ? current.ETag == file.ETag : current.VersionId == file.VersionId;

    private static FunctionException NotReviewed(ObjectLocation key, ObjectLocation target, GetObjectMetadataResponse? current) => current is null
        ? new ObjectNotFoundException($"The file {key} is gone: it was removed after its metadata was read, and is not in the bucket “{target.Bucket}”.")
        : new ObjectChangedException(
            $"The file {key} is no longer the one whose metadata was read: another was put in its place, stored on "
            + $"{Bucket.Stamp(current.LastModified)}. Nothing was moved or removed. Start a run on the new file to have it decided.");
}
