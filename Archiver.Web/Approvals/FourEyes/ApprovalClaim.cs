namespace Archiver.Web.Approvals.FourEyes;

/// <summary>Somebody is on an approval: until they let go of it, or the claim lapses, nobody else decides on it.</summary>
/// <param name="PersonId">Who, by their id.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Since">Since when, by the clock of the dashboard that they were at.</param>
public sealed record ApprovalClaim(string PersonId, string Name, DateTimeOffset Since);
