using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Webhooks;

/// <summary>What one webhook is to be told, as the queue holds it. Neither the address nor the secret is part of it, and no task token.</summary>
/// <param name="Webhook">The webhook's <see cref="Webhook.Name"/>.</param>
/// <param name="Id">The message's id: the same however often the event is told.</param>
/// <param name="Body">The body that is sent, letter for letter.</param>
internal sealed record WebhookMessage(
    [property: JsonRequired] string Webhook, [property: JsonRequired] string Id, [property: JsonRequired] string Body)
{
    // Whoever sends approval messages puts into them what they like, and what a queue refuses would stand in the intake's way for good.
    private const int LongestText = 2048;
    private const int LongestDetail = 500;
    private const int MostChecks = 20;

    private static readonly JsonSerializerOptions Facts = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The id of what happened to an approval. Of one approval there is one of each that can't be taken back.</summary>
    public static string IdOf(WebhookEvent kind, Approval approval) =>
        $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}|{approval.Id}")))[..32]}";

    /// <summary>The body that tells what happened to an approval.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="approval">To what.</param>
    /// <param name="address">The dashboard's address, for links.</param>
    public static string BodyOf(WebhookEvent kind, Approval approval, Uri? address)
    {
        DateTimeOffset at = kind == WebhookEvent.Decided && approval.Decision?.DecidedAt is { } decidedAt ? decidedAt : approval.RequestedAt;
        return JsonSerializer.Serialize(
            new
            {
                Type = kind == WebhookEvent.Asked ? "approval.asked" : "approval.decided",
                Timestamp = UtcTimestamp.Format(at),
                Data = new
                {
                    approval.Id,
                    Name = Cut(approval.Name),
                    RequestedAt = UtcTimestamp.Format(approval.RequestedAt),
                    ExpiresAt = approval.ExpiresAt is { } expiresAt ? UtcTimestamp.Format(expiresAt) : null,
                    Run = Cut(approval.RunName),
                    Recommendation = Cut(approval.Recommendation),
                    File = FileOf(approval),
                    Decision = kind == WebhookEvent.Decided && approval.Decision is { } decision
                        ? new { decision.Approved, Reviewer = Cut(decision.Reviewer), Comment = Cut(decision.Comment), DecidedAt = decision.DecidedAt is { } moment ? UtcTimestamp.Format(moment) : null }
                        : null,
                    Links = new { Page = Link(address, $"approvals/{approval.Id}"), Api = Link(address, $"api/v1/approvals/{approval.Id}") },
                },
            },
            Facts);
    }

    /// <summary>The message as the queue has it.</summary>
    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Reads what <see cref="Write"/> wrote; nothing where somebody else wrote it.</summary>
    public static WebhookMessage? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<WebhookMessage>(text, JsonSerializerOptions.Web) is { Webhook: not null, Id: not null, Body: not null } message && message.Id.All(IsHeader)
                ? message
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static object? FileOf(Approval approval) => approval.File is not { } file ? null : new
    {
        Name = Cut(file.Name),
        Bucket = Cut(file.Bucket),
        Key = Cut(file.Key),
        VersionId = Cut(file.VersionId),
        file.Size,
        ContentType = Cut(file.ContentType),
        Sha256 = Cut(file.Sha256),
        file.Archive,
        file.Quality,
        file.QualityThreshold,
        Checks = file.Checks.Take(MostChecks).Select(check => new { Name = Cut(check.Name, LongestDetail), check.Passed, Detail = Cut(check.Detail, LongestDetail) }),
    };

    private static string? Cut(string? text, int most = LongestText) => text?.Length > most ? text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] : text;

    private static bool IsHeader(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';

    private static string Link(Uri? address, string path) => address is null
        ? $"/{path}"
        : string.Create(CultureInfo.InvariantCulture, $"{address.AbsoluteUri.TrimEnd('/')}/{path}");
}
