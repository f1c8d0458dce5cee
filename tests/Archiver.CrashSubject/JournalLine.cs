namespace Archiver.CrashSubject;

/// <summary>A decision that its reviewer was told of, and did not take back.</summary>
/// <param name="Id">The approval.</param>
/// <param name="Approved">What was decided.</param>
/// <param name="Reviewer">Who decided.</param>
/// <param name="Comment">Their comment; no two decisions have the same.</param>
public sealed record JournalLine(string Id, bool Approved, string Reviewer, string Comment);
