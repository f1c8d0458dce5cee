using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Events.Targets;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>Decides on events and rules: takes events in, finds the targets that they are for, switches rules.</summary>
internal sealed class EventsService(EventsStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, EventRule> _rules = new(StringComparer.Ordinal);

    // Guards what switches a rule, so that the store and the memory say the same; matching takes no lock.
    private readonly Lock _switching = new();

    /// <summary>Raised when something is owed to a target. Whoever listens must return at once and not throw.</summary>
    public event Action? Owed;

    /// <summary>Takes up a rule of the template, in place of the one of its name.</summary>
    public void Ensure(EventRule rule)
    {
        lock (_switching)
            _rules[rule.Name] = rule with { Enabled = store.Declare(rule.Name, rule.Enabled) };
    }

    /// <summary>Takes events in: what they are owed to is durable when this returns.</summary>
    /// <param name="events">Whole events, each with an id of its own; one that came before is the same event.</param>
    public void Put(IReadOnlyList<JsonObject> events)
    {
        EventRule[] rules = [.. _rules.Values.Where(rule => rule.Enabled)];
        List<(string, JsonObject, string, string)> owed = [];
        foreach (JsonObject @event in events)
        {
            foreach (EventRule rule in rules.Where(rule => rule.Pattern.Matches(@event)))
                owed.AddRange(rule.Targets.Select(target => (@event["id"]!.GetValue<string>(), @event, rule.Name, target.Id)));
        }
        if (owed.Count == 0)
            return;
        store.Add(owed, time.GetUtcNow());
        Owed?.Invoke();
    }

    /// <summary>The rule of a name.</summary>
    /// <exception cref="Wire.AwsError"><c>ResourceNotFoundException</c>.</exception>
    public EventRule Require(string name) => _rules.GetValueOrDefault(name) ?? throw EventsErrors.NoSuchRule(name);

    /// <summary>A rule's target; nothing when the template has it no more.</summary>
    public (EventRule Rule, EventTarget Target)? Find(string rule, string target) =>
        _rules.GetValueOrDefault(rule) is { } found && found.Targets.FirstOrDefault(one => one.Id == target) is { } of ? (found, of) : null;

    /// <summary>Rules whose names begin so, by name.</summary>
    /// <param name="prefix">What the names begin with.</param>
    /// <param name="after">The name after which they begin.</param>
    public IEnumerable<EventRule> List(string prefix, string after) => _rules.Values
        .Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(rule.Name, after) > 0)
        .OrderBy(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>Lets a rule look at events, or not.</summary>
    /// <exception cref="Wire.AwsError"><c>ResourceNotFoundException</c>.</exception>
    public void Switch(string name, bool enabled)
    {
        lock (_switching)
        {
            EventRule rule = Require(name);
            store.Switch(name, enabled);
            _rules[name] = rule with { Enabled = enabled };
        }
    }
}
