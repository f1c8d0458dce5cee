namespace Archiver.Web.Cloud;

/// <summary>The dashboard can't start, for a reason that whoever started it can mend. The message is shown as it is; it names
/// every setting that is at fault.</summary>
public sealed class StartupException : Exception
{
    /// <summary>Makes the exception of all that is wrong, a sentence each.</summary>
    /// <param name="problems">At least one.</param>
    public StartupException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems.Prepend("Archiver can't start:").Select((line, index) => index == 0 ? line : "  - " + line))) { }
}
