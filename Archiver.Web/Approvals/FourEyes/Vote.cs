using System.Text.Json.Serialization;

namespace Archiver.Web.Approvals.FourEyes;

/// <summary>One person's approval, which counts until it is taken back.</summary>
/// <param name="PersonId">Whose, by their id: two people may have one name.</param>
/// <param name="Name">What they are called.</param>
/// <param name="At">When they approved.</param>
/// <param name="Comment">What they said, or nothing.</param>
public sealed record Vote(string PersonId, string Name, DateTimeOffset At, string? Comment = null)
{
    /// <summary>Names the write that brought it, so that a write whose answer was lost is known again.</summary>
    [JsonIgnore]
    public string? Stamp { get; init; }
}
