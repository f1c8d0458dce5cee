using System.Text.Json;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>Reads the answer to a task token, which anybody who holds the token may have written.</summary>
internal static class DecisionReader
{
    /// <summary>Reads a decision. Other members than a decision's are ignored, and so are those that are null.</summary>
    /// <exception cref="InvalidDecisionException">A member has the wrong type.</exception>
    public static Decision Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("approved", out JsonElement approved)
            || approved.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            throw new InvalidDecisionException("The answer does not decide: its member “approved” must be true or false.");
        }

        return new Decision
        {
            Approved = approved.GetBoolean(),
            Reviewer = Text(answer, "reviewer"),
            Comment = Text(answer, "comment"),
            DecidedAt = Time(answer, "decidedAt"),
        };
    }

    private static string? Text(JsonElement answer, string name)
    {
        if (!answer.TryGetProperty(name, out JsonElement text) || text.ValueKind == JsonValueKind.Null) return null;
        return text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : throw new InvalidDecisionException($"The answer's member “{name}” must be a string.");
    }

    private static DateTimeOffset? Time(JsonElement answer, string name)
    {
        if (Text(answer, name) is not { } text) return null;
        return UtcTimestamp.TryParse(text, out DateTimeOffset time)
            ? time
            : throw new InvalidDecisionException($"The answer's member “{name}” must be a time, such as 2026-03-26T20:14:13.192Z.");
    }
}
