using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Sessions;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Language;
using static Archiver.Web.Identity.IdentityWords;

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
        await commands.RunAsync("act as", Operation.ActAs, new AuditSubject("person", to.Id, null, Words.InEnglish(() => Text(to))), async permit =>
            await sessions.ActAsAsync(permit, session.Key, other, CancellationToken.None) is null
                ? CommandResult.Failed(() => L["Your session has ended."])
                : CommandResult.Done(() => other is null ? L["You are yourself again."] : L["You act as {0}.", Text(to)]));
    }

    /// <summary>A person as they are told from others: the name, and what they may do.</summary>
    public static string Text(Person person) => person.Roles.Count == 0 ? L["{0} (no role)", person.Name] : $"{person.Name} ({RoleText.Of(person.Roles)})";
}
