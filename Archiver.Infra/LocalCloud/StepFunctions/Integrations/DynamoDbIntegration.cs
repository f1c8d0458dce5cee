namespace Archiver.Infra.LocalCloud.StepFunctions.Integrations;

/// <summary><c>arn:aws:states:::dynamodb:getItem</c>, <c>putItem</c>, <c>updateItem</c>, <c>deleteItem</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html</remarks>
internal sealed class DynamoDbIntegration(IServiceProvider services) : JsonServiceIntegration(services, "DynamoDB", "dynamodb")
{
    private static readonly string[] Writing =
    [
        "ConditionExpression", "ConditionalOperator", "Expected", "ExpressionAttributeNames", "ExpressionAttributeValues",
        "ReturnConsumedCapacity", "ReturnItemCollectionMetrics", "ReturnValues", "ReturnValuesOnConditionCheckFailure",
    ];

    private static readonly Dictionary<string, TaskParameters> Actions = new(StringComparer.Ordinal)
    {
        ["getItem"] = new(
            ["TableName", "Key"],
            ["AttributesToGet", "ConsistentRead", "ExpressionAttributeNames", "ProjectionExpression", "ReturnConsumedCapacity"]),
        ["putItem"] = new(["TableName", "Item"], Writing),
        ["updateItem"] = new(["TableName", "Key"], [.. Writing, "AttributeUpdates", "UpdateExpression"]),
        ["deleteItem"] = new(["TableName", "Key"], Writing),
    };

    /// <inheritdoc/>
    public override TaskParameters? Parameters(TaskResource resource) =>
        resource.Pattern.Length == 0 ? Actions.GetValueOrDefault(resource.Action) : null;
}
