using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>The refusals of EventBridge.</summary>
internal static class EventsErrors
{
    /// <summary>A pattern that is none.</summary>
    public static AwsError InvalidPattern(string reason) => new("InvalidEventPatternException", $"Event pattern is not valid. Reason: {reason}");

    /// <summary>A request that breaks a rule.</summary>
    public static AwsError Validation(string message) => new("ValidationException", message);

    /// <summary>A member that breaks one of its limits.</summary>
    public static AwsError Constraint(string member, string constraint) =>
        Validation($"1 validation error detected: Value at '{member}' failed to satisfy constraint: {constraint}");

    /// <summary>A rule that is not there.</summary>
    public static AwsError NoSuchRule(string name) => new("ResourceNotFoundException", $"Rule {name} does not exist on EventBus {EventRule.DefaultBus}.");

    /// <summary>A bus that is not there.</summary>
    public static AwsError NoSuchBus(string name) =>
        new("ResourceNotFoundException", $"Event bus {name} does not exist. The local cloud has the bus {EventRule.DefaultBus} alone.");
}
