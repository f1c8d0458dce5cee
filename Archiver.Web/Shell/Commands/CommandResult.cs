using Archiver.Web.Shell.Language;

namespace Archiver.Web.Shell.Commands;

/// <summary>How a command that a person gave went, in the words that they are to read.</summary>
/// <param name="Severity">Success, or what kind of refusal; an information is no failure.</param>
/// <param name="Message">The sentence.</param>
public sealed record CommandResult(MudBlazor.Severity Severity, string Message)
{
    /// <summary>The sentence for the record, which is in English whoever gave the command.</summary>
    public string Recorded { get; private init; } = Message;

    /// <summary>What the person can do about it, offered with the sentence for a while.</summary>
    public CommandOffer? Offer { get; init; }

    /// <summary>It was done.</summary>
    public static CommandResult Done(string message) => new(MudBlazor.Severity.Success, message);

    /// <summary>It was not done, and nothing is wrong: somebody was faster, there was nothing to do.</summary>
    public static CommandResult Note(string message) => new(MudBlazor.Severity.Info, message);

    /// <summary>It was refused or failed; the sentence says what to do about it.</summary>
    public static CommandResult Failed(string message) => new(MudBlazor.Severity.Error, message);

    /// <summary>It was done.</summary>
    /// <param name="say">Says so in the language of whoever calls it: once in the person's, once in English.</param>
    public static CommandResult Done(Func<string> say) => Done(say()) with { Recorded = Words.InEnglish(say) };

    /// <summary>It was not done, and nothing is wrong: somebody was faster, there was nothing to do.</summary>
    /// <param name="say">Says so in the language of whoever calls it: once in the person's, once in English.</param>
    public static CommandResult Note(Func<string> say) => Note(say()) with { Recorded = Words.InEnglish(say) };

    /// <summary>It was refused or failed; the sentence says what to do about it.</summary>
    /// <param name="say">Says so in the language of whoever calls it: once in the person's, once in English.</param>
    public static CommandResult Failed(Func<string> say) => Failed(say()) with { Recorded = Words.InEnglish(say) };
}

/// <summary>Something to do about a command's outcome.</summary>
/// <param name="Label">What the button says.</param>
/// <param name="For">How long it is offered.</param>
/// <param name="Accept">Does it.</param>
public sealed record CommandOffer(string Label, TimeSpan For, Func<Task> Accept);
