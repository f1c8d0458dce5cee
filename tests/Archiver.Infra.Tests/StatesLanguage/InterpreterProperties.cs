using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.StatesLanguage;

/// <summary>What holds for every machine, input and order of happenings.</summary>
public sealed class InterpreterProperties
{
    private const int Happenings = 30;

    [Property(MaxTest = 400)]
    public void Machine_OfAnyKind_NeverThrowsAndEndsOnce(DoNotSize<int> seed)
    {
        var machine = Run(seed.Item, restart: false, _ => { });

        var ends = machine.EventTypes.Count(t => t is "ExecutionSucceeded" or "ExecutionFailed" or "ExecutionAborted" or "ExecutionTimedOut");
        var redriven = machine.EventTypes.Count(t => t == "ExecutionRedriven");
        Assert.Equal(redriven + (machine.Snapshot.Status == ExecutionStatus.Running ? 0 : 1), ends);
        Assert.Equal(redriven, machine.Snapshot.RedriveCount);
        Assert.Equal(machine.Snapshot.Status == ExecutionStatus.Running, machine.Snapshot.StopTime is null);
    }

    [Property(MaxTest = 300)]
    public void Snapshot_StoredAndReadAtEveryStep_GoesOnTheSame(DoNotSize<int> seed)
        => Assert.Equal(Run(seed.Item, restart: false, _ => { }).History(), Run(seed.Item, restart: true, _ => { }).History());

    [Property(MaxTest = 150)]
    public void Resume_AfterAnyStep_GivesWhatIsStillOwed(DoNotSize<int> seed)
    {
        var asked = new List<ExecutionEffect>();
        Run(seed.Item, restart: false, machine =>
        {
            asked.AddRange(machine.Effects);
            var owed = asked.Where(e => machine.IsOwed(e)).Select(Describe).Distinct().Order();
            Assert.Equal(owed, machine.Resume().Select(Describe).Order());
        });
    }

    [Property(MaxTest = 300)]
    public void History_OfAnyMachine_LinksEveryEventToAnEarlierOne(DoNotSize<int> seed)
    {
        var machine = Run(seed.Item, restart: false, _ => { });

        Assert.All(machine.Events.Skip(2), e => Assert.InRange(e.PreviousEventId, 1, e.Id - 1));
        Assert.Equal(machine.Events.Count, machine.Events.Select(e => e.Id).Distinct().Count());
        Assert.All(machine.Events, e => Assert.Equal(e.Details is null, e.DetailsName is null));
    }

    [Property]
    public Property Delay_OfARetry_StaysWithinItsBounds()
        => Prop.ForAll(
            (from interval in Gen.Choose(1, 99_999_999)
             from rate in Gen.Choose(10, 1_000)
             from longest in Gen.OneOf(Gen.Constant<long?>(null), Gen.Choose(2, 31_622_399).Select(s => (long?)s))
             from retries in Gen.Choose(0, 10_000)
             from seed in Gen.Choose(0, int.MaxValue)
             select (interval, rate: rate / 10.0, longest, retries, seed)).ToArbitrary(),
            c =>
            {
                var plain = new Retrier(["A"], c.interval, 3, c.rate, c.longest, FullJitter: false).Delay(c.retries, new Random(c.seed));
                var jittered = new Retrier(["A"], c.interval, 3, c.rate, c.longest, FullJitter: true).Delay(c.retries, new Random(c.seed));
                var most = TimeSpan.FromSeconds(Math.Min(c.longest ?? StatesLimits.Seconds, StatesLimits.Seconds));
                return plain <= most
                    && plain >= TimeSpan.FromSeconds(Math.Min(c.interval, most.TotalSeconds))
                    && jittered >= TimeSpan.Zero
                    && jittered <= plain;
            });

    [Property]
    public Property Put_AtAPath_IsReadBackThere_AndChangesNothingElse()
        => Prop.ForAll(
            (from names in Gen.Elements("a", "b", "c d", "é'x", "deep").NonEmptyListOf()
             from seed in Gen.Choose(0, int.MaxValue)
             select (names, seed)).ToArbitrary(),
            c =>
            {
                var random = new RandomMachine(c.seed);
                var root = new JsonObject { ["other"] = random.Value(), ["a"] = new JsonObject { ["b"] = random.Value() } };
                var value = random.Value();
                var text = "$" + string.Concat(c.names.Select(n => $"['{n.Replace("'", @"\'", StringComparison.Ordinal)}']"));
                Assert.True(ReferencePath.TryParse(text, out var reference, out _));
                Assert.True(JsonPathParser.TryParse(text, out var path, out _));

                JsonNode? written;
                try
                {
                    written = reference.Put(root, value);
                }
                catch (EvaluationException e)
                {
                    return e.Error == StatesErrors.ResultPathMatchFailure && c.names[0] == "a";
                }

                return JsonText.Write(path.Apply(written).Value) == JsonText.Write(value)
                    && JsonText.Write(written!["other"]) == JsonText.Write(root["other"]);
            });

    [Property]
    public Property Text_OfAnyValue_ReadsBackTheSame()
        => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var text = JsonText.Write(new RandomMachine(seed).Value());
            return JsonText.Write(JsonText.Parse(text)) == text && JsonText.Write(JsonNode.Parse(text)) == text;
        });

    [Property(MaxTest = 500)]
    public void Parse_OfAnyText_NeverThrows(NonNull<string> noise, DoNotSize<int> seed)
    {
        // A valid definition with something cut out and something put in is nearer to what people get wrong than noise alone.
        var random = new Random(seed.Item);
        var definition = new RandomMachine(seed.Item).Definition();
        var at = random.Next(definition.Length);
        var broken = definition[..at] + noise.Get + definition[Math.Min(definition.Length, at + random.Next(5))..];

        var (machine, diagnostics) = StateMachine.Parse(broken);

        Assert.Equal(machine is null, diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error));
        Assert.All(diagnostics, d => Assert.True(d is { Line: >= 1, Column: >= 1, Message.Length: > 0 } && d.Path.StartsWith('/')));
    }

    private static TestMachine Run(int seed, bool restart, Action<TestMachine> afterStep)
    {
        var random = new RandomMachine(seed);
        var machine = new TestMachine(random.Definition(), seed: seed).Start(random.Data()?.ToJsonString() ?? "null");
        afterStep(machine);
        for (var i = 0; i < Happenings; i++)
        {
            if (restart)
                machine.Restart();
            machine.Advance(i).Give(random.Happening(machine.Snapshot, machine.Resume()));
            afterStep(machine);
        }

        return machine;
    }

    private static string Describe(ExecutionEffect effect) => effect switch
    {
        ExecutionEffect.ScheduleTask call => $"call {call.TaskId} {call.Resource} {call.WaitForTaskToken} {JsonText.Write(call.Parameters)}",
        _ => effect.ToString(),
    };
}
