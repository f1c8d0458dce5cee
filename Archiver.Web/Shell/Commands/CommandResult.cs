namespace Archiver.Web.Shell.Commands;

/// <summary>How a command that a person gave went, in the words that they are to read.</summary>
/// <param name="Severity">Success, or what kind of refusal; an information is no failure.</param>
/// <param name="Message">The sentence.</param>
public sealed record CommandResult(MudBlazor.Severity Severity, string Message)
{
    /// <summary>What the person can do about it, offered with the sentence for a while.</summary>
    public CommandOffer? Offer { get; init; }

    /// <summary>It was done.</summary>
    public static CommandResult Done(string message) => new(MudBlazor.Severity.Success, message);

    /// <summary>It was not done, and nothing is wrong: somebody was faster, there was nothing to do.</summary>
    public static CommandResult Note(string message) => new(MudBlazor.Severity.Info, message);

    /// <summary>It was refused or failed; the sentence says what to do about it.</summary>
    public static CommandResult Failed(string message) => new(MudBlazor.Severity.Error, message);
}

/// <summary>Something to do about a command's outcome.</summary>
/// <param name="Label">What the button says.</param>
/// <param name="For">How long it is offered.</param>
/// <param name="Accept">Does it.</param>
public sealed record CommandOffer(string Label, TimeSpan For, Func<Task> Accept);
