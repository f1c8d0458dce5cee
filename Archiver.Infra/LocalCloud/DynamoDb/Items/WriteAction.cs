using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Rows;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.LocalCloud.DynamoDb.Items;

/// <summary>One thing to be done to one item.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Condition">What the item must meet as it stands, or nothing.</param>
/// <param name="ShowsItemOnFailure">Whether a refusal by the condition shows the item.</param>
internal abstract record WriteAction(string TableName, Condition? Condition, bool ShowsItemOnFailure);

/// <summary>Puts an item whole.</summary>
internal sealed record PutAction(string TableName, Condition? Condition, bool ShowsItemOnFailure, MapValue Item)
    : WriteAction(TableName, Condition, ShowsItemOnFailure);

/// <summary>Updates an item, or makes it.</summary>
internal sealed record UpdateItemAction(
    string TableName, Condition? Condition, bool ShowsItemOnFailure, MapValue Key, IReadOnlyList<UpdateAction> Updates)
    : WriteAction(TableName, Condition, ShowsItemOnFailure);

/// <summary>Deletes an item, if it is there.</summary>
internal sealed record DeleteItemAction(string TableName, Condition? Condition, bool ShowsItemOnFailure, MapValue Key)
    : WriteAction(TableName, Condition, ShowsItemOnFailure);

/// <summary>Only looks whether an item meets a condition.</summary>
internal sealed record CheckAction(string TableName, Condition Condition, bool ShowsItemOnFailure, MapValue Key)
    : WriteAction(TableName, Condition, ShowsItemOnFailure);

/// <summary>What an action did.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The item's key.</param>
/// <param name="Old">The item before, or nothing.</param>
/// <param name="New">The item after, or nothing.</param>
/// <param name="NewSize">Its size; 0 where there is none.</param>
/// <param name="Changes">What became of the indexes.</param>
internal sealed record WriteResult(
    TableDefinition Table, ItemKey Key, StoredItem? Old, MapValue? New, int NewSize, IReadOnlyList<IndexChange> Changes);
