using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using MudBlazor;
using static Archiver.Web.Shell.ShellWords;

namespace Archiver.Web.Shell.Commands;

/// <summary>
/// Every command that a person gives on a page goes through here, one of a name at a time: it is under way (its button disabled)
/// until its outcome is said in words. Whether they may, and the record of it, is the gate's business.
/// </summary>
internal sealed partial class CommandExecutor(CommandGate gate, ISnackbar snackbar, ILogger<CommandExecutor> logger)
{
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);

    /// <summary>Whether the command of this name is under way on this page.</summary>
    public bool IsUnderWay(string name) => _underWay.Contains(name);

    /// <summary>Runs a command, and says how it went.</summary>
    /// <param name="name">The command and what it acts on, such as <c>approve ID</c>; a second call meanwhile is ignored.</param>
    /// <param name="operation">What it does, as the rules know it.</param>
    /// <param name="subject">What it acts on, for the record.</param>
    /// <param name="command">What to do.</param>
    /// <returns>How it went, or nothing where the same command was under way already.</returns>
    public async Task<CommandResult?> RunAsync(string name, Operation operation, AuditSubject subject, Func<Permit, Task<CommandResult>> command)
    {
        if (!_underWay.Add(name)) return null;
        CommandResult result;
        try
        {
            result = Said(await gate.RunAsync(operation, subject, command, End));
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            LogFailed(logger, name, exception);
            result = CommandResult.Failed(() => L["The cloud did not answer as it should: {0} Try again.", exception.Message]);
        }
        finally
        {
            _underWay.Remove(name);
        }
        snackbar.Add(result.Message, result.Severity, bar =>
        {
            if (result.Offer is not { } offer) return;
            bar.Action = offer.Label;
            bar.VisibleStateDuration = (int)offer.For.TotalMilliseconds;
            bar.OnClick = _ => offer.Accept();
        });
        return result;
    }

    /// <summary>What a command came to, for the record.</summary>
    public static CommandEnd End(CommandResult result) => new(
        result.Severity switch
        {
            Severity.Success => AuditPhase.Done,
            Severity.Error => AuditPhase.Failed,
            _ => AuditPhase.NotDone,
        },
        result.Recorded);

    private static CommandResult Said(GateOutcome<CommandResult> outcome) => outcome switch
    {
        GateOutcome<CommandResult>.Entered entered => entered.Result,
        GateOutcome<CommandResult>.Refused refused => CommandResult.Failed(refused.Reason),
        GateOutcome<CommandResult>.NotRecorded missing => CommandResult.Failed(missing.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The command {Name} failed.")]
    private static partial void LogFailed(ILogger logger, string name, Exception exception);
}
