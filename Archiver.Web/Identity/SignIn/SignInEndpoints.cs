using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Local;
using Archiver.Web.Identity.Provider;
using Archiver.Web.Identity.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using static Archiver.Web.Identity.IdentityWords;

namespace Archiver.Web.Identity.SignIn;

/// <summary>The addresses of signing in and out.</summary>
internal static class SignInEndpoints
{
    private const int LargestBody = 8 * 1024;

    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(SignInPaths.SignedOut, ShowSignedOut).AllowAnonymous();
        if (endpoints.ServiceProvider.GetRequiredService<SignInOptions>().HasProvider)
        {
            endpoints.MapGet(SignInPaths.Page, (string? returnUrl) => TypedResults.Challenge(
                new AuthenticationProperties { RedirectUri = ReturnUrl.Clean(returnUrl) }, [ProviderRegistration.Scheme])).AllowAnonymous();
            endpoints.MapGet(SignInPaths.Failed, ShowFailed).AllowAnonymous();
            endpoints.MapPost(SignInPaths.SignOut, async (HttpContext context, SessionService sessions, SignInRecord record, ProviderSignOut provider) =>
                TypedResults.Ok(new GoOn(await provider.AddressAsync(await SignOutAsync(context, sessions, record), context)))).AllowAnonymous().AddEndpointFilter<SameOrigin>();
            return;
        }
        endpoints.MapGet(SignInPaths.Page, ShowLocal).AllowAnonymous();
        endpoints.MapPost(SignInPaths.Local, (CodeRequest request, HttpContext context, LocalSignIn signIn) => signIn.EnterAsync(request, context))
            .AllowAnonymous().AddEndpointFilter<SameOrigin>().WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        endpoints.MapPost(SignInPaths.SignOut, async (HttpContext context, SessionService sessions, SignInRecord record, LinkPrinter printer) =>
        {
            await SignOutAsync(context, sessions, record);
            printer.Print(); // the line of the start has long scrolled away
            return TypedResults.Ok(new GoOn(SignInPaths.SignedOut));
        }).AllowAnonymous().AddEndpointFilter<SameOrigin>();
    }

    private static RazorComponentResult<SignInPage> ShowLocal(HttpContext context, string? returnUrl)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        return new RazorComponentResult<SignInPage>(new Dictionary<string, object?>
        {
            [nameof(SignInPage.Title)] = L["Sign in"],
            [nameof(SignInPage.Person)] = PersonClaims.PersonOf(context.User),
            [nameof(SignInPage.TakesCode)] = true,
            [nameof(SignInPage.Address)] = $"{context.Request.Scheme}://{context.Request.Host}",
            [nameof(SignInPage.ReturnUrl)] = ReturnUrl.Clean(returnUrl),
        });
    }

    private static RazorComponentResult<SignInPage> ShowSignedOut() => new(new Dictionary<string, object?>
    {
        [nameof(SignInPage.Title)] = L["You are signed out"],
        [nameof(SignInPage.SignInAddress)] = SignInPaths.Page,
    });

    private static RazorComponentResult<SignInPage> ShowFailed() => new(new Dictionary<string, object?>
    {
        [nameof(SignInPage.Title)] = L["Signing in did not work"],
        [nameof(SignInPage.Message)] = L["The provider refused, or its answer was not to what was asked: it came late, twice, or from another window. Try again; when it happens again, the server's log says why."],
        [nameof(SignInPage.SignInAddress)] = SignInPaths.Page,
    });

    // A session is looked up by its cookie here, not by what authentication made of it: one that is idle is to be gone, too.
    private static async Task<Session?> SignOutAsync(HttpContext context, SessionService sessions, SignInRecord record)
    {
        Session? session = SessionId.KeyOf(SessionCookie.Read(context)) is { } key ? await sessions.EndAsync(key, context.RequestAborted) : null;
        if (session is not null) record.SignedOut(session.Person, context.Connection.RemoteIpAddress?.ToString());
        SessionCookie.Remove(context);
        return session;
    }
}
