using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Intake;

/// <summary>What a message of the human queue comes to: an approval and its token, or why it is none.</summary>
/// <param name="Approval">The approval, where it is one.</param>
/// <param name="TaskToken">Its token.</param>
/// <param name="Rejection">Why it can't be taken in, a sentence that shows nothing of the message's content.</param>
internal sealed record ParsedMessage(Approval? Approval, string? TaskToken, string? Rejection)
{
    public static ParsedMessage Rejected(string reason) => new(null, null, reason);
}

/// <summary>
/// Reads a message of the human queue. Any state machine may have sent it: only <c>TaskToken</c> is required, what has the
/// contract's form is understood, and everything else is kept as it came.
/// </summary>
internal static class ApprovalMessageParser
{
    /// <summary>The longest task token that Step Functions gives or takes.</summary>
    public const int LongestTaskToken = 2048;

    // In bytes: what an index of the table has for a key. Text that is longer names no run, and stays a part of the message.
    private const int LongestRun = 2048;

    // A row holds 400 KB, names and all; what is left is for the decision.
    private const int LargestBody = 380 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    /// <param name="body">The message's body.</param>
    /// <param name="sentAt">When it was sent: the time of asking, where the message has none.</param>
    public static ParsedMessage Parse(string body, DateTimeOffset sentAt)
    {
        if (Encoding.UTF8.GetByteCount(body) > LargestBody)
            return ParsedMessage.Rejected(L["It is larger than 380 KB, more than the inbox can hold."]);

        JsonObject message;
        try
        {
            // Materialised here, so that a member named twice is found now and not by whoever reads the object first.
            message = JsonNode.Parse(body, documentOptions: Strict) as JsonObject ?? throw new JsonException();
            ReadThrough(message);
        }
        catch (JsonException)
        {
            return ParsedMessage.Rejected(L["It is not a JSON object."]);
        }
        catch (ArgumentException)
        {
            return ParsedMessage.Rejected(L["It names a member twice."]);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, such as \ud800: JSON's grammar lets it through.
            return ParsedMessage.Rejected(L["It has text that is no Unicode."]);
        }

        if (Text(message["TaskToken"]) is not { Length: > 0 } token) return ParsedMessage.Rejected(L["It has no TaskToken."]);
        if (token.Length > LongestTaskToken)
            return ParsedMessage.Rejected(L["Its TaskToken is {0} characters long; a real one has {1} at most.", token.Length, LongestTaskToken]);

        message.Remove("TaskToken");
        Approval approval = new()
        {
            Id = TaskTokenHash.Of(token),
            Status = ApprovalStatus.Pending,
            Version = Approval.FirstVersion,
            RequestedAt = Take(message, "RequestedAt", Moment) ?? sentAt,
            ExpiresAt = Take(message, "ExpiresAt", Moment),
            ExecutionArn = Encoding.UTF8.GetByteCount(Text(message["ExecutionArn"]) ?? "") <= LongestRun ? TakeText(message, "ExecutionArn") : null,
            Recommendation = TakeText(message, "Recommendation"),
            StartedBy = TakeStarter(message),
            File = TakeFile(message),
            Other = message,
        };
        return new ParsedMessage(approval, token, null);
    }

    // What is wrong below the surface comes to light here, and not when somebody first looks at that member.
    private static void ReadThrough(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((_, JsonNode? value) in members) ReadThrough(value);
                break;
            case JsonArray items:
                foreach (JsonNode? item in items) ReadThrough(item);
                break;
            case JsonValue value:
                _ = Text(value);
                break;
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static DateTimeOffset? Moment(JsonNode? node) =>
        DateTimeOffset.TryParse(Text(node), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset moment)
            ? moment : null;

    // A member leaves the message when it is understood; one of another form stays, and is shown as it came.
    private static DateTimeOffset? Take(JsonObject message, string name, Func<JsonNode?, DateTimeOffset?> read)
    {
        DateTimeOffset? value = read(message[name]);
        if (value is not null) message.Remove(name);
        return value;
    }

    private static string? TakeText(JsonObject message, string name)
    {
        string? value = Text(message[name]);
        if (value is not null) message.Remove(name);
        return value;
    }

    // The state machine says null of a run that nobody is named in.
    private static Starter? TakeStarter(JsonObject message)
    {
        if (!message.TryGetPropertyValue("StartedBy", out JsonNode? node)) return null;
        if (node is null)
        {
            message.Remove("StartedBy");
            return null;
        }
        if (node is not JsonObject named || Starter.From(Text(named["id"]), Text(named["name"])) is not { } starter) return null;
        message.Remove("StartedBy");
        return starter;
    }

    private static FileMetadata? TakeFile(JsonObject message)
    {
        if (message["File"] is not JsonObject file) return null;
        try
        {
            FileMetadata? metadata = file.Deserialize(ContractsJson.Default.FileMetadata);
            if (metadata is null || metadata.Checks.Any(static check => check is null)) return null; // what a list may hold is nobody's to annotate
            message.Remove("File");
            return metadata;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
