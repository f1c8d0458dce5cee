using System.Text.Json;
using System.Text.Json.Serialization;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Microsoft.Net.Http.Headers;

namespace Archiver.Web.Api.Answers;

/// <summary>An answer of the API, made to the last byte before any of it is sent: so it can be kept, and given again as it was.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="ContentType">What the body is; nothing where there is none.</param>
/// <param name="Said">What came of it as a sentence, for the audit trail.</param>
internal sealed record ApiAnswer(int Status, ReadOnlyMemory<byte> Body, string? ContentType, string? Said = null) : IResult
{
    /// <summary>The media type of data.</summary>
    public const string Json = "application/json";

    /// <summary>The media type of problems (RFC 9457).</summary>
    public const string ProblemJson = "application/problem+json";

    /// <summary>How data is written.</summary>
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new Moments() },
    };

    /// <summary>After how many seconds it is worth coming again.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The methods that an address takes.</summary>
    public string? Allow { get; init; }

    /// <summary>Whether it was given before, to a request of the same key.</summary>
    public bool IsReplayed { get; init; }

    /// <summary>Whether it says that it was done.</summary>
    public bool IsDone => Status < StatusCodes.Status400BadRequest;

    /// <summary>Whether it says that nothing was settled: the same request can have another answer a moment later.</summary>
    public bool IsPassing => Status is >= StatusCodes.Status500InternalServerError or StatusCodes.Status429TooManyRequests;

    /// <summary>Gives data.</summary>
    /// <param name="value">The data.</param>
    /// <param name="said">What was done, as a sentence.</param>
    public static ApiAnswer Ok<T>(T value, string? said = null, int status = StatusCodes.Status200OK) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, Format), Json, said);

    /// <summary>What the record of a command says of it.</summary>
    public CommandEnd End() => new(IsDone ? AuditPhase.Done : IsPassing ? AuditPhase.Failed : AuditPhase.NotDone, Said);

    /// <summary>What the gate said, as an answer.</summary>
    public static ApiAnswer Of(GateOutcome<ApiAnswer> outcome) => outcome switch
    {
        GateOutcome<ApiAnswer>.Entered entered => entered.Result,
        GateOutcome<ApiAnswer>.Refused refused => ApiProblem.Forbidden.Answer(refused.Reason),
        GateOutcome<ApiAnswer>.NotRecorded missing => ApiProblem.NotRecorded.Answer(missing.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers[HeaderNames.CacheControl] = "no-store";
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Allow is not null) response.Headers.Allow = Allow;
        if (IsReplayed) response.Headers["Idempotency-Replayed"] = "true";
        if (ContentType is null) return;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }

    private sealed class Moments : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(UtcTimestamp.Format(value));
    }
}
