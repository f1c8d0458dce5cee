using Archiver.Web.Identity.Sessions;
using Archiver.Web.Identity.SignIn;

namespace Archiver.Web.Identity.Provider;

/// <summary>Signs out at the provider, too: otherwise the next click on <c>Sign in</c> would ask nobody for anything.</summary>
internal sealed class ProviderSignOut(ProviderClient provider, TokenSeal seal)
{
    /// <summary>Where a browser goes whose session ended here.</summary>
    /// <param name="session">The session; nothing where there was none any more.</param>
    public async Task<string> AddressAsync(Session? session, HttpContext context)
    {
        if (session?.Tokens is not { } text || seal.Open(text) is not { } tokens) return SignInPaths.SignedOut;
        string back = $"{context.Request.Scheme}://{context.Request.Host}{SignInPaths.SignedOut}";
        return await provider.SignOutAddressAsync(tokens.Identity, back, context.RequestAborted) ?? SignInPaths.SignedOut;
    }
}
