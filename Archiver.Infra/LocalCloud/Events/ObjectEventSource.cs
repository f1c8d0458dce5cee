using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.S3;
using Archiver.Infra.LocalCloud.S3.State;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>
/// Tells EventBridge what happened to objects. S3 keeps a note of each change, in the change's own transaction; a note goes when EventBridge
/// has what it owes for it. So an event survives a crash at any point, and may come twice.
/// See https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html.
/// </summary>
internal sealed class ObjectEventSource : PumpService
{
    private const int AtOnce = 256;

    private readonly S3Store _store;
    private readonly EventsService _events;
    private readonly CloudIdentity _identity;

    /// <summary>Makes it; it begins with <see cref="Pump.Start"/>, when the rules are there.</summary>
    public ObjectEventSource(
        S3Store store, ObjectEvents changes, EventsService events, CloudIdentity identity, TimeProvider time, ILogger<ObjectEventSource> logger)
        : base("The telling of what happened to objects", time, logger)
    {
        (_store, _events, _identity) = (store, events, identity);
        changes.Changed += _ => Pump.Signal();
    }

    /// <summary>The event that tells of a change.</summary>
    public JsonObject ToEvent(ObjectNote note)
    {
        JsonObject subject = new() { ["key"] = note.Key };
        if (note.Created)
            subject["size"] = note.Size;
        if (note.ETag is not null)
            subject["etag"] = note.ETag;
        if (note.VersionId is not null)
            subject["version-id"] = note.VersionId;
        // Rises with every change of a key, as text that compares so.
        subject["sequencer"] = note.Sequence.ToString("X16", CultureInfo.InvariantCulture);
        JsonObject detail = new()
        {
            ["version"] = "0",
            ["bucket"] = new JsonObject { ["name"] = note.Bucket },
            ["object"] = subject,
            ["request-id"] = note.EventId.Replace("-", "", StringComparison.Ordinal)[..16].ToUpperInvariant(),
            ["requester"] = _identity.AccountId,
            ["source-ip-address"] = "127.0.0.1",
            ["reason"] = note.Operation,
        };
        if (!note.Created)
            detail["deletion-type"] = note.DeleteMarker ? "Delete Marker Created" : "Permanently Deleted";
        return new JsonObject
        {
            ["version"] = "0",
            ["id"] = note.EventId,
            ["detail-type"] = note.Created ? "Object Created" : "Object Deleted",
            ["source"] = "aws.s3",
            ["account"] = _identity.AccountId,
            ["time"] = note.Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["region"] = _identity.Region,
            ["resources"] = new JsonArray($"arn:{_identity.Partition}:s3:::{note.Bucket}"),
            ["detail"] = detail,
        };
    }

    /// <inheritdoc/>
    protected override Task<DateTimeOffset?> RoundAsync(CancellationToken cancellationToken)
    {
        while (_store.Notes.Oldest(AtOnce) is { Count: > 0 } notes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _events.Put([.. notes.Select(ToEvent)]);
            _store.Notes.Remove(notes);
        }
        return Task.FromResult<DateTimeOffset?>(null);
    }
}
