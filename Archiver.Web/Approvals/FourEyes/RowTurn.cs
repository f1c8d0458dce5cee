using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.FourEyes;

/// <summary>What is to be done for a person about a row as it stands: to tell them something, or to write.</summary>
/// <typeparam name="T">What they are told.</typeparam>
internal abstract record Turn<T>
{
    private Turn() { }

    /// <summary>There is nothing to write.</summary>
    /// <param name="Outcome">What they are told.</param>
    public sealed record Tell(T Outcome) : Turn<T>;

    /// <summary>There is.</summary>
    /// <param name="Change">The write, conditional on the row as it stands.</param>
    /// <param name="Won">What they are told when it stands.</param>
    public sealed record Write(Func<Task<ChangeOutcome>> Change, Func<ChangeOutcome, T> Won) : Turn<T>;
}

/// <summary>
/// Changes a row for a person by what is true of it when it is written. What is judged is never the caller's picture of a row but the
/// table's: the news that this process has of it, or what is read. A write that finds the row changed is judged anew, and
/// nobody is refused on old news.
/// </summary>
internal sealed class RowTurn(ApprovalsStore store, ApprovalsFeed feed, DoubtfulWrites doubtful)
{
    /// <summary>How often a row may change under one command before it gives up. Each time, somebody else's got through.</summary>
    public const int MostTries = 32;

    /// <summary>Takes a turn.</summary>
    /// <param name="seen">The approval as the person had it in front of them.</param>
    /// <param name="judge">Says what is to be done about the row as it stands.</param>
    /// <param name="unknown">What they are told when there is no such row.</param>
    /// <param name="busy">What they are told when it changes too often.</param>
    public async Task<T> TakeAsync<T>(Approval seen, Func<Approval, Turn<T>> judge, T unknown, Func<Approval, T> busy, CancellationToken cancellationToken)
    {
        Approval? current = feed.Find(seen.Id) is { } known && known.Version >= seen.Version ? known : null;
        bool isFresh = current is null;
        current ??= await store.GetAsync(seen.Id, cancellationToken);
        for (int tries = 0; current is not null; tries++)
        {
            switch (judge(current))
            {
                case Turn<T>.Tell tell when isFresh:
                    feed.Publish(current);
                    return tell.Outcome;
                case Turn<T>.Tell:
                    (current, isFresh) = (await store.GetAsync(seen.Id, cancellationToken), true);
                    break;
                case Turn<T>.Write when tries >= MostTries:
                    return busy(current);
                case Turn<T>.Write write:
                    ChangeOutcome change = await WriteAsync(seen.Id, write.Change);
                    if (change.Approval is { } row) feed.Publish(row);
                    if (change.Won) return write.Won(change);
                    (current, isFresh) = (change.Approval, true);
                    break;
            }
        }
        return unknown;
    }

    // Whoever gave the command is told that there was no answer; what came of it is found out without them.
    private async Task<ChangeOutcome> WriteAsync(string id, Func<Task<ChangeOutcome>> write)
    {
        try
        {
            return await write();
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            doubtful.Add(id);
            throw;
        }
    }
}
