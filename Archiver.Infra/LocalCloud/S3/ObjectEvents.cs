namespace Archiver.Infra.LocalCloud.S3;

/// <summary>A change to an object that has happened.</summary>
/// <param name="Operation">The call that made it, such as <c>PutObject</c> or <c>DeleteObject</c>.</param>
/// <param name="VersionId">The version made or removed; nothing in a bucket that never kept versions.</param>
/// <param name="Size">Its size in bytes; nothing of a removal.</param>
/// <param name="ETag">Its entity tag, without quotes; nothing of a removal.</param>
internal sealed record ObjectChange(string Operation, string Bucket, string Key, string? VersionId, long? Size, string? ETag)
{
    /// <summary>Whether an object was made; else it was removed, or hidden by a delete marker.</summary>
    public bool IsCreated => Size is not null;
}

/// <summary>Where a change to an object is told, once it is kept. Whoever listens must return at once and not throw.</summary>
internal sealed class ObjectEvents
{
    public event Action<ObjectChange>? Changed;

    public void Raise(ObjectChange change) => Changed?.Invoke(change);
}
