using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Store;

namespace Archiver.Web.Audit.Pages;

/// <summary>An entry as the page shows it.</summary>
/// <param name="Sequence">Its number, by its place in the table.</param>
/// <param name="Record">What it says; nothing where it can't be read, as when somebody wrote over it.</param>
/// <param name="Link">It as it is kept.</param>
public sealed record AuditRow(long Sequence, AuditRecord? Record, AuditLink Link);

/// <summary>A page of the trail.</summary>
/// <param name="Rows">The entries, newest first.</param>
/// <param name="Newer">The page before it; nothing where it is the first.</param>
/// <param name="Older">The page after it; nothing where it is the last.</param>
/// <param name="SearchedTo">Where the search was given up for now, short of the end: the time of the entry that it came to.</param>
/// <param name="Head">Where the chain stands.</param>
internal sealed record AuditPageRows(IReadOnlyList<AuditRow> Rows, AuditView? Newer, AuditView? Older, DateTimeOffset? SearchedTo, AuditHead Head);

/// <summary>
/// Reads pages of the trail. The chain is in order of time but for what clocks differ and writes were late, so that a time range
/// is a part of it, found by halving; what else a filter says is looked for from there, so far at one go.
/// </summary>
internal sealed class AuditReader(AuditStore store)
{
    /// <summary>How many entries a page has.</summary>
    public const int PageSize = 50;

    /// <summary>How many entries are looked at for a page at most: some 15 MB of queries, and a second.</summary>
    public const int MostSearched = 20_000;

    /// <summary>How far an entry's time may be from its place: what clocks of dashboards differ, and how late an outcome was written.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    // Without a filter every entry is one of the page's, and every block has one at least.
    private const int BlocksOfAPage = PageSize + 1;

    /// <summary>Reads a page.</summary>
    /// <param name="view">Which.</param>
    /// <param name="zone">The viewer's zone.</param>
    public async Task<AuditPageRows> ReadAsync(AuditView view, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        AuditHead head = await store.ReadHeadAsync(cancellationToken);
        Range range = new(view.Filter, ToUtc(view.Filter.From, zone), ToUtc(view.Filter.Until, zone));
        return view.After is { } after
            ? await ForwardAsync(view, range, after, head, cancellationToken)
            : await BackwardAsync(view, range, head, cancellationToken);
    }

    private async Task<AuditPageRows> BackwardAsync(AuditView view, Range range, AuditHead head, CancellationToken cancellationToken)
    {
        long upTo = view.Before is { } before ? before - 1 : long.MaxValue;
        if (range.Until is { } until) upTo = Math.Min(upTo, await store.FindAsync(until + Slack, cancellationToken));
        List<AuditRow> rows = [];
        int searched = 0;
        AuditRow? givenUp = null;
        await foreach (AuditBlock block in store.ReadBackwardAsync(upTo, view.Filter.Narrows ? null : BlocksOfAPage, cancellationToken))
        {
            foreach (AuditRow row in Rows(block).Reverse().Where(row => row.Sequence <= upTo))
            {
                // All before it were written earlier still.
                if (row.Record?.At < range.From - Slack) return Page(null);
                if (range.Matches(row)) rows.Add(row);
                if (rows.Count > PageSize) return Page(null);
                if (++searched == MostSearched) givenUp = row;
                if (givenUp is not null) return Page(givenUp);
            }
        }
        return Page(null);

        AuditPageRows Page(AuditRow? end)
        {
            bool hasMore = rows.Count > PageSize;
            if (hasMore) rows.RemoveAt(PageSize);
            AuditView? newer = view.Before is null ? null : rows.Count > 0 ? new AuditView(view.Filter, After: rows[0].Sequence) : new AuditView(view.Filter);
            AuditView? older = hasMore ? new AuditView(view.Filter, Before: rows[^1].Sequence) : end is { Sequence: > 1 } ? new AuditView(view.Filter, Before: end.Sequence) : null;
            return new AuditPageRows(rows, newer, older, older is null ? null : end?.Record?.At, head);
        }
    }

    // The way back to newer entries. Where that leads to fewer than a page, or too far, it is the first page.
    private async Task<AuditPageRows> ForwardAsync(AuditView view, Range range, long after, AuditHead head, CancellationToken cancellationToken)
    {
        List<AuditRow> rows = [];
        int searched = 0;
        await foreach (AuditRow row in EntriesAsync(after + 1, cancellationToken))
        {
            if (row.Record?.At >= range.Until + Slack || ++searched > MostSearched) break;
            if (range.Matches(row)) rows.Add(row);
            if (rows.Count <= PageSize) continue;
            rows.RemoveAt(PageSize);
            rows.Reverse();
            return new AuditPageRows(
                rows, new AuditView(view.Filter, After: rows[0].Sequence), new AuditView(view.Filter, Before: rows[^1].Sequence), null, head);
        }
        return await BackwardAsync(new AuditView(view.Filter), range, head, cancellationToken);
    }

    private async IAsyncEnumerable<AuditRow> EntriesAsync(long from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (AuditBlock block in store.ReadForwardAsync(from, cancellationToken))
        {
            foreach (AuditRow row in Rows(block).Where(row => row.Sequence >= from)) yield return row;
        }
    }

    private static IEnumerable<AuditRow> Rows(AuditBlock block) => block.Links.Select(
        (link, index) => new AuditRow(block.First + index, CanonicalEntry.TryRead(link.Entry, out AuditRecord? record) ? record : null, link));

    // A time that the viewer's clock skips is the one that it shows instead; of one that it shows twice, the first.
    private static DateTimeOffset? ToUtc(DateTime? local, TimeZoneInfo zone)
    {
        if (local is not { } time) return null;
        TimeSpan offset = zone.IsAmbiguousTime(time) ? zone.GetAmbiguousTimeOffsets(time).Max() : zone.GetUtcOffset(time);
        return new DateTimeOffset(time, offset).ToUniversalTime();
    }

    private sealed record Range(AuditFilter Filter, DateTimeOffset? From, DateTimeOffset? Until)
    {
        // One that can't be read is shown whatever is searched for: it should not be there.
        public bool Matches(AuditRow row) => row.Record is not { } record
            || ((From is not { } from || record.At >= from) && (Until is not { } until || record.At < until) && Filter.Matches(record));
    }
}
