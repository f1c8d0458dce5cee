using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Archiver.Web.Webhooks;

/// <summary>How an attempt went.</summary>
/// <param name="Taken">Whether the receiver took the message.</param>
/// <param name="Problem">Why not: a sentence without the address.</param>
/// <param name="RetryAfter">For how long the receiver wants to be left alone.</param>
internal sealed record WebhookAttempt(bool Taken, string? Problem = null, TimeSpan? RetryAfter = null);

/// <summary>
/// Posts a message to a webhook. It goes to the address in the settings and nowhere else: no redirect is followed, and of the
/// answer nothing but its head is looked at.
/// </summary>
internal sealed class WebhookSender(IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>The name of the client.</summary>
    public const string Client = "webhooks";

    /// <summary>How long a receiver has for its answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Tries once.</summary>
    /// <param name="webhook">The receiver.</param>
    /// <param name="message">What it is told.</param>
    public async Task<WebhookAttempt> SendAsync(Webhook webhook, WebhookMessage message, CancellationToken cancellationToken)
    {
        byte[] body = Encoding.UTF8.GetBytes(message.Body);
        using HttpRequestMessage request = new(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach ((string name, string value) in WebhookSignature.Headers(message.Id, time.GetUtcNow(), body, webhook.Secret.Span)) request.Headers.Add(name, value);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Archiver", "1"));

        using CancellationTokenSource limit = new(Timeout, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using HttpClient client = clients.CreateClient(Client);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            if (response.IsSuccessStatusCode) return new WebhookAttempt(true);
            string problem = response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest
                ? $"It answered {(int)response.StatusCode}, a redirect, which is not followed."
                : $"It answered {(int)response.StatusCode}.";
            return new WebhookAttempt(false, problem, RetryAfter(response));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new WebhookAttempt(false, $"It did not answer within {Timeout.TotalSeconds:0} s.");
        }
        catch (HttpRequestException exception)
        {
            return new WebhookAttempt(false, $"It could not be reached: {exception.HttpRequestError}.");
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };
}
