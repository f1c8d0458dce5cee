using Archiver.Web.Approvals.Intake;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Language;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.DeadLetters;

/// <summary>What lies among the dead letters, why, and the way back. It looks again when their number changes.</summary>
public sealed partial class DeadLettersPage : IDisposable
{
    private const string Command = "send dead letters back";

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _left;
    private DeadLetterList? _list;
    private string? _failure;
    private bool _reading;
    private bool _readAgain;
    private long _counted;
    private Action _changed = null!;

    /// <summary>Makes the page.</summary>
    public DeadLettersPage() => _left = _stop.Token; // asked for after the page was left, the source would throw

    [Inject] private DeadLetterQueue Queue { get; set; } = null!;

    [Inject] private IntakeStatus Intake { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    [Inject] private ViewerCulture Culture { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    private bool IsUnderWay => _reading || Commands.IsUnderWay(Command);

    /// <inheritdoc/>
    public void Dispose()
    {
        Intake.Changed -= _changed;
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        _counted = Intake.State.DeadLetters;
        _changed = Culture.Bind(OnIntakeChanged);
        Intake.Changed += _changed;
        return ReadAsync();
    }

    private string Summary()
    {
        if (_list is null) return L["being read"];
        return _list.Letters.Count < _list.Total
            ? L["{0} of about {1} messages", _list.Letters.Count, _list.Total.ToString("N0", CultureInfo.CurrentCulture)]
            : L.Count(_list.Total, "{0} message", "{0} messages");
    }

    // One look at a time; what changed meanwhile is looked at after it.
    private async Task ReadAsync()
    {
        _readAgain = true;
        if (_reading) return;
        _reading = true;
        try
        {
            while (_readAgain)
            {
                _readAgain = false;
                (_list, _failure) = (await Queue.ListAsync(_left), null);
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            _failure = exception.Message;
        }
        finally
        {
            _reading = false;
        }
    }

    private async Task SendBackAsync(DeadLetter letter)
    {
        await Commands.RunAsync(Command, Operation.SendBackDeadLetters, new AuditSubject("dead letter", letter.MessageId), async permit => Outcome(
            await Queue.SendBackAsync(permit, letter.MessageId, CancellationToken.None), () => L["It is not among the dead letters any more, or somebody else has it in hand."]));
        await ReadAsync();
    }

    private async Task SendAllBackAsync()
    {
        await Commands.RunAsync(Command, Operation.SendBackDeadLetters, new AuditSubject("dead letters"), async permit => Outcome(
            await Queue.SendAllBackAsync(permit, CancellationToken.None), () => L["There was nothing to send back."]));
        await ReadAsync();
    }

    private static CommandResult Outcome(SentBack outcome, Func<string> nothing)
    {
        if (outcome.Failure is { } failure)
        {
            return CommandResult.Failed(() => outcome.Sent == 0
                ? L["Nothing was sent back, and then it failed: {0} The rest is where it was.", failure]
                : L.Count(
                    outcome.Sent, "Sent {0} message back to the human queue, and then it failed: {1} The rest is where it was.",
                    "Sent {0} messages back to the human queue, and then it failed: {1} The rest is where it was.", failure));
        }
        return outcome.Sent > 0
            ? CommandResult.Done(() => L.Count(outcome.Sent, "Sent {0} message back to the human queue.", "Sent {0} messages back to the human queue."))
            : CommandResult.Note(nothing);
    }

    private void OnIntakeChanged() => _ = InvokeAsync(async () =>
    {
        long counted = Intake.State.DeadLetters;
        if (counted == _counted || _left.IsCancellationRequested) return;
        _counted = counted;
        await ReadAsync();
        StateHasChanged();
    });
}
