using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Archiver.Web.Approvals.Intake;
using Archiver.Web.Cloud;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Webhooks;

/// <summary>
/// Takes messages off the webhooks' queue and sends them. One that was taken is deleted; one that was not is hidden for a growing
/// time, and after its last attempt the queue gives it to the dead letters.
/// </summary>
internal sealed partial class WebhookDelivery(
    IAmazonSQS sqs, CloudResources cloud, WebhookSender sender, WebhookStatus status, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookDelivery> logger)
{
    // Ten attempts side by side, each over within its timeout, and the call that says how it went.
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly MessageQueue _queue = new(sqs, cloud.WebhookQueueUrl, time);
    private readonly MessageQueue _deadLetters = new(sqs, cloud.WebhookDeadLetterQueueUrl, time);

    /// <summary>Receives once, waiting for a message, and makes one attempt at each that came.</summary>
    /// <param name="wait">How long to wait for the first, 20 s at most.</param>
    /// <param name="stoppingToken">The host stops: attempts under way are broken off, and made again by whoever is next.</param>
    /// <returns>How many came.</returns>
    public async Task<int> ReceiveAsync(TimeSpan wait, CancellationToken stoppingToken)
    {
        IReadOnlyList<Message> messages = await _queue.ReceiveAsync(wait, Hidden, MessageQueue.MostMessages, whole: false, stoppingToken);
        await Task.WhenAll(messages.Select(message => DeliverAsync(message, stoppingToken)));
        return messages.Count;
    }

    /// <inheritdoc cref="ReceiveAsync(TimeSpan, CancellationToken)"/>
    public Task<int> ReceiveAsync(CancellationToken stoppingToken) => ReceiveAsync(LongestWait, stoppingToken);

    /// <summary>Counts what waits and what was given up.</summary>
    public async Task CountAsync(CancellationToken cancellationToken) =>
        status.Counted((await _queue.CountAsync(cancellationToken)).Total, (await _deadLetters.CountAsync(cancellationToken)).Total);

    private async Task DeliverAsync(Message received, CancellationToken stoppingToken)
    {
        int attempt = Attempt(received);
        if (WebhookMessage.Read(received.Body) is not { } message || options.Value.All.FirstOrDefault(one => one.Name == message.Webhook) is not { } webhook)
        {
            // Another dashboard's settings may know it, and a deploy is never at all of them at once.
            LogUnknown(logger, received.MessageId);
            await HideAsync(received, WebhookBackoff.Delay(attempt, null, Random.Shared.NextDouble()), stoppingToken);
            return;
        }
        WebhookAttempt made = await sender.SendAsync(webhook, message, stoppingToken);
        if (made.Taken)
        {
            status.Sent();
            await _queue.DeleteAsync([received], stoppingToken);
            return;
        }
        status.Failed(webhook.Name);
        LogFailed(logger, message.Id, webhook.Number, attempt, made.Problem!);
        await HideAsync(received, WebhookBackoff.Delay(attempt, made.RetryAfter, Random.Shared.NextDouble()), stoppingToken);
    }

    private Task HideAsync(Message received, TimeSpan delay, CancellationToken cancellationToken) => _queue.HideAsync([(received.ReceiptHandle, delay)], cancellationToken);

    private static int Attempt(Message message) =>
        int.TryParse(message.Attributes?.GetValueOrDefault("ApproximateReceiveCount"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 1;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook message {Id} was not taken by webhook {Number}, attempt {Attempt}: {Problem}")]
    private static partial void LogFailed(ILogger logger, string id, int number, int attempt, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The message {MessageId} in the webhooks' queue is for no webhook of the settings.")]
    private static partial void LogUnknown(ILogger logger, string messageId);
}
