using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Runs;
using Archiver.Web.Shell.Commands;
using static Archiver.Web.Shell.ShellWords;

namespace Archiver.Web.Shell.Welcome;

/// <summary>What the welcome offers: runs on simulated metadata, or a sample file that waits for a person. Each goes the way that the same thing done by hand goes.</summary>
internal sealed class FirstRuns(CommandExecutor commands, CommandGate gate, RunStarter starter, InboxUploads uploads, RunsLive live)
{
    /// <summary>How many runs are started without a file.</summary>
    public const int Simulated = 10;

    // Each names the click on its button. Where that is pressed again, as after a failure, it starts what is not started yet.
    private readonly string _simulated = NewClick();
    private readonly string _sample = NewClick();

    /// <summary>Whether one of them is under way.</summary>
    public bool AreUnderWay => commands.IsUnderWay(Name(_simulated)) || commands.IsUnderWay(Name(_sample));

    /// <summary>Starts runs on simulated metadata.</summary>
    /// <returns>How it went; nothing where it is under way already.</returns>
    public Task<CommandResult?> StartSimulatedAsync() => commands.RunAsync(
        Name(_simulated), Operation.StartRun, new AuditSubject("runs", _simulated, Name: FormattableString.Invariant($"{Simulated} simulated")), async permit =>
        {
            StartOutcome outcome = await starter.StartSimulatedAsync(permit, _simulated, Simulated, RunKind.Automatic, null, CancellationToken.None);
            live.Refresh();
            int started = outcome.Started.Count;
            return outcome.Failed is [var reason, ..]
                ? CommandResult.Failed(() => L["{0} of {1} runs were started: {2}", started, Simulated, reason])
                : CommandResult.Done(() => L.Count(started, "{0} run started.", "{0} runs started."));
        });

    /// <summary>Puts the sample file into the inbox, and starts its run, which then asks a person.</summary>
    /// <returns>How it went; nothing where it is under way already.</returns>
    public Task<CommandResult?> StartSampleAsync() => commands.RunAsync(
        Name(_sample), Operation.StartRun, new AuditSubject("runs", _sample, Name: SampleFile.Name), async permit =>
        {
            string key = InboxUploads.Key(_sample, 0, SampleFile.Name);
            if (await UploadAsync(key) is { } refusal) return CommandResult.Failed(refusal);
            string? problem = await starter.StartOnFileAsync(permit, _sample, 0, key, RunKind.WithApproval, CancellationToken.None);
            live.Refresh();
            return problem is null
                ? CommandResult.Done(() => L["The sample file is on its way to Approvals."])
                : CommandResult.Failed(() => L["The sample file is uploaded, and its run could not be started: {0}", problem]);
        });

    private static string NewClick() => Guid.NewGuid().ToString("N")[..12];

    private static string Name(string click) => $"start {click}";

    // On record by itself, as any upload is. Why it was not let through; nothing when it is stored.
    private async Task<string?> UploadAsync(string key)
    {
        GateOutcome<long> outcome = await gate.RunAsync(
            Operation.UploadFile, new AuditSubject("file", key, null, SampleFile.Name),
            async permit =>
            {
                using MemoryStream content = new(SampleFile.Create(), writable: false);
                return await uploads.UploadAsync(permit, key, content, content.Length, SampleFile.ContentType, CancellationToken.None);
            },
            size => new CommandEnd(AuditPhase.Done, FormattableString.Invariant($"{size} bytes.")));
        return outcome switch
        {
            GateOutcome<long>.Entered => null,
            GateOutcome<long>.Refused refused => refused.Reason,
            GateOutcome<long>.NotRecorded missing => missing.Reason,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
