namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>How a write to a key came out.</summary>
internal enum WriteOutcome
{
    Done,
    NoSuchBucket,

    /// <summary>The condition is about an object, and there is none.</summary>
    NoSuchKey,

    /// <summary>The condition does not hold.</summary>
    ConditionFailed,

    /// <summary>The upload that was to become an object is not there any more.</summary>
    NoSuchUpload,

    /// <summary>What the write is built on changed meanwhile.</summary>
    Conflict,

    /// <summary>The write was to be made once, and was.</summary>
    DoneBefore,
}

/// <summary>What must hold of a key for a write to it to happen. It is decided in the write's own transaction.</summary>
/// <param name="IfMatch">An entity tag, or <c>*</c>, that the key's object must match.</param>
/// <param name="IfAbsent">Whether the key must have no object.</param>
internal sealed record WriteCondition(string? IfMatch, bool IfAbsent)
{
    public static readonly WriteCondition None = new(null, false);

    /// <summary>The name of the header that this came from, for the error.</summary>
    public string Header => IfAbsent ? "If-None-Match" : "If-Match";

    /// <summary>Decides about a key.</summary>
    /// <param name="current">Its newest version or delete marker; nothing when it has none.</param>
    public WriteOutcome Decide(ObjectVersion? current)
    {
        if (IfAbsent && current is { IsDeleteMarker: false })
            return WriteOutcome.ConditionFailed;
        if (IfMatch is null)
            return WriteOutcome.Done;
        if (current is null)
            return WriteOutcome.NoSuchKey;
        return !current.IsDeleteMarker && ETags.Match(IfMatch, current.ETag!) ? WriteOutcome.Done : WriteOutcome.ConditionFailed;
    }
}
