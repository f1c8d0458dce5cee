using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Events.Targets;

/// <summary>Where a rule sends the events that it matches, and in what form.</summary>
/// <param name="Id">Its name in the rule: 1 to 64 letters, digits, dots, hyphens and underscores.</param>
/// <param name="Arn">A state machine or a queue.</param>
/// <param name="RoleArn">The role, which the local cloud names and doesn't enforce.</param>
/// <param name="Input">What the target gets of an event.</param>
/// <param name="Retry">How long it is tried.</param>
/// <param name="DeadLetterArn">The queue for events that it could not be given; nothing when they are dropped.</param>
internal sealed record EventTarget(string Id, string Arn, string? RoleArn, TargetInput Input, RetryPolicy Retry, string? DeadLetterArn);

/// <summary>How long a target is tried.
/// See https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html.</summary>
/// <param name="LongestAge">How old an event may become, 1 minute to 24 hours.</param>
/// <param name="MostRetries">How often it is tried again, 0 to 185.</param>
internal sealed record RetryPolicy(TimeSpan LongestAge, int MostRetries)
{
    /// <summary>That of a target that names none.</summary>
    public static readonly RetryPolicy Default = new(TimeSpan.FromHours(24), 185);
}

/// <summary>What a target gets of an event.</summary>
internal abstract record TargetInput
{
    private TargetInput() { }

    /// <summary>The input that stands for an event.</summary>
    /// <param name="event">The event.</param>
    /// <param name="rule">The rule that matched it.</param>
    /// <param name="now">When it came in.</param>
    /// <returns>JSON, or of a template of text that text.</returns>
    public abstract string Of(JsonObject @event, EventRule rule, DateTimeOffset now);

    /// <summary>The event as it is.</summary>
    public sealed record Whole : TargetInput
    {
        /// <inheritdoc/>
        public override string Of(JsonObject @event, EventRule rule, DateTimeOffset now) => @event.ToJsonString(EventJson.Plain);
    }

    /// <summary>The same for each event.</summary>
    public sealed record Constant(string Json) : TargetInput
    {
        /// <inheritdoc/>
        public override string Of(JsonObject @event, EventRule rule, DateTimeOffset now) => Json;
    }

    /// <summary>A part of the event.</summary>
    public sealed record Part(EventPath Path) : TargetInput
    {
        /// <inheritdoc/>
        public override string Of(JsonObject @event, EventRule rule, DateTimeOffset now) =>
            Path.Of(@event) is (true, var part) ? part?.ToJsonString(EventJson.Plain) ?? "null" : "{}";
    }

    /// <summary>A template that is filled from the event.</summary>
    public sealed record Transformed(InputTransformer Transformer) : TargetInput
    {
        /// <inheritdoc/>
        public override string Of(JsonObject @event, EventRule rule, DateTimeOffset now) => Transformer.Apply(@event, rule, now);
    }
}
