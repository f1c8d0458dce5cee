using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.LocalCloud.DynamoDb.Items;

/// <summary>What of the items a query or scan gives.</summary>
internal enum Selection
{
    /// <summary>All attributes of the table's items.</summary>
    AllAttributes,

    /// <summary>All attributes that the index has.</summary>
    AllProjectedAttributes,

    /// <summary>The attributes that the projection names.</summary>
    SpecificAttributes,

    /// <summary>How many there are, and not the items.</summary>
    Count,
}

/// <summary>A page to be read by a query or a scan.</summary>
internal sealed record PageRequest
{
    /// <summary>The table.</summary>
    public required string TableName { get; init; }

    /// <summary>The index, or nothing for the table itself.</summary>
    public string? IndexName { get; init; }

    /// <summary>A query's terms by attribute; nothing for a scan.</summary>
    public IReadOnlyDictionary<string, KeyTerm>? KeyTerms { get; init; }

    /// <summary>What items must meet to be given; they count for the page's limits all the same.</summary>
    public Condition? Filter { get; init; }

    /// <summary>The parts that are wanted.</summary>
    public Projection? Projection { get; init; }

    /// <summary>What of the items is wanted, where the request says so.</summary>
    public Selection? Select { get; init; }

    /// <summary>The most items to look at.</summary>
    public int? Limit { get; init; }

    /// <summary>Ascending, or descending.</summary>
    public bool Forward { get; init; } = true;

    /// <summary>The key to go on after: what an earlier page ended with.</summary>
    public MapValue? Start { get; init; }

    /// <summary>Whether a consistent read is asked for. All reads are; an index of AWS's is not, and refuses.</summary>
    public bool Consistent { get; init; }

    /// <summary>A parallel scan's segment, from 0.</summary>
    public long Segment { get; init; }

    /// <summary>How many segments there are.</summary>
    public long TotalSegments { get; init; } = 1;
}

/// <summary>A page.</summary>
/// <param name="Table">The table.</param>
/// <param name="Index">The index.</param>
/// <param name="Items">The items, as they go into the response; none when they are only counted.</param>
/// <param name="Count">How many items met the filter.</param>
/// <param name="ScannedCount">How many items were looked at.</param>
/// <param name="Bytes">How many bytes were looked at.</param>
/// <param name="Last">The key to go on after; nothing at the end.</param>
internal sealed record Page(
    TableDefinition Table, SecondaryIndex? Index, IReadOnlyList<JsonObject>? Items, int Count, int ScannedCount, long Bytes, MapValue? Last);
