using Archiver.Infra.LocalCloud.DynamoDb.Requests;
using Archiver.Infra.LocalCloud.DynamoDb.Rows;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Tables;

/// <summary>A table and how much it holds, all of one moment.</summary>
/// <param name="Table">The table.</param>
/// <param name="Statistics">How much it holds.</param>
/// <param name="IndexStatistics">How much its indexes hold, in their order.</param>
internal sealed record TableView(TableDefinition Table, Statistics Statistics, IReadOnlyList<Statistics> IndexStatistics);

/// <summary>Makes, changes and drops tables. A change is done when the call returns: no table is ever seen in between.</summary>
internal sealed class DynamoDbTables(DynamoDbStore store, TimeProvider time)
{
    /// <summary>Makes a table.</summary>
    /// <exception cref="AwsError"><c>ResourceInUseException</c>: there is one of that name.</exception>
    public TableView Create(RequestReader request)
    {
        TableDefinition table = TableRequests.ReadCreate(request, time.GetUtcNow());
        return store.Write(session => session.Tables.Find(table.Name) is null
            ? View(session, session.Tables.Add(table))
            : throw DynamoDbErrors.TableExists(table.Name));
    }

    /// <summary>Drops a table and all that it holds.</summary>
    /// <returns>The table as it was.</returns>
    /// <exception cref="AwsError"><c>ResourceNotFoundException</c>, or <c>ValidationException</c> for a table that is protected.</exception>
    public TableView Delete(string name) => store.Write(session =>
    {
        TableView view = View(session, Find(session, name));
        if (view.Table.DeletionProtection)
            throw DynamoDbErrors.Validation($"1 validation error detected: Table '{name}' can't be deleted while DeletionProtectionEnabled is set to True");
        session.Tables.Drop(view.Table);
        return view;
    });

    /// <summary>Shows a table.</summary>
    public TableView Describe(string name) => store.Read(session => View(session, Find(session, name)));

    /// <summary>Table names in their order, after one.</summary>
    /// <param name="after">The name to start after, or nothing.</param>
    /// <param name="limit">The most names.</param>
    /// <returns>The names, and whether there are more.</returns>
    public (IReadOnlyList<string> Names, bool More) List(string? after, int limit)
    {
        IReadOnlyList<string> names = store.Read(session => session.Tables.Names(after, limit + 1));
        return ([.. names.Take(limit)], names.Count > limit);
    }

    /// <summary>Changes a table: billing, protection, class, encryption, and its global indexes. A new index has all its entries at once.</summary>
    public TableView Update(RequestReader request) => store.Write(session =>
    {
        TableDefinition table = Find(session, request.TableName());
        TableChange change = TableRequests.ReadUpdate(request, table.KeyAttributes);
        foreach (string name in change.DroppedIndexes.Concat(change.IndexThroughputs.Keys))
        {
            if (table.FindIndex(name) is not { IsGlobal: true })
                throw new AwsError("ResourceNotFoundException", $"Requested resource not found: Index: {name} of table {table.Name} not found");
        }
        BillingMode billing = change.BillingMode ?? table.BillingMode;
        bool becomesOnDemand = billing == BillingMode.PayPerRequest && table.BillingMode != billing;
        TableDefinition changed = table with
        {
            BillingMode = billing,
            PayPerRequestSince = becomesOnDemand ? time.GetUtcNow() : table.PayPerRequestSince,
            Throughput = change.Throughput ?? (becomesOnDemand ? null : table.Throughput),
            DeletionProtection = change.DeletionProtection ?? table.DeletionProtection,
            TableClass = change.TableClass ?? table.TableClass,
            Encryption = change.SetsEncryption ? change.Encryption : table.Encryption,
            Indexes = [
                .. table.Indexes.Where(index => !change.DroppedIndexes.Contains(index.Name)).Select(index => index with
                {
                    Throughput = change.IndexThroughputs.GetValueOrDefault(index.Name) ?? (becomesOnDemand ? null : index.Throughput),
                }),
                .. change.NewIndexes],
        };
        TableRules.Check(changed);
        return View(session, Apply(session, table, changed));
    });

