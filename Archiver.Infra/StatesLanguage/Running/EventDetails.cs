using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.StatesLanguage.Running;

/// <summary>
/// Makes the details of history events, in the wire's names. Data stands in them as JSON text.
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
/// </summary>
internal static class EventDetails
{
    /// <summary>Details that hold an input.</summary>
    public static JsonObject WithInput(this JsonObject details, JsonNode? input)
    {
        details["input"] = JsonText.Write(input);
        details["inputDetails"] = NotTruncated();
        return details;
    }

    /// <summary>Details that hold a role.</summary>
    public static JsonObject WithRole(this JsonObject details, string roleArn)
    {
        details["roleArn"] = roleArn;
        return details;
    }

    /// <summary>Details that hold an output.</summary>
    public static JsonObject WithOutput(this JsonObject details, JsonNode? output)
    {
        details["output"] = JsonText.Write(output);
        details["outputDetails"] = NotTruncated();
        return details;
    }

    /// <summary>Details that hold an error; what is not known is left out, and what is longer than the wire allows is cut.</summary>
    public static JsonObject WithFailure(this JsonObject details, string? error, string? cause)
    {
        if (error is not null)
            details["error"] = Cut(error, StatesLimits.ErrorLength);
        if (cause is not null)
            details["cause"] = Cut(cause, StatesLimits.CauseLength);
        return details;
    }

    /// <summary>A text of at most so many characters; a surrogate pair is not cut in two.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    private static JsonObject NotTruncated() => new() { ["truncated"] = false };
}
