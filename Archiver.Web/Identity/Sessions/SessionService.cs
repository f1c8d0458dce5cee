using System.Collections.Concurrent;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Provider;
using Archiver.Web.Identity.SignIn;

namespace Archiver.Web.Identity.Sessions;

/// <summary>
/// Who is signed in. What was read of a session is taken to hold for a few seconds, then it is read again: so a sign-out and a role
/// that was taken away arrive at every replica, and nobody's click waits for the table each time.
/// </summary>
internal sealed class SessionService(SessionStore store, SignInOptions options, TimeProvider time, IServiceProvider services)
{
    /// <summary>For how long what was read last stands in for a table that does not answer.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _swept = time.GetTimestamp();

    /// <summary>A session of this name changed or ended here, on this replica.</summary>
    public event Action<string>? Changed;

    /// <summary>Starts a session.</summary>
    /// <param name="person">Who signed in.</param>
    /// <param name="address">Where from.</param>
    /// <param name="vouched">What the provider gave for it; nothing where there is none.</param>
    /// <returns>What the cookie is to hold, and the session.</returns>
    public async Task<(string Id, Session Session)> StartAsync(Person person, string? address, CancellationToken cancellationToken, ProviderVoucher? vouched = null)
    {
        string id = SessionId.New();
        // Rows keep milliseconds.
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        Session session = new()
        {
            Key = SessionId.KeyOf(id)!,
            Self = person,
            Address = address,
            CreatedAt = now,
            SeenAt = now,
            ExpiresAt = now + options.Lifetime,
            Tokens = vouched?.Tokens,
            VouchedUntil = vouched?.Until,
            CheckedAt = vouched is null ? null : now,
        };
        await store.AddAsync(session, cancellationToken);
        return (id, session);
    }

    /// <summary>Finds a session that holds, which is use of it.</summary>
    /// <param name="key">Its name.</param>
    /// <exception cref="Exception">The table does not answer, and what is known is too old, as <see cref="CloudFailure"/> knows it.</exception>
    public async ValueTask<Session?> FindAsync(string key, CancellationToken cancellationToken)
    {
        Sweep();
        Entry entry = _entries.GetOrAdd(key, static _ => new Entry());
        if (!IsFresh(entry)) await ReadAsync(key, entry, cancellationToken);
        Session? session = entry.Known?.Session;
        return session?.HoldsAt(time.GetUtcNow(), options.Idle) == true ? session : null;
    }

    /// <summary>Lets somebody act as somebody else, or as themselves again.</summary>
    /// <param name="permit">To act as others.</param>
    /// <param name="key">The session.</param>
    /// <param name="other">Whom; nothing for themselves.</param>
    /// <returns>The session as it is now; nothing where it ended.</returns>
    /// <exception cref="InvalidOperationException">There is a provider, which says who people are.</exception>
    public async Task<Session?> ActAsAsync(Permit permit, string key, Person? other, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.ActAs);
        if (options.HasProvider) throw new InvalidOperationException("Where a provider says who people are, nobody acts as somebody else.");
        Session? session = await store.ActAsAsync(key, other, cancellationToken);
        Forget(key);
        return session;
    }

    /// <summary>Ends a session.</summary>
    /// <returns>The session as it was; nothing where it had ended.</returns>
    public async Task<Session?> EndAsync(string key, CancellationToken cancellationToken)
    {
        Session? session = await store.RemoveAsync(key, cancellationToken);
        Forget(key);
        return session;
    }

    private bool IsFresh(Entry entry) => entry.Known is { } known && time.GetElapsedTime(known.ReadAt) < options.Trusted;

    private async Task ReadAsync(string key, Entry entry, CancellationToken cancellationToken)
    {
        await entry.Turn.WaitAsync(cancellationToken);
        try
        {
            if (IsFresh(entry)) return; // somebody else's read, while this one waited
            long readAt = time.GetTimestamp();
            Session? session = await store.GetAsync(key, cancellationToken);
            if (session is not null) session = await TouchAsync(session, cancellationToken);
            if (session?.Tokens is not null && session.HoldsAt(time.GetUtcNow(), options.Idle))
                session = await services.GetRequiredService<SessionRenewal>().CheckAsync(session); // registered where there is a provider
            entry.Known = new Known(session, readAt);
            if (session is null) _entries.TryRemove(key, out _); // names that anybody may think up take no memory
        }
        catch (Exception exception) when (CloudFailure.Is(exception) && entry.Known is { } known && time.GetElapsedTime(known.ReadAt) < Grace)
        {
            // What was known a moment ago stands in.
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    // A session that is over stays as it is: looking at it does not bring it back.
    private async Task<Session?> TouchAsync(Session session, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (!session.HoldsAt(now, options.Idle)) return session;
        TimeSpan often = TimeSpan.FromSeconds(Math.Min(60, options.Idle.TotalSeconds / 10));
        if (now - session.SeenAt < often) return session;
        return await store.TouchAsync(session.Key, now, cancellationToken) ? session with { SeenAt = now } : null;
    }

    private void Forget(string key)
    {
        _entries.TryRemove(key, out _);
        Changed?.Invoke(key);
    }

    // What nobody asked for within ten minutes is dropped.
    private void Sweep()
    {
        long swept = Volatile.Read(ref _swept);
        if (time.GetElapsedTime(swept) < TimeSpan.FromMinutes(1) || Interlocked.CompareExchange(ref _swept, time.GetTimestamp(), swept) != swept) return;
        foreach ((string key, Entry entry) in _entries)
        {
            if (entry.Known is { } known && time.GetElapsedTime(known.ReadAt) > TimeSpan.FromMinutes(10)) _entries.TryRemove(new(key, entry));
        }
    }

    private sealed record Known(Session? Session, long ReadAt);

    private sealed class Entry
    {
        // It is never disposed of: without a wait handle there is nothing to dispose.
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public volatile Known? Known;
    }
}
