namespace Archiver.Infra.LocalCloud.StepFunctions.Integrations;

/// <summary>The <c>Resource</c> of a Task state, taken apart.</summary>
/// <param name="Text">The whole of it.</param>
/// <param name="Service"><c>sqs</c> of <c>arn:aws:states:::sqs:sendMessage.waitForTaskToken</c>; <c>function</c> of a function's ARN.</param>
/// <param name="Action"><c>sendMessage</c>; nothing for a function.</param>
/// <param name="Pattern">What follows the dot: <c>waitForTaskToken</c>, <c>sync</c>, or nothing.</param>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html</remarks>
internal sealed record TaskResource(string Text, string Service, string Action, string Pattern)
{
    /// <summary>The <see cref="Service"/> of a function's own ARN.</summary>
    public const string Function = "function";

    /// <summary>Whether the task ends by its token and not with its call.</summary>
    public bool WaitsForTaskToken => Pattern == "waitForTaskToken";

    /// <summary>Takes a resource apart; one that is of no known form has its text for a service.</summary>
    public static TaskResource Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts is ["arn", _, "lambda", _, _, "function", not "", ..] && parts.Length <= 8)
            return new TaskResource(text, Function, "", "");
        if (parts is not ["arn", _, "states", "", "", var service, var call])
            return new TaskResource(text, text, "", "");
        int dot = call.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? new TaskResource(text, service, call, "")
            : new TaskResource(text, service, call[..dot], call[(dot + 1)..]);
    }
}
