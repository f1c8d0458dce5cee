using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Sessions;
using Archiver.Web.Shell.Commands;

namespace Archiver.Web.Identity.Local;

/// <summary>Acts as somebody else, or as oneself again, on record.</summary>
internal sealed class ActAsCommand(CommandExecutor commands, CallerSession current, SessionService sessions)
{
    /// <summary>Does it.</summary>
    /// <param name="other">Whom; nothing for oneself.</param>
    public async Task RunAsync(Person? other)
    {
        if (current.Now is not { } session) return;
        Person to = other ?? session.Self;
        await commands.RunAsync("act as", Operation.ActAs, new AuditSubject("person", to.Id, null, Text(to)), async permit =>
            await sessions.ActAsAsync(permit, session.Key, other, CancellationToken.None) is null
                ? CommandResult.Failed("Your session has ended.")
                : CommandResult.Done(other is null ? "You are yourself again." : $"You act as {Text(to)}."));
    }

    /// <summary>A person as they are told from others: the name, and what they may do.</summary>
    public static string Text(Person person) => $"{person.Name} ({(person.Roles.Count == 0 ? "no role" : string.Join(", ", person.Roles.Order()))})";
}
