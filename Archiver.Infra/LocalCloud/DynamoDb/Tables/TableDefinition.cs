using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.LocalCloud.DynamoDb.Tables;

/// <summary>A key attribute.</summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="Type"><c>S</c>, <c>N</c> or <c>B</c>.</param>
internal sealed record KeyAttribute(string Name, AttributeType Type);

/// <summary>The key of a table or an index.</summary>
/// <param name="Hash">The partition key.</param>
/// <param name="Range">The sort key, if there is one.</param>
internal sealed record KeySchema(KeyAttribute Hash, KeyAttribute? Range)
{
    /// <summary>The key's attributes.</summary>
    public IEnumerable<KeyAttribute> Attributes => Range is null ? [Hash] : [Hash, Range];

    /// <summary>Whether an attribute is in the key.</summary>
    public bool Contains(string name) => Hash.Name == name || Range?.Name == name;
}

/// <summary>Which attributes an index takes over.</summary>
internal enum ProjectionType
{
    /// <summary>Every attribute.</summary>
    All,

    /// <summary>The keys, and those that are named.</summary>
    Include,

    /// <summary>The keys.</summary>
    KeysOnly,
}

/// <summary>How a table is paid for.</summary>
internal enum BillingMode
{
    /// <summary>By the capacity that is set aside.</summary>
    Provisioned,

    /// <summary>By the request.</summary>
    PayPerRequest,
}

/// <summary>Capacity that is set aside, in units a second. The local cloud keeps it and throttles nothing.</summary>
internal sealed record Throughput(long ReadUnits, long WriteUnits);

/// <summary>A secondary index.</summary>
/// <param name="Id">Its number in the store; 0 before it is stored.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsGlobal">Global, or local to a partition key.</param>
/// <param name="Key">Its key.</param>
/// <param name="Projection">Which attributes it takes over.</param>
/// <param name="NonKeyAttributes">Those that <see cref="ProjectionType.Include"/> names.</param>
/// <param name="Throughput">What is set aside for it.</param>
internal sealed record SecondaryIndex(
    long Id, string Name, bool IsGlobal, KeySchema Key, ProjectionType Projection, IReadOnlyList<string> NonKeyAttributes, Throughput? Throughput)
{
    /// <summary>Whether an attribute can be read from this index.</summary>
    /// <param name="table">The key of the index's table, which every index takes over.</param>
    /// <param name="attribute">The attribute's name.</param>
    public bool Projects(KeySchema table, string attribute) =>
        Projection == ProjectionType.All || Key.Contains(attribute) || table.Contains(attribute)
        || (Projection == ProjectionType.Include && NonKeyAttributes.Contains(attribute));

    /// <summary>Whether another index is the same but for what is paid for it, so that its entries can stay.</summary>
    public bool HasEntriesOf(SecondaryIndex other) => IsGlobal == other.IsGlobal && Key == other.Key && Projection == other.Projection
        && NonKeyAttributes.ToHashSet().SetEquals(other.NonKeyAttributes);
}

/// <summary>Encryption with a key of one's own. The local cloud keeps the setting; its files are encrypted by whatever encrypts the disk.</summary>
internal sealed record Encryption(string? KeyId);

/// <summary>A table: everything about it but its items.</summary>
internal sealed record TableDefinition
{
    /// <summary>Its number in the store; 0 before it is stored. Never used again, so that what belongs to a dropped table is nobody's.</summary>
    public long Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its identity, which a table of the same name made later does not share.</summary>
    public required Guid TableId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its key.</summary>
    public required KeySchema Key { get; init; }

    /// <summary>Its secondary indexes.</summary>
    public IReadOnlyList<SecondaryIndex> Indexes { get; init; } = [];

    /// <summary>How it is paid for.</summary>
    public BillingMode BillingMode { get; init; }

    /// <summary>When it last became on-demand, if ever.</summary>
    public DateTimeOffset? PayPerRequestSince { get; init; }

    /// <summary>What is set aside for it.</summary>
    public Throughput? Throughput { get; init; }

    /// <summary>The attribute that holds an item's expiry, in seconds since 1970, when items expire.</summary>
    public string? TimeToLiveAttribute { get; init; }

    /// <summary>Whether deleting it is refused.</summary>
    public bool DeletionProtection { get; init; }

    /// <summary>Its class, where one was named: <c>STANDARD</c> or <c>STANDARD_INFREQUENT_ACCESS</c>.</summary>
    public string? TableClass { get; init; }

    /// <summary>Its encryption, where it is not AWS's own.</summary>
    public Encryption? Encryption { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The attributes of its keys and of its indexes' keys.</summary>
    public IEnumerable<KeyAttribute> KeyAttributes =>
        Key.Attributes.Concat(Indexes.SelectMany(index => index.Key.Attributes)).Distinct();

    /// <summary>Finds an index.</summary>
    public SecondaryIndex? FindIndex(string name) => Indexes.FirstOrDefault(index => index.Name == name);
}

/// <summary>How much a table or an index holds.</summary>
/// <param name="ItemCount">How many items.</param>
/// <param name="SizeBytes">Their size, as DynamoDB counts it.</param>
internal readonly record struct Statistics(long ItemCount, long SizeBytes);
