using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Requests;

/// <summary>What an <c>UpdateTable</c> asks for.</summary>
/// <param name="BillingMode">The new billing mode, or nothing.</param>
/// <param name="Throughput">The new capacity, or nothing.</param>
/// <param name="DeletionProtection">The new protection, or nothing.</param>
/// <param name="TableClass">The new class, or nothing.</param>
/// <param name="Encryption">The new encryption, where <paramref name="SetsEncryption"/>.</param>
/// <param name="SetsEncryption">Whether the encryption changes.</param>
/// <param name="NewIndexes">Global indexes to make.</param>
/// <param name="IndexThroughputs">New capacities of global indexes, by name.</param>
/// <param name="DroppedIndexes">Global indexes to drop, by name.</param>
internal sealed record TableChange(
    BillingMode? BillingMode, Throughput? Throughput, bool? DeletionProtection, string? TableClass, Encryption? Encryption, bool SetsEncryption,
    IReadOnlyList<SecondaryIndex> NewIndexes, IReadOnlyDictionary<string, Throughput> IndexThroughputs, IReadOnlyList<string> DroppedIndexes);

/// <summary>Reads the requests that make and change tables.</summary>
internal static class TableRequests
{
    /// <summary>Reads <c>CreateTable</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">When the table is made.</param>
    /// <exception cref="AwsError">The request breaks a rule.</exception>
    public static TableDefinition ReadCreate(RequestReader request, DateTimeOffset now)
    {
        request.Allow("TableName", "AttributeDefinitions", "KeySchema", "LocalSecondaryIndexes", "GlobalSecondaryIndexes", "BillingMode",
            "ProvisionedThroughput", "StreamSpecification", "SSESpecification", "Tags", "TableClass", "DeletionProtectionEnabled");
        RefuseStream(request);
        string name = request.TableName();
        IReadOnlyList<KeyAttribute> attributes = ReadAttributes(request) ?? throw request.Missing("AttributeDefinitions");
        KeySchema key = ReadKey(request, attributes);
        BillingMode billing = ReadBilling(request) ?? BillingMode.Provisioned;
        TableDefinition table = new()
        {
            Name = name,
            TableId = Guid.NewGuid(),
            CreatedAt = now,
            Key = key,
            Indexes = [
                .. (request.Structures("LocalSecondaryIndexes") ?? []).Select(index => ReadIndex(index, attributes, isGlobal: false)),
                .. (request.Structures("GlobalSecondaryIndexes") ?? []).Select(index => ReadIndex(index, attributes, isGlobal: true))],
            BillingMode = billing,
            PayPerRequestSince = billing == BillingMode.PayPerRequest ? now : null,
            Throughput = ReadThroughput(request),
            DeletionProtection = request.Boolean("DeletionProtectionEnabled") ?? false,
            TableClass = ReadClass(request),
            Encryption = ReadEncryption(request),
            Tags = ReadTags(request),
        };
        foreach (string list in new[] { "LocalSecondaryIndexes", "GlobalSecondaryIndexes" })
        {
            if (request.Structures(list) is { Count: 0 })
                throw DynamoDbErrors.InvalidParameter($"List of {list} is empty");
        }
        TableRules.Check(table);
        TableRules.CheckAllUsed(table, attributes);
        return table;
    }

    /// <summary>Reads <c>UpdateTable</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">The key attributes that the table has; a new index may use them without their being defined again.</param>
    public static TableChange ReadUpdate(RequestReader request, IEnumerable<KeyAttribute> known)
    {
        request.Allow("TableName", "AttributeDefinitions", "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexUpdates", "StreamSpecification",
            "SSESpecification", "TableClass", "DeletionProtectionEnabled");
        RefuseStream(request);
        List<KeyAttribute> attributes = [.. ReadAttributes(request) ?? []];
        attributes.AddRange(known.Where(attribute => attributes.TrueForAll(other => other.Name != attribute.Name)));
        List<SecondaryIndex> created = [];
        Dictionary<string, Throughput> throughputs = [];
        List<string> dropped = [];
        foreach (RequestReader update in request.Structures("GlobalSecondaryIndexUpdates") ?? [])
        {
            update.Allow("Create", "Update", "Delete");
            if (update.Json.Count != 1)
                throw DynamoDbErrors.InvalidParameter("Only one of GlobalSecondaryIndexUpdate's Create, Update and Delete may be given at a time");
            if (update.Structure("Create") is RequestReader create)
                created.Add(ReadIndex(create, attributes, isGlobal: true));
            else if (update.Structure("Update") is RequestReader change)
                throughputs[change.RequiredText("IndexName")] = ReadThroughput(change) ?? throw change.Missing("ProvisionedThroughput");
            else
                dropped.Add(update.RequiredStructure("Delete").RequiredText("IndexName"));
        }
        TableChange changes = new(
            ReadBilling(request), ReadThroughput(request), request.Boolean("DeletionProtectionEnabled"), ReadClass(request),
            ReadEncryption(request), request.Has("SSESpecification"), created, throughputs, dropped);
        bool isEmpty = changes is { BillingMode: null, Throughput: null, DeletionProtection: null, TableClass: null, SetsEncryption: false }
            && created.Count + throughputs.Count + dropped.Count == 0;
        return isEmpty
            ? throw DynamoDbErrors.Validation("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required")
            : changes;
    }

