using Archiver.Infra.LocalCloud.Sqs;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class QueueSettingsTests
{
    [Fact]
    public void Default_NothingSet_IsAsAwsHasIt() => Assert.Equal(
        new Dictionary<string, string>
        {
            ["VisibilityTimeout"] = "30",
            ["MaximumMessageSize"] = "1048576",
            ["MessageRetentionPeriod"] = "345600",
            ["DelaySeconds"] = "0",
            ["ReceiveMessageWaitTimeSeconds"] = "0",
            ["SqsManagedSseEnabled"] = "true",
        },
        QueueSettings.Default.ToAttributes());

    [Theory]
    [InlineData("VisibilityTimeout", 0, 43_200)]
    [InlineData("MaximumMessageSize", 1_024, 1_048_576)]
    [InlineData("MessageRetentionPeriod", 60, 1_209_600)]
    [InlineData("DelaySeconds", 0, 900)]
    [InlineData("ReceiveMessageWaitTimeSeconds", 0, 20)]
    [InlineData("KmsDataKeyReusePeriodSeconds", 60, 86_400)]
    public void With_Number_IsHeldToItsRange(string name, int least, int most)
    {
        foreach (int value in new[] { least, most })
        {
            QueueSettings settings = QueueSettings.Default.With(new Dictionary<string, string> { [name] = $"{value}", ["KmsMasterKeyId"] = "alias/aws/sqs" });
            Assert.Equal($"{value}", settings.ToAttributes()[name]);
        }
        foreach (string value in new[] { $"{least - 1}", $"{most + 1}", "", "ten", "1.5", " 60", "99999999999" })
            Assert.Equal("InvalidAttributeValue", Refusal(name, value).Code);
    }

    [Theory]
    [InlineData("QueueArn")]
    [InlineData("ApproximateNumberOfMessages")]
    [InlineData("visibilitytimeout")]
    [InlineData("ContentBasedDeduplication")]
    [InlineData("Nonsense")]
    public void With_NameThatCannotBeSet_IsRefused(string name) => Assert.Equal("InvalidAttributeName", Refusal(name, "1").Code);

    [Fact]
    public void With_FifoQueue_IsRefusedInWords() => Assert.Contains("no FIFO queues", Refusal("FifoQueue", "true").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("not json", "not a valid JSON map")]
    [InlineData("[]", "not a valid JSON map")]
    [InlineData("""{"maxReceiveCount":3}""", "mandatory attribute: deadLetterTargetArn")]
    [InlineData("""{"deadLetterTargetArn":"arn"}""", "mandatory attribute: maxReceiveCount")]
    [InlineData("""{"deadLetterTargetArn":"arn","maxReceiveCount":0}""", "valid values are from 1 to 1000")]
    [InlineData("""{"deadLetterTargetArn":"arn","maxReceiveCount":"1001"}""", "valid values are from 1 to 1000")]
    [InlineData("""{"deadLetterTargetArn":"arn","maxReceiveCount":1.5}""", "valid values are from 1 to 1000")]
    [InlineData("""{"deadLetterTargetArn":"arn","maxReceiveCount":3,"x":1}""", "Only following attributes are supported")]
    [InlineData("""{"deadLetterTargetArn":"arn","maxReceiveCount":3,"maxReceiveCount":4}""", "not a valid JSON map")]
    public void With_RedrivePolicyThatCannotBe_IsRefusedInWords(string policy, string reason)
    {
        AwsError error = Refusal("RedrivePolicy", policy);

        Assert.Equal("InvalidParameterValue", error.QueryCode);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("\"3\"")]
    public void With_RedrivePolicy_CountIsANumberOrDigits(string count)
    {
        QueueSettings settings = With("RedrivePolicy", $$"""{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":{{count}}}""");

        Assert.Equal("""{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":3}""", settings.ToAttributes()["RedrivePolicy"]);
    }

    [Theory]
    [InlineData("""{"redrivePermission":"some"}""")]
    [InlineData("""{"redrivePermission":"byQueue"}""")]
    [InlineData("""{"redrivePermission":"denyAll","sourceQueueArns":["arn"]}""")]
    [InlineData("""{"redrivePermission":"byQueue","sourceQueueArns":[1]}""")]
    [InlineData("{}")]
    public void With_RedriveAllowPolicyThatCannotBe_IsRefused(string policy) =>
        Assert.Equal("InvalidParameterValue", Refusal("RedriveAllowPolicy", policy).QueryCode);

    [Fact]
    public void With_EmptyString_TakesAwayWhatCanBeAbsent()
    {
        QueueSettings settings = With("Policy", """{"Version":"2012-10-17"}""");

        Assert.Contains("Policy", settings.ToAttributes().Keys);
        Assert.DoesNotContain("Policy", settings.With(new Dictionary<string, string> { ["Policy"] = "" }).ToAttributes().Keys);
    }

    [Fact]
    public void With_AKeyAndThenManagedEncryption_HasOneOfThemAtATime()
    {
        QueueSettings withKey = With("KmsMasterKeyId", "alias/mine");
        Assert.Equal(("false", "alias/mine"), (withKey.ToAttributes()["SqsManagedSseEnabled"], withKey.ToAttributes()["KmsMasterKeyId"]));

        QueueSettings managed = withKey.With(new Dictionary<string, string> { ["SqsManagedSseEnabled"] = "true" });
        Assert.Equal("true", managed.ToAttributes()["SqsManagedSseEnabled"]);
        Assert.DoesNotContain("KmsMasterKeyId", managed.ToAttributes().Keys);

        Assert.Throws<AwsError>(() => QueueSettings.Default.With(
            new Dictionary<string, string> { ["KmsMasterKeyId"] = "alias/mine", ["SqsManagedSseEnabled"] = "true" }));
    }

    [Fact]
    public void With_WhatToAttributesWrote_IsTheSame()
    {
        QueueSettings settings = QueueSettings.Default.With(new Dictionary<string, string>
        {
            ["VisibilityTimeout"] = "7",
            ["KmsMasterKeyId"] = "alias/mine",
            ["RedrivePolicy"] = """{"deadLetterTargetArn":"arn","maxReceiveCount":3}""",
            ["RedriveAllowPolicy"] = """{"redrivePermission":"byQueue","sourceQueueArns":["arn:a","arn:b"]}""",
        });

        Assert.Equal(settings.ToAttributes(), QueueSettings.Default.With(settings.ToAttributes()).ToAttributes());
    }

    private static QueueSettings With(string name, string value) => QueueSettings.Default.With(new Dictionary<string, string> { [name] = value });

    private static AwsError Refusal(string name, string value) => Assert.Throws<AwsError>(() => With(name, value));
}
