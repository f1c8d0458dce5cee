using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Identity.SignIn;

/// <summary>Puts on record who signed in and out, and who was refused. What somebody sent to get in is no part of it.</summary>
internal sealed class SignInRecord(IAuditTrail audit, TimeProvider time)
{
    /// <summary>Somebody signed in.</summary>
    public void SignedIn(Person person, string? from) => Add(Operation.SignIn, AuditPhase.Done, person, from, null);

    /// <summary>Somebody did not get in.</summary>
    /// <param name="from">The address that they called from.</param>
    /// <param name="reason">Why, a sentence.</param>
    public void Refused(string? from, string reason) => Add(Operation.SignIn, AuditPhase.Refused, null, from, reason);

    /// <summary>Somebody signed out, or was.</summary>
    /// <param name="reason">Why, where it was not by their own hand.</param>
    public void SignedOut(Person person, string? from, string? reason = null) => Add(Operation.SignOut, AuditPhase.Done, person, from, reason);

    private void Add(Operation operation, AuditPhase phase, Person? person, string? from, string? detail) => audit.Add(new AuditEntry
    {
        Attempt = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
        At = time.GetUtcNow(),
        Phase = phase,
        Operation = operation,
        By = AuditActor.Of(person),
        From = from,
        On = new AuditSubject("session"),
        Detail = detail,
    });
}
