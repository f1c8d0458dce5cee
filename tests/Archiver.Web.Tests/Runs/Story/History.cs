using Archiver.Web.Runs;
using Archiver.Web.Runs.Story;

namespace Archiver.Web.Tests.Runs.Story;

/// <summary>Writes histories down as the service records them: each event a second after the one before, led to by the one before unless said.</summary>
internal sealed class History
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    private readonly List<RunEvent> _events = [];

    public IReadOnlyList<RunEvent> Events => _events;

    public long Last => _events.Count;

    public History Add(string type, string? subject = null, long? after = null, params (string Name, string Value)[] details)
    {
        long id = _events.Count + 1;
        _events.Add(new RunEvent(id, Start.AddSeconds(id - 1), type, subject, [.. details.Select(detail => new RunEventDetail(detail.Name, detail.Value))]) { PreviousId = after ?? id - 1 });
        return this;
    }

    /// <summary>A state of a type that is entered and left at once.</summary>
    public History Pass(string name, string type = "Pass", long? after = null) => Add($"{type}StateEntered", name, after).Add($"{type}StateExited", name);

    /// <summary>A task that is called and answers.</summary>
    public History Task(string name) =>
        Add("TaskStateEntered", name, null, ("Input", "{}")).Add("TaskScheduled", "invoke").Add("TaskStarted", "invoke").Add("TaskSucceeded", "invoke").Add("TaskStateExited", name, null, ("Output", "[]"));

    /// <summary>What it comes to; read in pieces of a size, as it may come.</summary>
    public RunStory Read(int atOnce = int.MaxValue)
    {
        StoryBuilder builder = new();
        foreach (RunEvent[] piece in _events.Chunk(Math.Min(atOnce, Math.Max(1, _events.Count)))) builder.Add(piece);
        return builder.Story();
    }
}
