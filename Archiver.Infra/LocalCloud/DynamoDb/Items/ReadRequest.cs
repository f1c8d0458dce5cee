using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Rows;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.LocalCloud.DynamoDb.Items;

/// <summary>One item to be read.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The item's key.</param>
/// <param name="Projection">The parts that are wanted; nothing for all of it.</param>
internal sealed record ReadRequest(string TableName, MapValue Key, Projection? Projection);

/// <summary>An item that was asked for.</summary>
/// <param name="Table">The table.</param>
/// <param name="Item">The item, or nothing where there is none.</param>
internal sealed record ReadResult(TableDefinition Table, StoredItem? Item);

/// <summary>Items to be read by their keys, of one table.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Keys">The items' keys.</param>
/// <param name="Projection">The parts that are wanted; nothing for all of it.</param>
internal sealed record BatchReadRequest(string TableName, IReadOnlyList<MapValue> Keys, Projection? Projection);

/// <summary>What a batch read found in one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Items">What each key led to, as far as the batch went.</param>
/// <param name="Rest">The keys that are left for another call.</param>
internal sealed record BatchReadResult(TableDefinition Table, IReadOnlyList<StoredItem?> Items, IReadOnlyList<MapValue> Rest);
