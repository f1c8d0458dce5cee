using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Events.Targets;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>
/// Gives to targets what they are owed, until they take it: at least once, because a crash may come between a target's yes and the note of
/// it. A target that refuses for good, and one that does not take an event within its retry policy, sends the event to its dead-letter
/// queue. See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html.
/// </summary>
internal sealed partial class EventDelivery : PumpService
{
    private const int AtOnce = 256;
    private const int SideBySide = 16;

    private readonly EventsStore _store;
    private readonly EventsService _events;
    private readonly EventSender _sender;
    private readonly TimeProvider _time;
    private readonly ILogger<EventDelivery> _logger;

    /// <summary>Makes it; it begins with <see cref="Pump.Start"/>, when the rules are there.</summary>
    public EventDelivery(EventsStore store, EventsService events, EventSender sender, TimeProvider time, ILogger<EventDelivery> logger)
        : base("The delivery of events", time, logger)
    {
        (_store, _events, _sender, _time, _logger) = (store, events, sender, time, logger);
        events.Owed += Pump.Signal;
    }

    /// <summary>How long to wait after an attempt that failed.</summary>
    /// <param name="attempt">Its number, from 1.</param>
    /// <param name="jitter">0 to 1: what share of the wait is cut.</param>
    /// <returns>A second, twice as much each time, five minutes at most; at least half of that.</returns>
    public static TimeSpan Backoff(int attempt, double jitter) =>
        TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Math.Min(attempt, 20) - 1)) * (1 - (jitter / 2)));

    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RoundAsync(CancellationToken cancellationToken)
    {
        while (_store.Due(_time.GetUtcNow(), AtOnce) is { Count: > 0 } due)
        {
            ConcurrentBag<long> done = [];
            ConcurrentBag<(long, int, DateTimeOffset)> later = [];
            try
            {
                await Parallel.ForEachAsync(
                    due, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken }, async (delivery, _) =>
                    {
                        if (await TryAsync(delivery) is { } again)
                            later.Add((delivery.Id, delivery.Attempts + 1, again));
                        else
                            done.Add(delivery.Id);
                    });
            }
            finally
            {
                _store.Settle(done, later); // also what was delivered before somebody gave the round up
            }
        }
        return _store.NextDue();
    }

    /// <summary>Makes an attempt.</summary>
    /// <returns>When to make the next; nothing when there is nothing more to do.</returns>
    private async Task<DateTimeOffset?> TryAsync(Delivery delivery)
    {
        if (_events.Find(delivery.Rule, delivery.Target) is not var (rule, target))
        {
            LogGone(delivery.EventId, delivery.Rule, delivery.Target);
            return null;
        }
        AwsError? refusal = null;
        try
        {
            await _sender.SendAsync(target.Arn, target.Input.Of(JsonNode.Parse(delivery.Event)!.AsObject(), rule, delivery.ReceivedAt));
            return null;
        }
        catch (AwsError error)
        {
            refusal = error;
        }
#pragma warning disable CA1031 // A target that breaks is one that did not take the event: it is tried again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBroken(delivery.EventId, target.Arn, exception);
        }

        DateTimeOffset now = _time.GetUtcNow();
        string? exhausted = delivery.Attempts >= target.Retry.MostRetries ? "MaximumRetryAttempts"
            : now - delivery.ReceivedAt >= target.Retry.LongestAge ? "MaximumEventAgeInSeconds"
            : null;
        if (exhausted is null && (refusal is null || refusal.StatusCode >= 500 || refusal.Code.Contains("Throttl", StringComparison.Ordinal)))
            return now + Backoff(delivery.Attempts + 1, Random.Shared.NextDouble());
        return GiveUp(delivery, rule, target, refusal, exhausted) ? null : now + Backoff(delivery.Attempts + 1, Random.Shared.NextDouble());
    }

    private bool GiveUp(Delivery delivery, EventRule rule, EventTarget target, AwsError? refusal, string? exhausted)
    {
        string reason = refusal is null ? exhausted ?? "" : $"{refusal.Message} ({refusal.Code})";
        if (target.DeadLetterArn is not { } queue)
        {
            LogDropped(delivery.EventId, target.Arn, reason);
            return true;
        }
        try
        {
            _sender.SendDead(queue, delivery.Event, rule.Arn, target.Arn, refusal, exhausted, delivery.Attempts);
            LogDead(delivery.EventId, target.Arn, queue, reason);
            return true;
        }
        catch (AwsError error)
        {
            LogDropped(delivery.EventId, target.Arn, $"{reason}; nor does the dead-letter queue take it: {error.Message}");
            return true;
        }
#pragma warning disable CA1031 // The event is kept, and given up again later: it must not be lost for a full disk.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBroken(delivery.EventId, queue, exception);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event {EventId} is for target {Target} of rule {Rule}, which is no more; it is dropped.")]
    private partial void LogGone(string eventId, string rule, string target);

    [LoggerMessage(Level = LogLevel.Error, Message = "The event {EventId} could not be given to {Target}.")]
    private partial void LogBroken(string eventId, string target, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The event {EventId} was not taken by {Target}, and is dropped: {Reason}")]
    private partial void LogDropped(string eventId, string target, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event {EventId} was not taken by {Target}, and went to {Queue}: {Reason}")]
    private partial void LogDead(string eventId, string target, string queue, string reason);
}