    /// <summary>Makes a table of that definition, or brings the one of its name to it. What the table holds stays.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c>: the key or a local index differs, which no table can change.</exception>
    public TableView Provision(TableDefinition wanted) => store.Write(session =>
    {
        if (session.Tables.Find(wanted.Name) is not TableDefinition table)
            return View(session, Apply(session, null, session.Tables.Add(wanted)));
        if (table.Key != wanted.Key)
            throw DynamoDbErrors.Validation($"The table {table.Name} is there with another key. A table's key can't change: give the table another name, or delete it.");
        SecondaryIndex[] local = [.. table.Indexes.Where(index => !index.IsGlobal)], wantedLocal = [.. wanted.Indexes.Where(index => !index.IsGlobal)];
        if (local.Length != wantedLocal.Length || !local.All(index => wanted.FindIndex(index.Name)?.HasEntriesOf(index) == true))
            throw DynamoDbErrors.Validation($"The table {table.Name} is there with other local indexes. They can't change: give the table another name, or delete it.");
        TableDefinition changed = wanted with
        {
            Id = table.Id,
            TableId = table.TableId,
            CreatedAt = table.CreatedAt,
            PayPerRequestSince = wanted.BillingMode == table.BillingMode ? table.PayPerRequestSince : wanted.PayPerRequestSince,
            // An index that stays as it is keeps its number, and with it its entries.
            Indexes = [.. wanted.Indexes.Select(index =>
                table.FindIndex(index.Name) is SecondaryIndex same && same.HasEntriesOf(index) ? index with { Id = same.Id } : index)],
        };
        return View(session, Apply(session, table, changed));
    });

    /// <summary>Turns the expiry of items on or off.</summary>
    /// <param name="name">The table.</param>
    /// <param name="enabled">On or off.</param>
    /// <param name="attribute">The attribute that holds the expiry.</param>
    /// <exception cref="AwsError"><c>ValidationException</c>: it is so already, or on another attribute.</exception>
    public void SetTimeToLive(string name, bool enabled, string attribute) => store.Write(session =>
    {
        TableDefinition table = Find(session, name);
        if (enabled == (table.TimeToLiveAttribute is not null))
        {
            throw DynamoDbErrors.Validation(enabled && table.TimeToLiveAttribute != attribute
                ? $"TimeToLive is active on a different AttributeName: current AttributeName is {table.TimeToLiveAttribute}"
                : $"TimeToLive is already {(enabled ? "enabled" : "disabled")}");
        }
        if (!enabled && table.TimeToLiveAttribute != attribute)
            throw DynamoDbErrors.Validation($"TimeToLive is active on a different AttributeName: current AttributeName is {table.TimeToLiveAttribute}");
        return Apply(session, table, table with { TimeToLiveAttribute = enabled ? attribute : null });
    });

    /// <summary>Changes a table's tags.</summary>
    /// <param name="name">The table.</param>
    /// <param name="change">Gives the new tags from the old.</param>
    public void SetTags(string name, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change) => store.Write(session =>
    {
        TableDefinition table = Find(session, name);
        return session.Tables.Update(table with { Tags = change(table.Tags) });
    });

    private static TableDefinition Find(StoreSession session, string name) => session.Tables.Find(name) ?? throw DynamoDbErrors.TableNotFound(name);

    /// <summary>Stores a changed definition, and does to the items and entries what the change asks.</summary>
    private static TableDefinition Apply(StoreSession session, TableDefinition? before, TableDefinition after)
    {
        after = session.Tables.Update(after);
        HashSet<long> kept = [.. after.Indexes.Select(index => index.Id)], known = [.. (before?.Indexes ?? []).Select(index => index.Id)];
        foreach (long dropped in known.Except(kept))
            session.Tables.DropIndex(dropped);
        if (after.Indexes.Where(index => !known.Contains(index.Id)).ToArray() is { Length: > 0 } added)
            session.Items.Backfill(after, added);
        if (before?.TimeToLiveAttribute != after.TimeToLiveAttribute)
            session.Items.SetExpiries(after);
        return after;
    }

    private static TableView View(StoreSession session, TableDefinition table) => new(
        table, session.Tables.TableStatistics(table.Id), [.. table.Indexes.Select(index => session.Tables.IndexStatistics(index.Id))]);
}
