using Amazon.DynamoDBv2;
using Amazon.SQS;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Cloud;

namespace Archiver.Web.Tests.Faults;

/// <summary>However a call fails, the SDK's exception is known for what it is: a cloud that does not answer as it should, and no bug.</summary>
public sealed class CloudFailureTests(CloudFixture cloud)
{
    public static TheoryData<string, string> Faults
    {
        get
        {
            TheoryData<string, string> faults = [];
            foreach (Fault fault in Enum.GetValues<Fault>())
                foreach (string service in (string[])[CloudCall.Sqs, CloudCall.DynamoDb, CloudCall.States]) faults.Add(service, fault.ToString());
            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Is_WhateverTheSdkThrows_IsTrue(string service, string fault)
    {
        NextCallPlan faults = new();
        await using DashboardReplica dashboard = new(cloud, faults: faults);
        faults.Disturb(service switch { CloudCall.Sqs => "ListQueues", CloudCall.DynamoDb => "DescribeTable", _ => "ListExecutions" }, Enum.Parse<Fault>(fault));
        CancellationToken cancel = TestContext.Current.CancellationToken;

        Exception? thrown = await Record.ExceptionAsync(() => service switch
        {
            CloudCall.Sqs => dashboard.Get<IAmazonSQS>().ListQueuesAsync("", cancel),
            CloudCall.DynamoDb => dashboard.Get<IAmazonDynamoDB>().DescribeTableAsync(cloud.Resources.ApprovalsTable, cancel),
            _ => (Task)dashboard.Get<IAmazonStepFunctions>().ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = cloud.Resources.StateMachineArn }, cancel),
        });

        Assert.NotNull(thrown);
        Assert.True(CloudFailure.Is(thrown), thrown.ToString());
        Assert.True(faults.IsDone);
    }
}
