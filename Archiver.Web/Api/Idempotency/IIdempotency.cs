using Archiver.Web.Api.Answers;

namespace Archiver.Web.Api.Idempotency;

/// <summary>A request with a key that is to be carried out now.</summary>
/// <param name="Row">The row that stands for it.</param>
/// <param name="Owner">What proves that it is this request's.</param>
/// <param name="IsTakenOver">Whether an earlier request of the key began, and ended without an answer.</param>
internal sealed record IdempotencyTicket(string Row, string Owner, bool IsTakenOver);

/// <summary>What is to become of a request with a key.</summary>
internal abstract record IdempotencyOutcome
{
    private IdempotencyOutcome() { }

    /// <summary>It is the first, or the first that comes to an end: it is to be carried out.</summary>
    public sealed record First(IdempotencyTicket Ticket) : IdempotencyOutcome;

    /// <summary>It was carried out: this was the answer.</summary>
    public sealed record Repeated(ApiAnswer Answer) : IdempotencyOutcome;

    /// <summary>It is being carried out.</summary>
    public sealed record UnderWay : IdempotencyOutcome;

    /// <summary>The key belongs to another request.</summary>
    public sealed record Another : IdempotencyOutcome;
}

/// <summary>Sees to it that requests with the same key are carried out once, on whichever replica they arrive and whatever crashes.</summary>
internal interface IIdempotency
{
    /// <summary>For how long a request is taken to be under way that nobody says anything more of.</summary>
    TimeSpan Lease { get; }

    /// <summary>Says what is to become of a request.</summary>
    /// <param name="person">Whose request: keys are each person's own.</param>
    /// <param name="key">The key.</param>
    /// <param name="hash">What the request is, in short.</param>
    Task<IdempotencyOutcome> BeginAsync(string person, string key, string hash, CancellationToken cancellationToken);

    /// <summary>Says that a request is still under way.</summary>
    Task KeepAsync(IdempotencyTicket ticket, CancellationToken cancellationToken);

    /// <summary>Keeps the answer that a request had.</summary>
    Task CompleteAsync(IdempotencyTicket ticket, ApiAnswer answer, CancellationToken cancellationToken);

    /// <summary>Lets go of a request that ended without an answer that settles anything: the next of the key takes it over at once.</summary>
    Task ReleaseAsync(IdempotencyTicket ticket, CancellationToken cancellationToken);
}
