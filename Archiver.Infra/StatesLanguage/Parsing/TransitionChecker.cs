using System.Text.Json;

namespace Archiver.Infra.StatesLanguage.Parsing;

/// <summary>
/// Checks that every transition leads to a state, that every state can be reached, and that from every state an end can be. It
/// reads the transitions from the text and not from the parsed states: a state with a mistake elsewhere still leads on, and
/// what comes after it is not unreachable because of that.
/// </summary>
internal sealed class TransitionChecker
{
    private readonly SourceNode _root;
    private readonly SourceNode _states;
    private readonly DiagnosticBag _findings;
    private readonly HashSet<string> _names;

    /// <summary>Makes a checker.</summary>
    /// <param name="root">The whole definition.</param>
    /// <param name="states">Its states.</param>
    /// <param name="findings">Where findings go.</param>
    public TransitionChecker(SourceNode root, SourceNode states, DiagnosticBag findings)
    {
        _root = root;
        _states = states;
        _findings = findings;
        _names = states.Members.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Checks.</summary>
    public void Check()
    {
        var transitions = _states.Members.ToDictionary(m => m.Name, m => Targets(m.Value).ToList(), StringComparer.Ordinal);
        var allThere = true;
        if (_root.Member("StartAt") is { Text: { } startAt } start)
        {
            allThere &= CheckTarget("StartAt", start);
            foreach (var target in transitions.Values.SelectMany(t => t))
                allThere &= CheckTarget(target.Field, target.Node);
            CheckReachable(startAt, transitions);
        }

        if (allThere)
            CheckEnds(transitions);
    }

    private bool CheckTarget(string field, SourceNode node)
    {
        if (_names.Contains(node.Text!))
            return true;
        _findings.Error(
            DiagnosticCodes.MissingTarget, $"Missing '{field}' target: there is no state \"{node.Text}\".", node.Path, node.Position);
        return false;
    }

    private void CheckReachable(string startAt, Dictionary<string, List<Target>> transitions)
    {
        // Where StartAt itself is wrong, every state would be reported.
        if (!_names.Contains(startAt))
            return;

        var reached = Closure([startAt], name => transitions[name].Select(t => t.Node.Text!).Where(_names.Contains));
        foreach (var member in _states.Members.Where(m => !reached.Contains(m.Name)))
            _findings.Error(DiagnosticCodes.MissingTarget, $"State \"{member.Name}\" is not reachable.", member.Value.Path, member.Position);
    }

    private void CheckEnds(Dictionary<string, List<Target>> transitions)
    {
        var sources = transitions
            .SelectMany(t => t.Value, (t, target) => (From: t.Key, To: target.Node.Text!))
            .ToLookup(t => t.To, t => t.From, StringComparer.Ordinal);
        var ends = _states.Members
            .Where(m => transitions[m.Name].Count == 0 || m.Value.Member("End")?.Kind == JsonValueKind.True)
            .Select(m => m.Name);
        var ending = Closure(ends, name => sources[name]);
        foreach (var member in _states.Members.Where(m => !ending.Contains(m.Name)))
            _findings.Warning(DiagnosticCodes.NoEnd, $"From the state \"{member.Name}\" no way leads to an end.", member.Value);
    }

    private static HashSet<string> Closure(IEnumerable<string> from, Func<string, IEnumerable<string>> next)
    {
        var reached = from.ToHashSet(StringComparer.Ordinal);
        var open = new Stack<string>(reached);
        while (open.TryPop(out var name))
        {
            foreach (var target in next(name))
            {
                if (reached.Add(target))
                    open.Push(target);
            }
        }

        return reached;
    }

    private static IEnumerable<Target> Targets(SourceNode state)
    {
        foreach (var field in (string[])["Next", "Default"])
        {
            if (state.Member(field) is { Text: not null } node)
                yield return new Target(field, node);
        }

        foreach (var list in (string[])["Choices", "Catch"])
        {
            foreach (var item in state.Member(list)?.Items ?? [])
            {
                if (item.Member("Next") is { Text: not null } node)
                    yield return new Target("Next", node);
            }
        }
    }

    private sealed record Target(string Field, SourceNode Node);
}
