namespace Archiver.Web.Audit.Chain;

/// <summary>An entry as it is kept: its text, byte for byte, between the hashes that hold it in its place.</summary>
/// <param name="Entry">The entry in its canonical form; ASCII only.</param>
/// <param name="Previous">The hash of the entry before it.</param>
/// <param name="Hash">Its own hash, over <paramref name="Previous"/> and <paramref name="Entry"/>.</param>
public readonly record struct AuditLink(string Entry, string Previous, string Hash);
