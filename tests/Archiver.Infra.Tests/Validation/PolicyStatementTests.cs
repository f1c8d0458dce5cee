using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.Validation;

namespace Archiver.Infra.Tests.Validation;

public sealed class PolicyStatementTests
{
    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:q"}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"SQS:sendmessage","Resource":"arn:q"}""", true)]
    [InlineData("""{"Effect":"Allow","Action":["x:y","sqs:Send*"],"Resource":["arn:?"]}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","NotAction":"sqs:*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"*","NotResource":"arn:q"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"ARN:Q"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"sqs:SendMessageBatch","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"sqs.SendMessage","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"sqs:SendMessage"}""", false)]
    [InlineData("""[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"sqs:*","Resource":"*"}]""", false)]
    [InlineData("""[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{}}]""", true)]
    [InlineData("""[]""", false)]
    [InlineData("""null""", false)]
    public void Allow_Statement_FollowsIam(string statement, bool expected) => Assert.Equal(
        expected,
        PolicyStatement.Allow(PolicyStatement.OfDocument(new JsonObject { ["Statement"] = JsonNode.Parse(statement) }), "sqs:SendMessage", "arn:q"));

    [Theory]
    [InlineData("LambdaInvokePolicy", "FunctionName", "lambda:InvokeFunction", "arn:aws:lambda:us-east-1:000000000000:function:n:live")]
    [InlineData("SQSSendMessagePolicy", "QueueName", "sqs:SendMessage", "arn:aws:sqs:us-east-1:000000000000:n")]
    [InlineData("SQSPollerPolicy", "QueueName", "sqs:ReceiveMessage", "arn:aws:sqs:us-east-1:000000000000:n")]
    [InlineData("DynamoDBWritePolicy", "TableName", "dynamodb:PutItem", "arn:aws:dynamodb:us-east-1:000000000000:table/n")]
    [InlineData("DynamoDBReadPolicy", "TableName", "dynamodb:Query", "arn:aws:dynamodb:us-east-1:000000000000:table/n/index/i")]
    [InlineData("DynamoDBCrudPolicy", "TableName", "dynamodb:DeleteItem", "arn:aws:dynamodb:us-east-1:000000000000:table/n")]
    [InlineData("StepFunctionsExecutionPolicy", "StateMachineName", "states:StartExecution", "arn:aws:states:us-east-1:000000000000:stateMachine:n")]
    public void Statement_SamsPolicyTemplate_AllowsItsActionOnItsResourceAlone(string template, string parameter, string action, string resource)
    {
        PolicyStatement own = ServerlessPolicyTemplates.Statement(template, new JsonObject { [parameter] = "n" }, new CloudIdentity())!;
        PolicyStatement other = ServerlessPolicyTemplates.Statement(template, new JsonObject { [parameter] = "m" }, new CloudIdentity())!;

        Assert.True(PolicyStatement.Allow([own], action, resource));
        Assert.False(PolicyStatement.Allow([other], action, resource));
        Assert.False(PolicyStatement.Allow([own], "iam:PassRole", resource));
    }
}
