using Archiver.Web.Identity.Sessions;
using Archiver.Web.Identity.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;
using static Archiver.Web.Identity.IdentityWords;

namespace Archiver.Web.Identity.Local;

/// <summary>What the sign-in page sends.</summary>
/// <param name="Code">The code of the terminal's link.</param>
/// <param name="ReturnUrl">Where to go on.</param>
internal sealed record CodeRequest(string? Code, string? ReturnUrl);

/// <summary>Where the page is to go on.</summary>
/// <param name="Location">An address.</param>
internal sealed record GoOn(string Location);

/// <summary>Signs in whoever has the code of the terminal's link, with every role: it is their machine.</summary>
internal sealed class LocalSignIn(OneTimeLink link, LinkPrinter printer, SessionService sessions, SignInRecord record, SignInOptions options)
{
    /// <summary>Who has an account on this machine and started the dashboard.</summary>
    public static Person Owner { get; } = Environment.UserName is var name && Person.IsName(name)
        ? new Person($"local|{name}", name, Person.EveryRole)
        : new Person("local|local", "local", Person.EveryRole);

    /// <summary>Answers the page's request.</summary>
    public async Task<Results<Ok<GoOn>, ProblemHttpResult>> EnterAsync(CodeRequest request, HttpContext context)
    {
        string? from = context.Connection.RemoteIpAddress?.ToString();
        switch (link.Use(request.Code))
        {
            case CodeOutcome.Accepted:
                break;
            case CodeOutcome.TooMany:
                return TypedResults.Problem(L["There were too many wrong codes. Try again in a minute."], statusCode: StatusCodes.Status429TooManyRequests);
            default:
                record.Refused(from, "The code was not that of the terminal's link.");
                return TypedResults.Problem(
                    L["This link was used already, or is not of this dashboard. The terminal shows the one that is good now."], statusCode: StatusCodes.Status403Forbidden);
        }
        printer.Print();
        // Whatever session the browser had: it gets another id, so that nobody can have planted the one that it goes on with.
        if (SessionId.KeyOf(SessionCookie.Read(context)) is { } before) await sessions.EndAsync(before, context.RequestAborted);
        (string id, Session session) = await sessions.StartAsync(Owner, from, context.RequestAborted);
        SessionCookie.Write(context, id, options.Lifetime);
        record.SignedIn(session.Self, from);
        return TypedResults.Ok(new GoOn(SignIn.ReturnUrl.Clean(request.ReturnUrl)));
    }
}
