using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Store;
using Archiver.Web.Audit.Trail;
using Archiver.Web.Cloud;
using Archiver.Web.Tests.Faults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archiver.Web.Tests.Audit;

/// <summary>An audit table that a test has to itself, in the shared local cloud, and trails over it.</summary>
internal sealed class AuditTables(CloudFixture cloud, CloudResources resources) : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    /// <summary>The stack's names, with this table's in place of the stack's.</summary>
    public CloudResources Resources => resources;

    public AuditStore Store => new(cloud.DynamoDb, resources);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The stack's names with one for a table in place of the stack's.</summary>
    public static CloudResources Named(CloudFixture cloud) => cloud.Resources with { AuditTable = $"audit-{Guid.NewGuid():N}" };

    /// <summary>Makes a table as the template's.</summary>
    public static async Task<AuditTables> CreateAsync(CloudFixture cloud, CloudResources? resources = null)
    {
        TableDescription stack = (await cloud.DynamoDb.DescribeTableAsync(cloud.Resources.AuditTable, Cancel)).Table;
        resources ??= Named(cloud);
        await cloud.DynamoDb.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = resources.AuditTable,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = stack.AttributeDefinitions,
                KeySchema = stack.KeySchema,
            },
            Cancel);
        return new AuditTables(cloud, resources);
    }

    /// <summary>A dashboard's trail over it.</summary>
    /// <param name="faults">What is to happen to its calls; the SDK repeats none of them.</param>
    public AuditTrail Trail(IFaultPlan? faults = null, TimeProvider? time = null, byte[]? key = null, ILogger<AuditTrail>? logger = null)
    {
        IAmazonDynamoDB client = cloud.DynamoDb;
        if (faults is not null)
        {
            FaultyHttp http = new(faults);
            client = new AmazonDynamoDBClient(cloud.Connection.Options.Credentials, new AmazonDynamoDBConfig
            {
                ServiceURL = cloud.Connection.Options.DefaultClientConfig.ServiceURL,
                AuthenticationRegion = "us-east-1",
                HttpClientFactory = http,
                MaxErrorRetry = 0,
                MaxStaleConnectionRetries = 0,
            });
            _owned.AddRange([client, http]);
        }
        AuditTrail trail = new(new AuditStore(client, resources), new AuditHasher(key), time ?? TimeProvider.System, logger ?? NullLogger<AuditTrail>.Instance);
        _owned.Insert(0, trail);
        return trail;
    }

    /// <summary>The chain as it stands.</summary>
    public async Task<List<AuditBlock>> BlocksAsync()
    {
        List<AuditBlock> blocks = [];
        await foreach (AuditBlock block in Store.ReadForwardAsync(1, Cancel)) blocks.Add(block);
        return blocks;
    }

    /// <summary>The chain's entries, once it is shown to hold.</summary>
    public async Task<List<AuditRecord>> RecordsAsync(byte[]? key = null)
    {
        List<AuditBlock> blocks = await BlocksAsync();
        ChainFinding found = Chains.Follow(blocks, new AuditHasher(key));
        Assert.True(found is ChainFinding.Intact, found.Sentence);
        return [.. blocks.SelectMany(block => block.Links).Select(link => CanonicalEntry.TryRead(link.Entry, out AuditRecord? record) ? record : throw new InvalidOperationException(link.Entry))];
    }

    /// <summary>Changes one byte of an entry in the table, as anybody could who may write to it.</summary>
    public Task FlipAsync(long sequence) => WriteOverAsync(sequence, entry => entry.Replace("\"Done\"", "\"Dune\"", StringComparison.Ordinal));

    /// <summary>Writes over the text of an entry.</summary>
    public async Task WriteOverAsync(long sequence, Func<string, string> change)
    {
        AuditBlock block = (await BlocksAsync()).Single(block => block.First <= sequence && block.Last >= sequence);
        int index = (int)(sequence - block.First);
        await cloud.DynamoDb.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = resources.AuditTable,
                Key = new() { [AuditBlockRow.Chain] = AuditBlockRow.Text(AuditBlockRow.Main), [AuditBlockRow.First] = AuditBlockRow.Number(block.First) },
                UpdateExpression = $"SET Entries[{index}].#entry = :entry",
                ExpressionAttributeNames = new() { ["#entry"] = "Entry" },
                ExpressionAttributeValues = new() { [":entry"] = AuditBlockRow.Text(change(block.Links[index].Entry)) },
            },
            Cancel);
    }

    public void Dispose()
    {
        foreach (IDisposable one in _owned) one.Dispose();
    }
}
