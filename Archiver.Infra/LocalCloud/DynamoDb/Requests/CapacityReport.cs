using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Items;
using Archiver.Infra.LocalCloud.DynamoDb.Rows;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;

namespace Archiver.Infra.LocalCloud.DynamoDb.Requests;

/// <summary>
/// Adds up the capacity that a request takes, and reports it when the request asks.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
/// </summary>
internal sealed class CapacityReport
{
    private const int ReadUnitBytes = 4096;
    private const int WriteUnitBytes = 1024;

    private sealed class TableUnits
    {
        public double Table { get; set; }

        public Dictionary<SecondaryIndex, double> Indexes { get; } = [];
    }

    private readonly SortedDictionary<string, TableUnits> _tables = new(StringComparer.Ordinal);
    private readonly string? _detail;
    private readonly string? _transactional;
    private readonly double _factor;

    /// <summary>Opens a report.</summary>
    /// <param name="request">The request, which may ask for it with <c>ReturnConsumedCapacity</c>.</param>
    /// <param name="transactional"><c>Read</c> or <c>Write</c> for a transaction, which takes twice as much; else nothing.</param>
    public CapacityReport(RequestReader request, string? transactional = null)
    {
        _detail = request.Choice("ReturnConsumedCapacity", "INDEXES", "TOTAL", "NONE");
        _transactional = transactional;
        _factor = transactional is null ? 1 : 2;
    }

    private bool IsWanted => _detail is "TOTAL" or "INDEXES";

    /// <summary>The units that reading some bytes takes: a half for each 4 KB or part of it, one when the read is consistent.</summary>
    public static double ReadUnits(long bytes, bool consistent) => Math.Max(1, (bytes + ReadUnitBytes - 1) / ReadUnitBytes) * (consistent ? 1 : 0.5);

    /// <summary>Adds a read.</summary>
    public void AddRead(TableDefinition table, SecondaryIndex? index, long bytes, bool consistent)
    {
        double units = ReadUnits(bytes, consistent || _transactional is not null) * _factor;
        TableUnits sums = Of(table);
        if (index is null)
            sums.Table += units;
        else
            sums.Indexes[index] = sums.Indexes.GetValueOrDefault(index) + units;
    }

    /// <summary>Adds a write: one unit for each KB of the larger of the item before and after, and what the indexes take.</summary>
    public void AddWrite(WriteResult result)
    {
        TableUnits sums = Of(result.Table);
        sums.Table += WriteUnits(Math.Max(Math.Max(result.Old?.Size ?? 0, result.NewSize), 1)) * _factor;
        foreach (IndexChange change in result.Changes)
        {
            // An entry whose key changes is taken out and put in anew: two writes.
            double units = change.InPlace ? WriteUnits(Math.Max(change.Removed, change.Added)) : WriteUnits(change.Removed) + WriteUnits(change.Added);
            sums.Indexes[change.Index] = sums.Indexes.GetValueOrDefault(change.Index) + (units * _factor);
        }
    }

    /// <summary>Puts the report into a response that names one table.</summary>
    public JsonObject AddTo(JsonObject response)
    {
        if (IsWanted && _tables.Count > 0)
            response["ConsumedCapacity"] = Encode().First();
        return response;
    }

    /// <summary>Puts the report into a response that names many tables.</summary>
    public JsonObject AddListTo(JsonObject response)
    {
        if (IsWanted)
            response["ConsumedCapacity"] = new JsonArray([.. Encode()]);
        return response;
    }

    private static double WriteUnits(int bytes) => (bytes + WriteUnitBytes - 1) / WriteUnitBytes;

    private TableUnits Of(TableDefinition table)
    {
        if (!_tables.TryGetValue(table.Name, out TableUnits? sums))
            _tables.Add(table.Name, sums = new TableUnits());
        return sums;
    }

    private IEnumerable<JsonObject> Encode() => _tables.Select(pair =>
    {
        (string name, TableUnits sums) = pair;
        JsonObject report = Units(sums.Table + sums.Indexes.Values.Sum());
        report["TableName"] = name;
        if (_detail == "INDEXES")
        {
            report["Table"] = Units(sums.Table);
            foreach (IGrouping<bool, KeyValuePair<SecondaryIndex, double>> kind in sums.Indexes.GroupBy(index => index.Key.IsGlobal))
            {
                report[kind.Key ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes"] =
                    new JsonObject(kind.Select(index => KeyValuePair.Create(index.Key.Name, (JsonNode?)Units(index.Value))));
            }
        }
        return report;
    });

    private JsonObject Units(double units)
    {
        JsonObject json = new() { ["CapacityUnits"] = units };
        if (_transactional is not null)
            json[$"{_transactional}CapacityUnits"] = units;
        return json;
    }
}
