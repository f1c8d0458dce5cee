using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Json;
using Archiver.Web.Shell.Secrets;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs.Again;

/// <summary>What a run that is started again is offered to be started with.</summary>
/// <param name="Text">The input for the page, JSON with its tokens hidden, without who started it.</param>
/// <param name="WhyFixed">Why it can't be edited; nothing when it can.</param>
public sealed record AgainInput(string Text, WhyFixed? WhyFixed);

/// <summary>Why an input can only be used as it is.</summary>
public enum WhyFixed
{
    /// <summary>It carries a task token, which is shown to nobody.</summary>
    HasToken,

    /// <summary>It is longer than the editor takes.</summary>
    IsTooLong,
}

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
    /// <returns>Says why it could not be started, in the language of whoever calls it; nothing when it was.</returns>
    public async Task<Func<string>?> StartAsync(Permit permit, string click, string name, string? edited, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.StartRun);
        string? text = edited ?? await runs.InputAsync(name, cancellationToken);
        if (text is null) return () => L["The run that it repeats is gone, and its input with it."];
        if (JsonProblem.Of(text, mustBeObject: true) is not null)
        {
            if (edited is null) return () => L["Its input is no JSON object, which is all that can be started here."];
            return () => JsonProblem.Of(text, mustBeObject: true)!;
        }
        if (text.Length > RunStarter.LargestInput) return () => L["The input is longer than a run takes."];
        using JsonDocument input = JsonDocument.Parse(text);
        return await starter.StartWithInputAsync(permit, click, input.RootElement.Clone(), express: false, cancellationToken) is { } refusal ? () => refusal : null;
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
        WhyFixed? fixedBecause = hides ? WhyFixed.HasToken : whole.Length > JsonEditor.Longest ? WhyFixed.IsTooLong : null;
        return new AgainInput(hides ? shown : whole, fixedBecause);
    }
}
