using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Infra.Tests.LocalCloud;
using Archiver.Infra.Tests.LocalCloud.DynamoDb;

namespace Archiver.Infra.Tests.Stack;

/// <summary>The audit table as the deployed template declares it.</summary>
public sealed class AuditTableTests : IDisposable
{
    private static readonly string Template = Path.Combine(AppContext.BaseDirectory, "template.yaml");

    private readonly string _directory = Directory.CreateTempSubdirectory("archiver-audit-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Table_HasItsKeyAloneAndKeepsEverything()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(templatePath: Template, dataDirectory: _directory);
        using AmazonDynamoDBClient client = DynamoDbFixture.Connect(cloud);

        TableDescription table = (await client.DescribeTableAsync("archiver-AuditTable", TestContext.Current.CancellationToken)).Table;

        Assert.Equal([("Chain", KeyType.HASH), ("First", KeyType.RANGE)], table.KeySchema.Select(key => (key.AttributeName, key.KeyType)));
        Assert.Empty(table.GlobalSecondaryIndexes ?? []);
        Assert.True(table.DeletionProtectionEnabled);
    }

    [Fact]
    public async Task Policy_OfTheDashboard_LetsItAddAndReadAndNothingElse()
    {
        string[] lines = await File.ReadAllLinesAsync(Template, TestContext.Current.CancellationToken);

        string[] statement = [.. lines.SkipWhile(line => !line.EndsWith("- Sid: Audit", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.Contains("- Sid:", StringComparison.Ordinal)).Select(line => line.Trim())];

        Assert.Equal(["Effect: Allow", "Action:", "- dynamodb:PutItem", "- dynamodb:Query", "Resource: !GetAtt AuditTable.Arn"], statement);
        // Named there, as the parameter's value and as an output, and in no other right.
        Assert.Single(lines, line => line.Contains("AuditTable.Arn", StringComparison.Ordinal));
    }
}
