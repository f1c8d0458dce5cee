using Archiver.Web.Identity.Sessions;
using Archiver.Web.Identity.SignIn;

namespace Archiver.Web.Identity.Provider;

/// <summary>
/// Keeps a session to what the provider says of its person: asked every few seconds while the session is in use, by one replica at a
/// time. Where it does not answer, what it said last holds for as long as its access token would, and no longer.
/// </summary>
internal sealed class SessionRenewal(SessionStore store, ProviderClient provider, TokenSeal seal, SignInRecord record, SignInOptions options, TimeProvider time)
{
    // For how long nobody else asks: longer than the provider is waited for.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>Asks where it is time to.</summary>
    /// <param name="session">A session that holds.</param>
    /// <returns>The session as it is now; nothing where it ended.</returns>
    public async Task<Session?> CheckAsync(Session session)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool lapsed = now >= session.VouchedUntil;
        if (seal.Open(session.Tokens!) is not { } tokens) return await EndAsync(session, "The key that its tokens were sealed with is gone.");
        if (tokens.Refresh is null) return lapsed ? await EndAsync(session, "The provider's token expired.") : session;
        if (!lapsed && now - session.CheckedAt < options.Recheck) return session;
        if (!await store.TryLeaseAsync(session, now, now + Lease, CancellationToken.None)) // somebody else asks
            return lapsed && now >= session.VouchedUntil + Lease ? await EndIfOldAsync(session) : session;

        switch (await provider.RenewAsync(tokens, session.Self))
        {
            case Renewal.Renewed renewed:
                return await store.RenewAsync(
                    session,
                    session with
                    {
                        Self = renewed.Person ?? session.Self,
                        Tokens = seal.Seal(renewed.Tokens),
                        VouchedUntil = renewed.Until,
                        CheckedAt = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(now.ToUnixTimeMilliseconds(), session.CheckedAt!.Value.ToUnixTimeMilliseconds() + 1)),
                    },
                    CancellationToken.None);
            case Renewal.Refused refused:
                return await EndAsync(session, refused.Reason);
            default:
                return lapsed ? await EndAsync(session, "The provider did not answer until its token expired.") : session;
        }
    }

    // Whoever asks may just have been answered.
    private async Task<Session?> EndIfOldAsync(Session session) =>
        await store.GetAsync(session.Key, CancellationToken.None) is { } now && now.CheckedAt != session.CheckedAt ? now : await EndAsync(session, "The provider did not answer until its token expired.");

    private async Task<Session?> EndAsync(Session session, string reason)
    {
        if (await store.RemoveAsync(session.Key, CancellationToken.None) is { } ended) record.SignedOut(ended.Person, null, reason);
        return null;
    }
}
