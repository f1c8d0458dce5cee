namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>A row that a listing goes over, in the order of keys.</summary>
internal interface IKeyedRow
{
    byte[] Key { get; }
}

/// <summary>A page of a listing.</summary>
/// <param name="Next">Where the next page begins; nothing when this is the last.</param>
/// <param name="Last">The last entry's key or common prefix; nothing when the page is empty.</param>
internal sealed record ScanPage<TRow>(IReadOnlyList<TRow> Rows, IReadOnlyList<string> CommonPrefixes, byte[]? Next, string? Last);

/// <summary>Lists keys with a prefix and a delimiter. What the delimiter rolls up is skipped over by the index, not read.</summary>
internal static class DelimitedScan
{
    // No key has this byte, so all of them are before it.
    private static readonly byte[] PastAll = [byte.MaxValue];

    /// <summary>Reads one page.</summary>
    /// <param name="rows">Gives the rows from a key on and up to before another, in order, unbuffered.</param>
    /// <param name="prefix">What keys begin with; may be empty.</param>
    /// <param name="delimiter">Keys that have it after the prefix are rolled up into one common prefix; empty for none.</param>
    /// <param name="from">The least key, as bytes, that may be listed.</param>
    /// <param name="limit">The most entries; a common prefix is one.</param>
    public static ScanPage<TRow> Read<TRow>(
        Func<byte[], byte[], IEnumerable<TRow>> rows, string prefix, string delimiter, byte[] from, int limit) where TRow : IKeyedRow
    {
        byte[] prefixBytes = Keys.Bytes(prefix);
        byte[] delimiterBytes = Keys.Bytes(delimiter);
        byte[] end = Keys.AfterAll(prefixBytes) ?? PastAll;
        byte[] next = from.AsSpan().SequenceCompareTo(prefixBytes) < 0 ? prefixBytes : from;
        List<TRow> entries = [];
        List<string> commonPrefixes = [];
        string? last = null;
        bool more = limit > 0;
        while (more)
        {
            more = false;
            foreach (TRow row in rows(next, end))
            {
                if (entries.Count + commonPrefixes.Count == limit)
                    return new ScanPage<TRow>(entries, commonPrefixes, next, last);
                int cut = delimiterBytes.Length == 0 ? -1 : row.Key.AsSpan(prefixBytes.Length).IndexOf(delimiterBytes);
                if (cut < 0)
                {
                    entries.Add(row);
                    last = Keys.Text(row.Key);
                    next = Keys.After(row.Key);
                    continue;
                }
                ReadOnlySpan<byte> common = row.Key.AsSpan(0, prefixBytes.Length + cut + delimiterBytes.Length);
                commonPrefixes.Add(last = Keys.Text(common));
                next = Keys.AfterAll(common)!;
                more = true;
                break;
            }
        }
        return new ScanPage<TRow>(entries, commonPrefixes, null, last);
    }
}
