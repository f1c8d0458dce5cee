using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Json;
using Archiver.Web.Shell.Secrets;

namespace Archiver.Web.Runs.Again;

/// <summary>What a run that is started again is offered to be started with.</summary>
/// <param name="Text">The input for the page, JSON with its tokens hidden, without who started it.</param>
/// <param name="WhyFixed">Why it can't be edited, as a sentence; nothing when it can.</param>
public sealed record AgainInput(string Text, string? WhyFixed);

/// <summary>Starts a run with what another was started with. What is secret in an input is read again here, and goes through no page.</summary>
internal sealed class RunAgain(RunsClient runs, RunStarter starter)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads what a run can be started again with; nothing when there is no such run.</summary>
    public async Task<AgainInput?> InputAsync(string name, CancellationToken cancellationToken) =>
        await runs.InputAsync(name, cancellationToken) is { } input ? Offer(input) : null;

    /// <summary>Starts a run with another's input.</summary>
    /// <param name="permit">Who starts it.</param>
    /// <param name="click">Names the click.</param>
    /// <param name="name">The other run.</param>
    /// <param name="edited">The input as it was edited, a JSON object; nothing for the same.</param>
    /// <returns>Why it could not be started; nothing when it was.</returns>
    public async Task<string?> StartAsync(Permit permit, string click, string name, string? edited, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.StartRun);
        string? text = edited ?? await runs.InputAsync(name, cancellationToken);
        if (text is null) return "The run that it repeats is gone, and its input with it.";
        if (JsonProblem.Of(text, mustBeObject: true) is { } problem) return edited is null ? "Its input is no JSON object, which is all that can be started here." : problem;
        if (text.Length > RunStarter.LargestInput) return "The input is longer than a run takes.";
        using JsonDocument input = JsonDocument.Parse(text);
        return await starter.StartWithInputAsync(permit, click, input.RootElement.Clone(), express: false, cancellationToken);
    }

    /// <summary>What a page is offered of an input.</summary>
    public static AgainInput Offer(string input)
    {
        if (JsonProblem.Of(input, mustBeObject: true) is not null) return new AgainInput("{}", null);
        JsonObject members = JsonNode.Parse(input)!.AsObject();
        members.Remove(RunStarter.StartedBy);
        string whole = members.ToJsonString(Indented);
        string shown = SecretText.Json(whole)!;
        bool hides = shown.Contains(SecretText.Hidden, StringComparison.Ordinal) && !whole.Contains(SecretText.Hidden, StringComparison.Ordinal);
        string? fixedBecause = hides ? "It carries a task token, which is shown to nobody, so that it can only be started as it is."
            : whole.Length > JsonEditor.Longest ? "It is too long to be edited here, and can only be started as it is."
            : null;
        return new AgainInput(hides ? shown : whole, fixedBecause);
    }
}
