using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Archiver.Infra.Tests.LocalCloud.DynamoDb.Attributes;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

public sealed class TableTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AmazonDynamoDBClient Client => fixture.Client;

    [Fact]
    public async Task CreateTable_WithEverything_IsDescribedInFull()
    {
        CreateTableRequest request = DynamoDbFixture.TableRequest("described", range: true);
        request.BillingMode = BillingMode.PROVISIONED;
        request.ProvisionedThroughput = new ProvisionedThroughput(5, 6);
        request.TableClass = TableClass.STANDARD_INFREQUENT_ACCESS;
        request.SSESpecification = new SSESpecification { Enabled = true, SSEType = SSEType.KMS };
        request.Tags = [new Tag { Key = "team", Value = "archive" }];
        DynamoDbFixture.AddGlobalIndex(request, "by-day", ("Day", ScalarAttributeType.S), ("Time", ScalarAttributeType.N),
            new Projection { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = ["Name"] });
        request.GlobalSecondaryIndexes[0].ProvisionedThroughput = new ProvisionedThroughput(7, 8);
        request.LocalSecondaryIndexes =
        [
            new LocalSecondaryIndex
            {
                IndexName = "local",
                KeySchema = [new KeySchemaElement("pk", KeyType.HASH), new KeySchemaElement("Time", KeyType.RANGE)],
                Projection = new Projection { ProjectionType = ProjectionType.KEYS_ONLY },
            },
        ];
        CreateTableResponse created = await Client.CreateTableAsync(request, Cancel);
        TableDescription table = (await Client.DescribeTableAsync("described", Cancel)).Table;
        Assert.Equal(created.TableDescription.TableId, table.TableId);
        Assert.Equal(TableStatus.ACTIVE, table.TableStatus);
        Assert.Equal("arn:aws:dynamodb:us-east-1:000000000000:table/described", table.TableArn);
        Assert.Equal(["pk", "sk"], table.KeySchema.Select(element => element.AttributeName));
        Assert.Equal(["Day", "Time", "pk", "sk"], table.AttributeDefinitions.Select(definition => definition.AttributeName).Order(StringComparer.Ordinal));
        Assert.Equal((5, 6), (table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits));
        Assert.Null(table.BillingModeSummary);
        Assert.Equal(TableClass.STANDARD_INFREQUENT_ACCESS, table.TableClassSummary.TableClass);
        Assert.Equal(SSEStatus.ENABLED, table.SSEDescription.Status);
        Assert.Equal(0, table.ItemCount);
        Assert.InRange(table.CreationDateTime!.Value.ToUniversalTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(1));
        GlobalSecondaryIndexDescription global = Assert.Single(table.GlobalSecondaryIndexes);
        Assert.Equal(("by-day", IndexStatus.ACTIVE, ProjectionType.INCLUDE), (global.IndexName, global.IndexStatus, global.Projection.ProjectionType));
        Assert.Equal(["Name"], global.Projection.NonKeyAttributes);
        Assert.Equal(7, global.ProvisionedThroughput.ReadCapacityUnits);
        Assert.Equal($"{table.TableArn}/index/by-day", global.IndexArn);
        Assert.Equal("local", Assert.Single(table.LocalSecondaryIndexes).IndexName);
        ListTagsOfResourceResponse tags = await Client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = table.TableArn }, Cancel);
        Assert.Equal(("team", "archive"), (Assert.Single(tags.Tags).Key, tags.Tags[0].Value));
    }

    [Fact]
    public async Task CreateTable_OfANameThatIsThere_IsResourceInUse()
    {
        string table = await fixture.CreateTableAsync();
        ResourceInUseException error = await Assert.ThrowsAsync<ResourceInUseException>(() => Client.CreateTableAsync(DynamoDbFixture.TableRequest(table), Cancel));
        Assert.Equal($"Table already exists: {table}", error.Message);
    }

    public static TheoryData<string, Action<CreateTableRequest>, string> FaultyTables => new()
    {
        { "name", r => r.TableName = "a!b", "1 validation error detected: Value 'a!b' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+" },
        { "short name", r => r.TableName = "ab", "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3" },
        { "long name", r => r.TableName = new string('a', 256), $"1 validation error detected: Value '{new string('a', 256)}' at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 255" },
        { "no capacity", r => r.BillingMode = BillingMode.PROVISIONED, "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED" },
        { "both billings", r => r.ProvisionedThroughput = new ProvisionedThroughput(1, 1), "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST" },
        { "undefined key", r => r.KeySchema[0].AttributeName = "other", "One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [other], AttributeDefinitions: [pk]" },
        { "unused definition", r => r.AttributeDefinitions.Add(new AttributeDefinition("x", ScalarAttributeType.S)), "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions" },
        { "range first", r => r.KeySchema[0].KeyType = KeyType.RANGE, "Invalid KeySchema: The first KeySchemaElement is not a HASH key type" },
        { "two hashes", r => r.KeySchema.Add(new KeySchemaElement("pk", KeyType.HASH)), "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type" },
        { "same twice", r => r.KeySchema.Add(new KeySchemaElement("pk", KeyType.RANGE)), "Both the Hash Key and the Range Key element in the KeySchema have the same name" },
        { "key type", r => r.AttributeDefinitions[0].AttributeType = new ScalarAttributeType("SS"), "1 validation error detected: Value 'SS' at 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]" },
        { "unused with index", r => { DynamoDbFixture.AddGlobalIndex(r, "idx", ("g", ScalarAttributeType.S)); r.AttributeDefinitions.Add(new AttributeDefinition("x", ScalarAttributeType.S)); }, "One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: [pk, g, x], keys used: [pk, g]" },
        { "index twice", r => { DynamoDbFixture.AddGlobalIndex(r, "idx", ("g", ScalarAttributeType.S)); DynamoDbFixture.AddGlobalIndex(r, "idx", ("h", ScalarAttributeType.S)); }, "One or more parameter values were invalid: Duplicate index name: idx" },
        { "too many indexes", r => { for (int i = 0; i < 21; i++) DynamoDbFixture.AddGlobalIndex(r, $"index{i}", ($"g{i}", ScalarAttributeType.S)); }, "One or more parameter values were invalid: GlobalSecondaryIndex count exceeds the per-table limit of 20" },
        { "include nothing", r => DynamoDbFixture.AddGlobalIndex(r, "idx", ("g", ScalarAttributeType.S), projection: new Projection { ProjectionType = ProjectionType.INCLUDE }), "One or more parameter values were invalid: ProjectionType is INCLUDE, but NonKeyAttributes is not specified" },
        { "all and some", r => DynamoDbFixture.AddGlobalIndex(r, "idx", ("g", ScalarAttributeType.S), projection: new Projection { ProjectionType = ProjectionType.ALL, NonKeyAttributes = ["a"] }), "One or more parameter values were invalid: ProjectionType is ALL, but NonKeyAttributes is specified" },
        { "local without range", r => r.LocalSecondaryIndexes = [new LocalSecondaryIndex { IndexName = "loc", KeySchema = [new KeySchemaElement("pk", KeyType.HASH)], Projection = new Projection { ProjectionType = ProjectionType.ALL } }], "One or more parameter values were invalid: Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex" },
        { "stream", r => r.StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.NEW_IMAGE }, "The local cloud has no DynamoDB streams: StreamSpecification.StreamEnabled can't be true." },
    };

    [Theory]
    [MemberData(nameof(FaultyTables), DisableDiscoveryEnumeration = true)]
    public async Task CreateTable_ThatBreaksARule_IsAValidationException(string fault, Action<CreateTableRequest> configure, string message)
    {
        CreateTableRequest request = DynamoDbFixture.TableRequest("faulty");
        configure(request);
        AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.CreateTableAsync(request, Cancel));
        Assert.True(("ValidationException", message) == (error.ErrorCode, error.Message), $"{fault}: {error.ErrorCode}: {error.Message}");
    }

    [Fact]
    public async Task TableOperations_OnATableThatIsNotThere_AreResourceNotFound()
    {
        ResourceNotFoundException described = await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.DescribeTableAsync("nowhere", Cancel));
        Assert.Equal("Requested resource not found: Table: nowhere not found", described.Message);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.DeleteTableAsync("nowhere", Cancel));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.DescribeTimeToLiveAsync("nowhere", Cancel));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() =>
            Client.UpdateTableAsync(new UpdateTableRequest { TableName = "nowhere", DeletionProtectionEnabled = true }, Cancel));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.GetItemAsync("nowhere", Item(("pk", S("x"))), Cancel));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.PutItemAsync("nowhere", Item(("pk", S("x"))), Cancel));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.ScanAsync(new ScanRequest("nowhere"), Cancel));
    }

    [Fact]
    public async Task DeleteTable_ThenMadeAgain_IsEmptyAndAnother()
    {
        string table = await fixture.CreateTableAsync(configure: request => DynamoDbFixture.AddGlobalIndex(request, "idx", ("g", ScalarAttributeType.S)));
        await Client.PutItemAsync(table, Item(("pk", S("x")), ("g", S("y"))), Cancel);
        TableDescription first = (await Client.DescribeTableAsync(table, Cancel)).Table;
        Assert.Equal(TableStatus.DELETING, (await Client.DeleteTableAsync(table, Cancel)).TableDescription.TableStatus);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.DescribeTableAsync(table, Cancel));
        await Client.CreateTableAsync(DynamoDbFixture.TableRequest(table), Cancel);
        TableDescription second = (await Client.DescribeTableAsync(table, Cancel)).Table;
        Assert.NotEqual(first.TableId, second.TableId);
        Assert.Equal(0, second.ItemCount);
        Assert.Equal(0, (await Client.ScanAsync(new ScanRequest(table), Cancel)).Count);
    }

    [Fact]
    public async Task DeleteTable_ThatIsProtected_IsRefusedUntilTheProtectionIsOff()
    {
        string table = await fixture.CreateTableAsync(configure: request => request.DeletionProtectionEnabled = true);
        AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.DeleteTableAsync(table, Cancel));
        Assert.Equal("ValidationException", error.ErrorCode);
        UpdateTableResponse updated = await Client.UpdateTableAsync(new UpdateTableRequest { TableName = table, DeletionProtectionEnabled = false }, Cancel);
        Assert.False(updated.TableDescription.DeletionProtectionEnabled);
        await Client.DeleteTableAsync(table, Cancel);
    }

    [Fact]
    public async Task ListTables_ByPages_GivesEachNameOnceInOrder()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        using AmazonDynamoDBClient client = DynamoDbFixture.Connect(cloud);
        string[] names = [.. Enumerable.Range(0, 7).Select(i => $"listed-{i}")];
        foreach (string name in names.Reverse())
            await client.CreateTableAsync(DynamoDbFixture.TableRequest(name), Cancel);
        List<string> listed = [];
        ListTablesResponse page;
        string? start = null;
        do
        {
            page = await client.ListTablesAsync(new ListTablesRequest { Limit = 3, ExclusiveStartTableName = start }, Cancel);
            listed.AddRange(page.TableNames);
            start = page.LastEvaluatedTableName;
        }
        while (start is not null);
        Assert.Equal(names, listed);
        Assert.Equal(names, (await client.ListTablesAsync(Cancel)).TableNames);
    }

    [Fact]
    public async Task UpdateTable_AddsAnIndex_WithTheItemsThatAreThere()
    {
        string table = await fixture.CreateTableAsync();
        for (int i = 0; i < 30; i++)
            await Client.PutItemAsync(table, i % 3 == 0 ? Item(("pk", S($"{i}"))) : Item(("pk", S($"{i}")), ("g", i % 3 == 1 ? S("one") : N(5))), Cancel);
        TableDescription updated = (await Client.UpdateTableAsync(
            new UpdateTableRequest
            {
                TableName = table,
                AttributeDefinitions = [new AttributeDefinition("g", ScalarAttributeType.S)],
                GlobalSecondaryIndexUpdates =
                [
                    new GlobalSecondaryIndexUpdate
                    {
                        Create = new CreateGlobalSecondaryIndexAction
                        {
                            IndexName = "late", KeySchema = [new KeySchemaElement("g", KeyType.HASH)], Projection = new Projection { ProjectionType = ProjectionType.KEYS_ONLY },
                        },
                    },
                ],
            },
            Cancel)).TableDescription;
        // Those without the attribute, and those that have it with another type, are not in the index.
        Assert.Equal(10, Assert.Single(updated.GlobalSecondaryIndexes).ItemCount);
        QueryResponse found = await Client.QueryAsync(
            new QueryRequest { TableName = table, IndexName = "late", KeyConditionExpression = "g = :g", ExpressionAttributeValues = new() { [":g"] = S("one") } }, Cancel);
        Assert.Equal(10, found.Count);

        await Client.UpdateTableAsync(
            new UpdateTableRequest { TableName = table, GlobalSecondaryIndexUpdates = [new GlobalSecondaryIndexUpdate { Delete = new DeleteGlobalSecondaryIndexAction { IndexName = "late" } }] }, Cancel);
        AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.ScanAsync(new ScanRequest(table) { IndexName = "late" }, Cancel));
        Assert.Equal("The table does not have the specified index: late", error.Message);
        Assert.Equal(["pk"], (await Client.DescribeTableAsync(table, Cancel)).Table.AttributeDefinitions.Select(definition => definition.AttributeName));
    }

    [Fact]
    public async Task UpdateTable_BillingMode_ChangesBothWays()
    {
        string table = await fixture.CreateTableAsync();
        await Client.UpdateTableAsync(new UpdateTableRequest { TableName = table, BillingMode = BillingMode.PROVISIONED, ProvisionedThroughput = new ProvisionedThroughput(3, 4) }, Cancel);
        TableDescription provisioned = (await Client.DescribeTableAsync(table, Cancel)).Table;
        Assert.Equal((BillingMode.PROVISIONED, 3), (provisioned.BillingModeSummary.BillingMode, provisioned.ProvisionedThroughput.ReadCapacityUnits));
        await Client.UpdateTableAsync(new UpdateTableRequest { TableName = table, BillingMode = BillingMode.PAY_PER_REQUEST }, Cancel);
        TableDescription onDemand = (await Client.DescribeTableAsync(table, Cancel)).Table;
        Assert.Equal((BillingMode.PAY_PER_REQUEST, 0), (onDemand.BillingModeSummary.BillingMode, onDemand.ProvisionedThroughput.ReadCapacityUnits));
    }

    [Fact]
    public async Task UpdateTable_Faulty_IsRefused()
    {
        string table = await fixture.CreateTableAsync();
        AmazonDynamoDBException empty = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.UpdateTableAsync(new UpdateTableRequest { TableName = table }, Cancel));
        Assert.Equal("ValidationException", empty.ErrorCode);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.UpdateTableAsync(
            new UpdateTableRequest { TableName = table, GlobalSecondaryIndexUpdates = [new GlobalSecondaryIndexUpdate { Delete = new DeleteGlobalSecondaryIndexAction { IndexName = "nope" } }] }, Cancel));
        AmazonDynamoDBException replica = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.UpdateTableAsync(
            new UpdateTableRequest { TableName = table, ReplicaUpdates = [new ReplicationGroupUpdate { Create = new CreateReplicationGroupMemberAction { RegionName = "eu-west-1" } }] }, Cancel));
        Assert.StartsWith("The local cloud does not have the parameter replicaUpdates", replica.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TimeToLive_OnAndOff_IsDescribedAndRefusesRepeats()
    {
        string table = await fixture.CreateTableAsync();
        Assert.Equal(TimeToLiveStatus.DISABLED, (await Client.DescribeTimeToLiveAsync(table, Cancel)).TimeToLiveDescription.TimeToLiveStatus);
        await Set(true, "ttl");
        TimeToLiveDescription described = (await Client.DescribeTimeToLiveAsync(table, Cancel)).TimeToLiveDescription;
        Assert.Equal((TimeToLiveStatus.ENABLED, "ttl"), (described.TimeToLiveStatus, described.AttributeName));
        Assert.Equal("TimeToLive is already enabled", (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Set(true, "ttl"))).Message);
        Assert.Equal(
            "TimeToLive is active on a different AttributeName: current AttributeName is ttl",
            (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Set(true, "other"))).Message);
        await Set(false, "ttl");
        Assert.Equal("TimeToLive is already disabled", (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Set(false, "ttl"))).Message);

        Task Set(bool enabled, string attribute) => Client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = table, TimeToLiveSpecification = new TimeToLiveSpecification { Enabled = enabled, AttributeName = attribute } }, Cancel);
    }

    [Fact]
    public async Task Tags_AddedAndRemoved_AreListed()
    {
        string table = await fixture.CreateTableAsync();
        string arn = (await Client.DescribeTableAsync(table, Cancel)).Table.TableArn;
        await Client.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = [new Tag { Key = "a", Value = "1" }, new Tag { Key = "b", Value = "2" }] }, Cancel);
        await Client.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = [new Tag { Key = "a", Value = "3" }] }, Cancel);
        await Client.UntagResourceAsync(new UntagResourceRequest { ResourceArn = arn, TagKeys = ["b"] }, Cancel);
        Tag tag = Assert.Single((await Client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn }, Cancel)).Tags);
        Assert.Equal(("a", "3"), (tag.Key, tag.Value));
    }

    [Fact]
    public async Task Operation_ThatTheLocalCloudLacks_IsAnErrorOfTheService()
    {
        AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.ListBackupsAsync(new ListBackupsRequest(), Cancel));
        Assert.Equal("UnknownOperationException", error.ErrorCode);
    }
}