    private static void RefuseStream(RequestReader request)
    {
        if (request.Structure("StreamSpecification")?.Boolean("StreamEnabled") == true)
            throw DynamoDbErrors.Validation("The local cloud has no DynamoDB streams: StreamSpecification.StreamEnabled can't be true.");
    }

    private static List<KeyAttribute>? ReadAttributes(RequestReader request) => request.Structures("AttributeDefinitions") is not { } definitions ? null :
        [.. definitions.Select(definition => new KeyAttribute(
            definition.RequiredText("AttributeName"),
            Enum.Parse<AttributeType>(definition.Choice("AttributeType", "B", "N", "S") ?? throw definition.Missing("AttributeType"))))];

    private static KeySchema ReadKey(RequestReader request, IReadOnlyList<KeyAttribute> attributes)
    {
        IReadOnlyList<RequestReader> elements = request.Structures("KeySchema") ?? throw request.Missing("KeySchema");
        if (elements.Count is < 1 or > 2)
            throw DynamoDbErrors.Constraint(request.Path("KeySchema"), $"{elements.Count} elements", $"Member must have length {(elements.Count < 1 ? "greater than or equal to 1" : "less than or equal to 2")}");
        string[] names = [.. elements.Select(element => element.RequiredText("AttributeName"))];
        string[] types = [.. elements.Select(element => element.Choice("KeyType", "HASH", "RANGE") ?? throw element.Missing("KeyType"))];
        if (types[0] != "HASH")
            throw DynamoDbErrors.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        if (types.Length == 2 && types[1] != "RANGE")
            throw DynamoDbErrors.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        if (names.Length == 2 && names[0] == names[1])
            throw DynamoDbErrors.Validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        KeyAttribute[] key = [.. names.Select(name => attributes.FirstOrDefault(attribute => attribute.Name == name)
            ?? throw DynamoDbErrors.InvalidParameter(
                $"Some index key attributes are not defined in AttributeDefinitions. Keys: [{string.Join(", ", names)}], AttributeDefinitions: [{string.Join(", ", attributes.Select(attribute => attribute.Name))}]"))];
        return new KeySchema(key[0], key.ElementAtOrDefault(1));
    }

    private static SecondaryIndex ReadIndex(RequestReader index, IReadOnlyList<KeyAttribute> attributes, bool isGlobal)
    {
        if (isGlobal)
            index.Allow("IndexName", "KeySchema", "Projection", "ProvisionedThroughput");
        else
            index.Allow("IndexName", "KeySchema", "Projection");
        RequestReader projection = index.RequiredStructure("Projection");
        string? type = projection.Choice("ProjectionType", "ALL", "INCLUDE", "KEYS_ONLY");
        return new SecondaryIndex(
            0,
            RequestReader.TableName(index.Path("IndexName"), index.RequiredText("IndexName")),
            isGlobal,
            ReadKey(index, attributes),
            type switch
            {
                "ALL" => ProjectionType.All,
                "INCLUDE" => ProjectionType.Include,
                "KEYS_ONLY" => ProjectionType.KeysOnly,
                _ => throw DynamoDbErrors.InvalidParameter("Unknown ProjectionType: null"),
            },
            projection.Texts("NonKeyAttributes") ?? [],
            ReadThroughput(index));
    }

    private static BillingMode? ReadBilling(RequestReader request) => request.Choice("BillingMode", "PROVISIONED", "PAY_PER_REQUEST") switch
    {
        null => null,
        "PROVISIONED" => BillingMode.Provisioned,
        _ => BillingMode.PayPerRequest,
    };

    private static Throughput? ReadThroughput(RequestReader request) => request.Structure("ProvisionedThroughput") is not RequestReader throughput ? null :
        new Throughput(
            throughput.Number("ReadCapacityUnits", 1, 1_000_000_000_000) ?? throw throughput.Missing("ReadCapacityUnits"),
            throughput.Number("WriteCapacityUnits", 1, 1_000_000_000_000) ?? throw throughput.Missing("WriteCapacityUnits"));

    private static string? ReadClass(RequestReader request) => request.Choice("TableClass", "STANDARD", "STANDARD_INFREQUENT_ACCESS");

    private static Encryption? ReadEncryption(RequestReader request)
    {
        RequestReader? encryption = request.Structure("SSESpecification")?.Allow("Enabled", "SSEType", "KMSMasterKeyId");
        if (encryption?.Boolean("Enabled") != true)
            return null;
        _ = encryption.Choice("SSEType", "KMS");
        return new Encryption(encryption.Text("KMSMasterKeyId"));
    }

    /// <summary>Reads a request's <c>Tags</c>.</summary>
    public static IReadOnlyDictionary<string, string> ReadTags(RequestReader request)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (RequestReader tag in request.Structures("Tags") ?? [])
        {
            string key = tag.RequiredText("Key");
            if (key.Length is < 1 or > 128 || tag.RequiredText("Value").Length > 256)
                throw DynamoDbErrors.Validation("A tag's key has 1 to 128 characters and its value 256 at most.");
            if (!tags.TryAdd(key, tag.RequiredText("Value")))
                throw DynamoDbErrors.Validation($"One or more parameter values were invalid: Duplicate tag key: {key}");
        }
        return tags.Count <= 50 ? tags : throw DynamoDbErrors.Validation("A table has 50 tags at most.");
    }
}
