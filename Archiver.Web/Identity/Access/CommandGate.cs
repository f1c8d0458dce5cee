using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Shell.Language;
using static Archiver.Web.Identity.IdentityWords;

namespace Archiver.Web.Identity.Access;

/// <summary>What the gate said to a command.</summary>
/// <typeparam name="T">What the command comes to.</typeparam>
internal abstract record GateOutcome<T>
{
    private GateOutcome() { }

    /// <summary>It was done, whatever it came to.</summary>
    public sealed record Entered(T Result) : GateOutcome<T>;

    /// <summary>It was not done: the person may not.</summary>
    public sealed record Refused(string Reason) : GateOutcome<T>;

    /// <summary>It was not done: it could not be put on record.</summary>
    public sealed record NotRecorded(string Reason) : GateOutcome<T>;
}

/// <summary>What a command came to, for the record.</summary>
/// <param name="Phase"><see cref="AuditPhase.Done"/>, <see cref="AuditPhase.NotDone"/> or <see cref="AuditPhase.Failed"/>.</param>
/// <param name="Detail">A sentence.</param>
internal readonly record struct CommandEnd(AuditPhase Phase, string? Detail);

/// <summary>
/// The one place that every command of a page, an endpoint or a hub goes through: it looks at the person's role at that moment,
/// puts the attempt on record before anything is done, and what came of it after. What can't be put on record is not done.
/// </summary>
internal sealed partial class CommandGate(Caller caller, IAuditTrail audit, TimeProvider time, ILogger<CommandGate> logger)
{
    /// <summary>Runs a command if the person may, on record.</summary>
    /// <param name="operation">What it does.</param>
    /// <param name="subject">To what.</param>
    /// <param name="act">Does it.</param>
    /// <param name="end">What its result comes to, for the record.</param>
    public async Task<GateOutcome<T>> RunAsync<T>(
        Operation operation, AuditSubject subject, Func<Permit, Task<T>> act, Func<T, CommandEnd> end, CancellationToken cancellationToken = default)
    {
        AuditEntry entry = new()
        {
            Attempt = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
            At = time.GetUtcNow(),
            Phase = AuditPhase.Attempted,
            Operation = operation,
            By = AuditActor.Of(caller.Person),
            From = caller.From,
            On = subject,
        };
        if (caller.Person is not { } person || !person.May(operation))
        {
            string reason = AccessRules.Refusal(operation);
            audit.Add(entry with { Phase = AuditPhase.Refused, Detail = Words.InEnglish(() => AccessRules.Refusal(operation)) });
            return new GateOutcome<T>.Refused(reason);
        }
        try
        {
            await audit.AppendAsync(entry, cancellationToken);
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            LogNotRecorded(logger, operation, exception);
            // The attempt may come to be on record all the same: a write whose answer was lost.
            audit.Add(entry with { Phase = AuditPhase.NotDone, At = time.GetUtcNow(), Detail = "It could not be put on record in time, and so was not done." });
            return new GateOutcome<T>.NotRecorded(L["It could not be put on record, and so was not done: {0}", exception.Message]);
        }

        CommandEnd ended = new(AuditPhase.Failed, null);
        try
        {
            T result = await act(new Permit(operation, person, subject));
            ended = end(result);
            return new GateOutcome<T>.Entered(result);
        }
        catch (Exception exception)
        {
            ended = new CommandEnd(AuditPhase.Failed, exception is OperationCanceledException ? "It was broken off." : exception.Message);
            throw;
        }
        finally
        {
            audit.Add(entry with { Phase = ended.Phase, At = time.GetUtcNow(), Detail = ended.Detail });
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An attempt to {Operation} could not be put on record, and was not let through.")]
    private static partial void LogNotRecorded(ILogger logger, Operation operation, Exception exception);
}
