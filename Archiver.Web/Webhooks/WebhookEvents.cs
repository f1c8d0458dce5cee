using Amazon.SQS;
using Amazon.SQS.Model;
using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Webhooks;

/// <summary>Puts what happens to approvals into the webhooks' queue, a message for each webhook: one that is down holds up no other.</summary>
internal sealed class WebhookEvents(IAmazonSQS sqs, CloudResources cloud, IOptions<WebhookOptions> options) : IApprovalEvents
{
    /// <inheritdoc/>
    public Task AskedAsync(Approval approval, CancellationToken cancellationToken) => TellAsync(WebhookEvent.Asked, approval, cancellationToken);

    /// <inheritdoc/>
    public Task DecidedAsync(Approval approval, CancellationToken cancellationToken) => TellAsync(WebhookEvent.Decided, approval, cancellationToken);

    private async Task TellAsync(WebhookEvent kind, Approval approval, CancellationToken cancellationToken)
    {
        Webhook[] told = [.. options.Value.All.Where(webhook => webhook.Events.Contains(kind))];
        if (told.Length == 0) return;
        string id = WebhookMessage.IdOf(kind, approval);
        string body = WebhookMessage.BodyOf(kind, approval, options.Value.BaseUrl);
        foreach (Webhook webhook in told)
            await sqs.SendMessageAsync(new SendMessageRequest(cloud.WebhookQueueUrl, new WebhookMessage(webhook.Name, id, body).Write()), cancellationToken);
    }
}
