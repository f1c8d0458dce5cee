using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Validation;

/// <summary>What a Task state needs: a resource, and the right to act on it.</summary>
/// <param name="Kind">What it calls.</param>
/// <param name="Name">Which, as it is written in the machine.</param>
/// <param name="Action">The action that the machine's role must allow.</param>
internal sealed record TaskUse(ResourceKind Kind, string Name, string Action)
{
    /// <summary>What a task needs, as far as it is written down: what a path gives is known only when it runs.
    /// https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html</summary>
    public static TaskUse? Of(TaskReference task)
    {
        string[] arn = task.Resource.Split(':');
        if (arn.Length < 6)
            return null;
        if (arn[2] == "lambda")
            return new TaskUse(ResourceKind.Function, task.Resource, "lambda:InvokeFunction");
        if (arn[2] != "states" || arn.Length < 7)
            return null;
        string action = arn[6].Split('.')[0];
        return (arn[5], action) switch
        {
            ("lambda", "invoke") => Use(ResourceKind.Function, "FunctionName", "lambda:InvokeFunction"),
            ("sqs", _) => Use(ResourceKind.Queue, "QueueUrl", "sqs:" + Capitalized(action)),
            ("dynamodb", _) => Use(ResourceKind.Table, "TableName", "dynamodb:" + Capitalized(action)),
            ("states", "startExecution") => Use(ResourceKind.StateMachine, "StateMachineArn", "states:StartExecution"),
            _ => null,
        };

        TaskUse? Use(ResourceKind kind, string parameter, string right) =>
            task.Parameters.TryGetValue(parameter, out string? name) ? new TaskUse(kind, name, right) : null;
    }

    private static string Capitalized(string action) => action.Length == 0 ? action : char.ToUpperInvariant(action[0]) + action[1..];
}
