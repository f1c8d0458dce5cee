using System.Text.RegularExpressions;

namespace Archiver.Infra.StatesLanguage.Model;

/// <summary>What a Task state calls.</summary>
/// <param name="Arn">The state's <c>Resource</c>.</param>
/// <param name="Type">Of a service integration: the service, such as <c>sqs</c> or <c>aws-sdk:s3</c>; nothing for a plain function.</param>
/// <param name="Action">Of a service integration: the action with its suffix, such as <c>sendMessage.waitForTaskToken</c>.</param>
internal sealed partial record TaskResource(string Arn, string? Type, string? Action)
{
    private const string TokenSuffix = ".waitForTaskToken";

    /// <summary>It is the ARN of a function.</summary>
    public bool IsFunction => Type is null;

    /// <summary>Its success comes by a task token.</summary>
    public bool WaitsForTaskToken => Action?.EndsWith(TokenSuffix, StringComparison.Ordinal) == true;

    /// <summary>It waits for a job to end.</summary>
    public bool IsSync => Action is not null && SyncSuffix().IsMatch(Action);

    /// <summary>It is an activity, which workers poll for.</summary>
    public bool IsActivity => Type == "activity";

    /// <summary>Reads a <c>Resource</c>.</summary>
    /// <returns>Nothing where it is no ARN that a Task state can have.</returns>
    public static TaskResource? Parse(string arn)
    {
        if (Function().IsMatch(arn))
            return new TaskResource(arn, null, null);
        if (Activity().IsMatch(arn))
            return new TaskResource(arn, "activity", null);
        return Integration().Match(arn) is { Success: true } match
            ? new TaskResource(arn, match.Groups["type"].Value, match.Groups["action"].Value)
            : null;
    }

    [GeneratedRegex(
        @"\Aarn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Function();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:states:[a-z0-9-]+:[0-9]{12}:activity:.+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Activity();

    [GeneratedRegex(
        @"\Aarn:aws[a-z-]*:states:[a-z0-9-]*:[0-9]*:(?<type>aws-sdk:[A-Za-z0-9]+|[a-z0-9-]+):"
            + @"(?<action>[A-Za-z0-9]+(\.waitForTaskToken|\.sync(:2)?)?)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Integration();

    [GeneratedRegex(@"\.sync(:2)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex SyncSuffix();
}
