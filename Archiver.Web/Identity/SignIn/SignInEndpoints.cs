using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Local;
using Archiver.Web.Identity.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Archiver.Web.Identity.SignIn;

/// <summary>The addresses of signing in and out.</summary>
internal static class SignInEndpoints
{
    private const int LargestBody = 8 * 1024;

    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        SignInOptions options = endpoints.ServiceProvider.GetRequiredService<SignInOptions>();
        endpoints.MapGet(SignInPaths.Page, ShowLocal).AllowAnonymous();
        endpoints.MapGet(SignInPaths.SignedOut, ShowSignedOut).AllowAnonymous();
        endpoints.MapPost(SignInPaths.SignOut, SignOutAsync).AllowAnonymous().AddEndpointFilter<SameOrigin>();
        if (options.HasProvider) return;
        endpoints.MapPost(SignInPaths.Local, (CodeRequest request, HttpContext context, LocalSignIn signIn) => signIn.EnterAsync(request, context))
            .AllowAnonymous().AddEndpointFilter<SameOrigin>().WithMetadata(new RequestSizeLimitAttribute(LargestBody));
    }

    private static RazorComponentResult<SignInPage> ShowLocal(HttpContext context, string? returnUrl)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        return new RazorComponentResult<SignInPage>(new Dictionary<string, object?>
        {
            [nameof(SignInPage.Title)] = "Sign in",
            [nameof(SignInPage.Person)] = PersonClaims.PersonOf(context.User),
            [nameof(SignInPage.TakesCode)] = true,
            [nameof(SignInPage.Address)] = $"{context.Request.Scheme}://{context.Request.Host}",
            [nameof(SignInPage.ReturnUrl)] = ReturnUrl.Clean(returnUrl),
        });
    }

    private static RazorComponentResult<SignInPage> ShowSignedOut(HttpContext context) => new(new Dictionary<string, object?>
    {
        [nameof(SignInPage.Title)] = "You are signed out",
        [nameof(SignInPage.SignInAddress)] = SignInPaths.Page,
    });

    // A session is looked up by its cookie here, not by what authentication made of it: one that is idle is to be gone, too.
    private static async Task<Ok<GoOn>> SignOutAsync(HttpContext context, SessionService sessions, SignInRecord record, [FromServices] LinkPrinter? printer)
    {
        if (SessionId.KeyOf(SessionCookie.Read(context)) is { } key && await sessions.EndAsync(key, context.RequestAborted) is { } session)
            record.SignedOut(session.Person, context.Connection.RemoteIpAddress?.ToString());
        SessionCookie.Remove(context);
        printer?.Print(); // the line of the start has long scrolled away
        return TypedResults.Ok(new GoOn(SignInPaths.SignedOut));
    }
}
