using Archiver.Infra.LocalCloud.Events.Patterns;
using Archiver.Infra.LocalCloud.Events.Targets;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>A rule of the default bus: which events go to which targets.</summary>
/// <param name="Name">1 to 64 letters, digits, dots, hyphens and underscores.</param>
/// <param name="Arn">Its ARN, which its name decides.</param>
/// <param name="Description">What it is for, for a person.</param>
/// <param name="Pattern">The events.</param>
/// <param name="Enabled">Whether it looks at events at all.</param>
/// <param name="Targets">1 to 5, each with an id of its own.</param>
internal sealed record EventRule(
    string Name, string Arn, string? Description, EventPattern Pattern, bool Enabled, IReadOnlyList<EventTarget> Targets)
{
    /// <summary>The only bus that there is.</summary>
    public const string DefaultBus = "default";

    /// <summary>Its state, as the API has it.</summary>
    public string State => Enabled ? EnabledState : DisabledState;

    /// <summary>The state of a rule that looks at events.</summary>
    public const string EnabledState = "ENABLED";

    /// <summary>The state of a rule that does not.</summary>
    public const string DisabledState = "DISABLED";
}
