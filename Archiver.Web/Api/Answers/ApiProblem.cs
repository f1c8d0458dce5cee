using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Web.Api.Answers;

/// <summary>A kind of problem that the API can answer with (RFC 9457). Programs go by <see cref="Type"/>, which stays; the sentences are for people.</summary>
/// <param name="Name">The kind, the last part of its type.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What kind of problem it is, in words.</param>
internal sealed record ApiProblem(string Name, int Status, string Title)
{
    /// <summary>The request's parameters, headers or body are not what they can be; the member <c>errors</c> names each.</summary>
    public static readonly ApiProblem Invalid = new("invalid-request", StatusCodes.Status400BadRequest, "The request is not what it can be.");

    /// <summary>No token, or one that does not hold.</summary>
    public static readonly ApiProblem Unauthenticated = new("unauthenticated", StatusCodes.Status401Unauthorized, "This takes a bearer token.");

    /// <summary>The person may not.</summary>
    public static readonly ApiProblem Forbidden = new("forbidden", StatusCodes.Status403Forbidden, "You may not do this.");

    /// <summary>There is no such thing.</summary>
    public static readonly ApiProblem NotFound = new("not-found", StatusCodes.Status404NotFound, "There is no such thing.");

    /// <summary>The address does not take this method.</summary>
    public static readonly ApiProblem MethodNotAllowed = new("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "The address does not take this method.");

    /// <summary>Somebody decided before; the member <c>decision</c> says who, what and when.</summary>
    public static readonly ApiProblem AlreadyDecided = new("already-decided", StatusCodes.Status409Conflict, "Somebody decided before.");

    /// <summary>The approval is not the version that the caller saw; the member <c>version</c> has the one that stands.</summary>
    public static readonly ApiProblem Changed = new("changed", StatusCodes.Status409Conflict, "It changed since you looked.");

    /// <summary>The run no longer waits; the member <c>closing</c> says why.</summary>
    public static readonly ApiProblem NoLongerWaiting = new("no-longer-waiting", StatusCodes.Status410Gone, "The run no longer waits.");

    /// <summary>There is no decision of the caller's to take back.</summary>
    public static readonly ApiProblem NotYours = new("not-yours", StatusCodes.Status409Conflict, "It is not yours.");

    /// <summary>The caller started the run: by the rule of four eyes somebody else decides on it.</summary>
    public static readonly ApiProblem Barred = new("four-eyes", StatusCodes.Status403Forbidden, "Somebody else has to decide.");

    /// <summary>Somebody else is on it; the member <c>claim</c> says who.</summary>
    public static readonly ApiProblem Claimed = new("claimed", StatusCodes.Status409Conflict, "Somebody else is on it.");

    /// <summary>The caller approved already, and it takes somebody else.</summary>
    public static readonly ApiProblem ApprovedBefore = new("approved-before", StatusCodes.Status409Conflict, "You approved already.");

    /// <summary>So many were at it at once that this one did not get a turn.</summary>
    public static readonly ApiProblem Busy = new("busy", StatusCodes.Status503ServiceUnavailable, "Many people were at it at once.");

    /// <summary>The decision is on its way, or the run has it.</summary>
    public static readonly ApiProblem TooLate = new("too-late", StatusCodes.Status409Conflict, "It is too late for that.");

    /// <summary>The run is not in a state in which that can be done.</summary>
    public static readonly ApiProblem RunState = new("run-state", StatusCodes.Status409Conflict, "The run is not in a state for that.");

    /// <summary>Another request of the same key is under way.</summary>
    public static readonly ApiProblem UnderWay = new("idempotency-under-way", StatusCodes.Status409Conflict, "A request of this key is under way.");

    /// <summary>The key was used for another request.</summary>
    public static readonly ApiProblem KeyReused = new("idempotency-key-reused", StatusCodes.Status422UnprocessableEntity, "The key was used for another request.");

    /// <summary>The body is too large.</summary>
    public static readonly ApiProblem TooLarge = new("too-large", StatusCodes.Status413PayloadTooLarge, "The body is too large.");

    /// <summary>The body is not JSON.</summary>
    public static readonly ApiProblem NotJson = new("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, "The body is of another type.");

    /// <summary>Too many requests at a time.</summary>
    public static readonly ApiProblem TooMany = new("too-many-requests", StatusCodes.Status429TooManyRequests, "These are too many requests.");

    /// <summary>A bug.</summary>
    public static readonly ApiProblem Internal = new("internal", StatusCodes.Status500InternalServerError, "Something went wrong here.");

    /// <summary>The cloud does not answer as it should.</summary>
    public static readonly ApiProblem Cloud = new("cloud", StatusCodes.Status503ServiceUnavailable, "The cloud did not answer as it should.");

    /// <summary>It could not be put on record, and so was not done.</summary>
    public static readonly ApiProblem NotRecorded = new("not-recorded", StatusCodes.Status503ServiceUnavailable, "It could not be put on record.");

    /// <summary>What every type begins with.</summary>
    public const string TypePrefix = "urn:archiver:problem:";

    /// <summary>The type, by which programs tell kinds apart.</summary>
    public string Type => TypePrefix + Name;

    /// <summary>Answers with the problem.</summary>
    /// <param name="detail">What it is this time, in a sentence.</param>
    /// <param name="more">Members beside the usual ones.</param>
    public ApiAnswer Answer(string detail, params (string Name, object? Value)[] more)
    {
        JsonObject problem = new() { ["type"] = Type, ["title"] = Title, ["status"] = Status, ["detail"] = detail };
        foreach ((string name, object? value) in more)
        {
            if (value is not null) problem[name] = JsonSerializer.SerializeToNode(value, ApiAnswer.Format);
        }
        return new ApiAnswer(Status, JsonSerializer.SerializeToUtf8Bytes(problem, ApiAnswer.Format), ApiAnswer.ProblemJson, detail)
        {
            RetryAfter = Status is StatusCodes.Status503ServiceUnavailable ? 1 : null,
        };
    }

    /// <summary>Answers that fields of the request are not what they can be.</summary>
    public static ApiAnswer Fields(IReadOnlyDictionary<string, string> errors) => Invalid.Answer(
        string.Join(' ', errors.Values), ("errors", errors.ToDictionary(error => error.Key, error => new[] { error.Value })));

    /// <summary>Answers that one field of the request is not what it can be.</summary>
    public static ApiAnswer Field(string name, string error) => Fields(new Dictionary<string, string> { [name] = error });
}
