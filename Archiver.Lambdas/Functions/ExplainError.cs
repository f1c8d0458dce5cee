using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// Puts the error of a failed run into words for its record, and adds what is known of the file and the decision. It calls
/// nothing and can fail for next to nothing: it is where every other failure leads.
/// </summary>
public sealed class ExplainError
{
    private const string UnnamedError = "States.TaskFailed";

    /// <summary>Makes the function in the managed runtime. It needs nothing of its surroundings.</summary>
    public ExplainError() { }

    /// <summary>Makes the function.</summary>
    public ExplainError(FunctionServices services) => ArgumentNullException.ThrowIfNull(services);

    /// <summary>Explains the error.</summary>
    /// <param name="input">The run's state with its <c>Failure</c>, and when the run came here.</param>
    /// <returns>The failure with its cause in words, and the two parts of the record.</returns>
    [SuppressMessage("Performance", "CA1822", Justification = "A handler is an instance method, in the managed runtime as in the local cloud.")]
    public async Task<Stream> HandleAsync(Stream input)
    {
        ExplainErrorRequest request = await FunctionsJson.ReadAsync(input, FunctionsJson.Default.ExplainErrorRequest);
        FailedRun run = request.Run;
        Failure failure = Explain(run.Failure);

        Dictionary<string, ItemAttribute> item = new(run.Item);
        if (run.Input is { ValueKind: JsonValueKind.Object } given) AddFile(item, given);
        if (run.Decision is { ValueKind: JsonValueKind.Object } decision) AddDecision(item, decision);

        Dictionary<string, ItemAttribute> outcome = [];
        ResultItem.AddOutcome(outcome, ResultAction.Error, request.EnteredAt);
        ResultItem.AddText(outcome, "Comment", failure.Cause);
        ExplainErrorResponse response = new() { Failure = failure, Item = item, Outcome = outcome };
        return FunctionsJson.Write(response, FunctionsJson.Default.ExplainErrorResponse);
    }

    private static Failure Explain(Failure failure)
    {
        string error = string.IsNullOrEmpty(failure.Error) ? UnnamedError : failure.Error;
        string? words = FunctionMessage(failure.Cause) ?? failure.Cause;
        string cause = string.IsNullOrWhiteSpace(words) ? $"{error}, without a cause."
            : FunctionException.Names.Contains(error) ? words
            : $"{error}: {words}";
        return new Failure { Error = error, Cause = cause };
    }

    /// <summary>The message of a function's error, whose cause is the error object as JSON; nothing for another cause.</summary>
    private static string? FunctionMessage(string? cause)
    {
        if (cause is null || !cause.TrimStart().StartsWith('{')) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(cause);
            return document.RootElement.TryGetProperty("errorMessage", out JsonElement message) && message.ValueKind == JsonValueKind.String
                ? message.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null; // Step Functions cuts a cause after 32,768 characters.
        }
    }

    private static void AddFile(Dictionary<string, ItemAttribute> item, JsonElement input)
    {
        if (Text(input, "bucket") is not { } bucket || Text(input, "key") is not { } key) return;
        ResultItem.AddText(item, "FileName", FileName.Of(key));
        ResultItem.AddText(item, "Bucket", bucket);
        ResultItem.AddText(item, "Key", key);
        ResultItem.AddText(item, "VersionId", Text(input, "version_id"));
    }

    private static void AddDecision(Dictionary<string, ItemAttribute> item, JsonElement decision)
    {
        if (decision.TryGetProperty("approved", out JsonElement approved) && approved.ValueKind is JsonValueKind.True or JsonValueKind.False)
            item["Approved"] = ResultItem.Flag(approved.GetBoolean());
        ResultItem.AddText(item, "Reviewer", Text(decision, "reviewer"));
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
