using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

/// <summary>One cloud for a class of tests, with the real SDK's client. Each test has a table of its own.</summary>
public sealed class DynamoDbFixture : IAsyncLifetime
{
    private TestCloud? _cloud;
    private int _tables;

    internal TestCloud Cloud => _cloud!;

    public AmazonDynamoDBClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await TestCloud.StartAsync();
        Client = Connect(_cloud);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Cloud.DisposeAsync();
    }

    internal static AmazonDynamoDBClient Connect(TestCloud cloud) =>
        cloud.Client(new AmazonDynamoDBConfig(), (credentials, config) => new AmazonDynamoDBClient(credentials, config));

    /// <summary>Makes a table of a fresh name whose keys are strings: <c>pk</c>, and <c>sk</c> where it has one.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateTableAsync(bool range = false, Action<CreateTableRequest>? configure = null)
    {
        CreateTableRequest request = TableRequest($"table-{Interlocked.Increment(ref _tables)}", range);
        configure?.Invoke(request);
        await Client.CreateTableAsync(request, TestContext.Current.CancellationToken);
        return request.TableName;
    }

    /// <summary>The request for an on-demand table with string keys.</summary>
    public static CreateTableRequest TableRequest(string name, bool range = false)
    {
        CreateTableRequest request = new()
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new AttributeDefinition("pk", ScalarAttributeType.S)],
            KeySchema = [new KeySchemaElement("pk", KeyType.HASH)],
        };
        if (range)
        {
            request.AttributeDefinitions.Add(new AttributeDefinition("sk", ScalarAttributeType.S));
            request.KeySchema.Add(new KeySchemaElement("sk", KeyType.RANGE));
        }
        return request;
    }

    /// <summary>A global index over attributes of the given types.</summary>
    public static void AddGlobalIndex(
        CreateTableRequest request, string name, (string Name, ScalarAttributeType Type) hash, (string Name, ScalarAttributeType Type)? range = null, Projection? projection = null)
    {
        request.GlobalSecondaryIndexes ??= [];
        GlobalSecondaryIndex index = new()
        {
            IndexName = name,
            KeySchema = [new KeySchemaElement(hash.Name, KeyType.HASH)],
            Projection = projection ?? new Projection { ProjectionType = ProjectionType.ALL },
        };
        Define(hash);
        if (range is not null)
        {
            index.KeySchema.Add(new KeySchemaElement(range.Value.Name, KeyType.RANGE));
            Define(range.Value);
        }
        request.GlobalSecondaryIndexes.Add(index);

        void Define((string Name, ScalarAttributeType Type) attribute)
        {
            if (request.AttributeDefinitions.TrueForAll(definition => definition.AttributeName != attribute.Name))
                request.AttributeDefinitions.Add(new AttributeDefinition(attribute.Name, attribute.Type));
        }
    }
}

/// <summary>Short forms for the SDK's attribute values.</summary>
internal static class Attributes
{
    public static AttributeValue S(string text) => new(text);

    public static AttributeValue N(long number) => new() { N = number.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    /// <summary>An item, as text: <c>{"pk":{"S":"x"}}</c>.</summary>
    public static Dictionary<string, AttributeValue> Item(params (string Name, AttributeValue Value)[] attributes) =>
        attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value);

    /// <summary>A value in one line, for comparisons: the SDK's class has no equality.</summary>
    public static string Show(AttributeValue value) =>
        value.S is not null ? $"S:{value.S}"
        : value.N is not null ? $"N:{value.N}"
        : value.B is not null ? $"B:{Convert.ToBase64String(value.B.ToArray())}"
        : value.BOOL is not null ? $"BOOL:{value.BOOL}"
        : value.NULL is not null ? "NULL"
        : value.SS is { Count: > 0 } ? $"SS:{string.Join('|', value.SS.Order(StringComparer.Ordinal))}"
        : value.NS is { Count: > 0 } ? $"NS:{string.Join('|', value.NS.Order(StringComparer.Ordinal))}"
        : value.BS is { Count: > 0 } ? $"BS:{string.Join('|', value.BS.Select(bytes => Convert.ToBase64String(bytes.ToArray())).Order(StringComparer.Ordinal))}"
        : value.L is not null ? $"L[{string.Join(',', value.L.Select(Show))}]"
        : $"M{Show(value.M)}";

    /// <summary>An item in one line; <c>(none)</c> where there is none.</summary>
    public static string Show(Dictionary<string, AttributeValue>? item) => item is null or { Count: 0 }
        ? "(none)"
        : $"{{{string.Join(", ", item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Show(pair.Value)}"))}}}";
}
