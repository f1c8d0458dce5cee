using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs;

/// <summary>A file that was taken in.</summary>
/// <param name="Key">Its key in the inbox bucket.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record UploadedFile(string Key, long Size);

/// <summary>What a page needs to send files.</summary>
/// <param name="Header">The name of the header that proves that the request comes of a page of this dashboard.</param>
/// <param name="Value">What that header has.</param>
internal sealed record UploadToken(string Header, string Value);

/// <summary>
/// Takes in files as the plain bodies of requests: a circuit carries a message at a time and is no road for a gigabyte. The
/// endpoint stores and starts nothing; what becomes of the file is the business of the dialog that it was chosen in.
/// </summary>
internal static partial class UploadEndpoints
{
    private const string Token = "/runs/uploads/token";
    private const string Upload = "/runs/uploads/{click}/{index}";
    private const int LongestType = 255;

    public static void MapUploads(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Token, GetToken).RequireOperation(Operation.UploadFile);
        endpoints.MapPut(Upload, PutAsync).RequireOperation(Operation.UploadFile).WithMetadata(new RequestSizeLimitAttribute(InboxUploads.LargestFile));
    }

    // Asked for with every send, not kept in the page: a page can outlive the keys that a token is made with. Another site's page
    // can send this request, and can't read the answer.
    private static JsonHttpResult<UploadToken> GetToken(HttpContext context, IAntiforgery antiforgery)
    {
        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(context);
        return TypedResults.Json(new UploadToken(tokens.HeaderName!, tokens.RequestToken!));
    }

    private static async Task<IResult> PutAsync(
        string click, string index, string? name, HttpContext context, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> options, InboxUploads uploads, CommandGate gate)
    {
        HttpRequest request = context.Request;
        // The token comes in the header and nowhere else: looked for in a form, it would have the body read for it.
        if (!request.Headers.ContainsKey(options.Value.HeaderName!) || !await antiforgery.IsRequestValidAsync(context))
            return Refused(StatusCodes.Status400BadRequest, L["The request does not come of a page of this dashboard, or of one that is out of date. Reload the page."]);
        if (!Click().IsMatch(click) || !int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number >= RunStarter.Most)
            return Refused(StatusCodes.Status400BadRequest, L["The address names no upload."]);
        if (InboxUploads.Refuse(name ?? "", 0) is { } refusal)
            return Refused(StatusCodes.Status400BadRequest, refusal);
        if (InboxUploads.Refuse(name!, request.ContentLength ?? 0) is { } tooLarge)
            return Refused(StatusCodes.Status413PayloadTooLarge, tooLarge);

        string key = InboxUploads.Key(click, number, name!);
        try
        {
            return await gate.RunAsync(
                Operation.UploadFile, new AuditSubject("file", key, null, name),
                permit => uploads.UploadAsync(permit, key, request.Body, request.ContentLength, MediaType(request.ContentType), context.RequestAborted),
                size => new CommandEnd(AuditPhase.Done, FormattableString.Invariant($"{size} bytes.")), context.RequestAborted) switch
            {
                GateOutcome<long>.Entered entered => TypedResults.Json(new UploadedFile(key, entered.Result)),
                GateOutcome<long>.Refused refused => Refused(StatusCodes.Status403Forbidden, refused.Reason),
                GateOutcome<long>.NotRecorded missing => Refused(StatusCodes.Status503ServiceUnavailable, missing.Reason),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refused(exception.StatusCode, InboxUploads.Refuse(name!, long.MaxValue)!);
        }
        catch (BadHttpRequestException exception)
        {
            return Refused(exception.StatusCode, L["The content broke off: {0}", exception.Message]);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.StatusCode(StatusCodes.Status499ClientClosedRequest); // nobody is there to read it
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            return Refused(StatusCodes.Status502BadGateway, exception.Message);
        }
    }

    // A browser guesses it by the file's name, and another client can send anything: what is no type is none.
    private static string? MediaType(string? contentType) =>
        contentType is { Length: > 0 and <= LongestType } && contentType.All(char.IsAscii) && MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
            ? type.ToString()
            : null;

    private static ProblemHttpResult Refused(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    [GeneratedRegex(@"\A[0-9a-f]{12}\z")]
    private static partial Regex Click();
}
