using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud;

namespace Archiver.Infra.Validation;

/// <summary>
/// SAM's policy templates, as far as they allow something that a state machine calls.
/// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
/// </summary>
internal static class ServerlessPolicyTemplates
{
    private static readonly Dictionary<string, Template> Known = new(StringComparer.Ordinal)
    {
        ["LambdaInvokePolicy"] = new("FunctionName", ["lambda:InvokeFunction"], (cloud, name) => [cloud.Arn("lambda", $"function:{name}*")]),
        ["SQSSendMessagePolicy"] = new("QueueName", ["sqs:SendMessage*"], (cloud, name) => [cloud.Arn("sqs", name)]),
        ["SQSPollerPolicy"] = new(
            "QueueName",
            ["sqs:ChangeMessageVisibility", "sqs:ChangeMessageVisibilityBatch", "sqs:DeleteMessage", "sqs:DeleteMessageBatch", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
            (cloud, name) => [cloud.Arn("sqs", name)]),
        ["DynamoDBWritePolicy"] = new("TableName", ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"], Table),
        ["DynamoDBReadPolicy"] = new(
            "TableName", ["dynamodb:GetItem", "dynamodb:Scan", "dynamodb:Query", "dynamodb:BatchGetItem", "dynamodb:DescribeTable"], Table),
        ["DynamoDBCrudPolicy"] = new(
            "TableName",
            [
                "dynamodb:GetItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Scan", "dynamodb:Query", "dynamodb:UpdateItem",
                "dynamodb:BatchWriteItem", "dynamodb:BatchGetItem", "dynamodb:DescribeTable", "dynamodb:ConditionCheckItem",
            ],
            Table),
        ["StepFunctionsExecutionPolicy"] = new("StateMachineName", ["states:StartExecution"], (cloud, name) => [cloud.Arn("states", $"stateMachine:{name}")]),
    };

    /// <summary>The statement that a policy template stands for, or nothing where it is not one of these.</summary>
    public static PolicyStatement? Statement(string template, JsonNode? parameters, CloudIdentity identity)
    {
        if (!Known.TryGetValue(template, out Template? known) || (parameters as JsonObject)?[known.Parameter] is not JsonValue name)
            return null;
        return new PolicyStatement(
            Allows: true, Conditional: false, known.Actions, ActionsAreExcepted: false, known.Resources(identity, name.ToString()), ResourcesAreExcepted: false);
    }

    private static string[] Table(CloudIdentity cloud, string name) => [cloud.Arn("dynamodb", $"table/{name}"), cloud.Arn("dynamodb", $"table/{name}/index/*")];

    private sealed record Template(string Parameter, IReadOnlyList<string> Actions, Func<CloudIdentity, string, IReadOnlyList<string>> Resources);
}
