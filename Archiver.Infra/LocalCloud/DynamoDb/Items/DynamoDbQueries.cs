using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Rows;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Items;

/// <summary>Queries and scans: pages of items by ranges of keys.</summary>
internal sealed class DynamoDbQueries(DynamoDbStore store)
{
    /// <summary>The most bytes of items that a page looks at. An item that would go past it starts the next page.</summary>
    public const int MaxPageBytes = 1024 * 1024;

    /// <summary>Reads a page.</summary>
    /// <exception cref="AwsError"><c>ResourceNotFoundException</c>, <c>ValidationException</c>.</exception>
    public Page Read(PageRequest request) => store.Read(session =>
    {
        TableDefinition table = session.Tables.Find(request.TableName) ?? throw DynamoDbErrors.TableMissing();
        SecondaryIndex? index = request.IndexName is null ? null
            : table.FindIndex(request.IndexName) ?? throw DynamoDbErrors.Validation($"The table does not have the specified index: {request.IndexName}");
        Selection selection = Select(table, index, request);
        RefuseFilterOnKey(index?.Key ?? table.Key, request);
        RowRange range = KeyRange.Of(table, index, request);

        // A local index reaches into the table for what it lacks, when that is asked for; a global one never does.
        bool whole = index is null || index.Projection == ProjectionType.All || selection == Selection.AllAttributes
            || (!index.IsGlobal && request.Projection?.Roots.Any(root => !index.Projects(table.Key, root)) == true);
        bool withBodies = selection != Selection.Count || request.Filter is not null;
        return Collect(session.Pages.Read(table, index, range, withBodies), table, index, request, selection, whole);
    });

    private static Page Collect(
        IEnumerable<PageRow> rows, TableDefinition table, SecondaryIndex? index, PageRequest request, Selection selection, bool whole)
    {
        List<JsonObject>? items = selection == Selection.Count ? null : [];
        int count = 0, scanned = 0;
        long bytes = 0;
        RowPosition? last = null;
        bool more = false;
        foreach (PageRow row in rows)
        {
            int size = whole ? row.ItemSize : row.Size;
            if (scanned > 0 && bytes + size > MaxPageBytes)
            {
                more = true;
                break;
            }
            bytes += size;
            scanned++;
            last = row.Position;
            if (View(row, table, index, request, whole) is JsonObject view)
            {
                count++;
                items?.Add(view);
            }
            // At the limit there may be nothing left; as on AWS, only the next page tells.
            if (scanned == request.Limit)
            {
                more = true;
                break;
            }
        }
        return new Page(table, index, items, count, scanned, bytes, more ? KeyRange.KeyOf(table, index, last!) : null);
    }

    private static readonly JsonObject Counted = [];

    /// <summary>A row as the page shows it, or nothing where the filter leaves it out.</summary>
    private static JsonObject? View(PageRow row, TableDefinition table, SecondaryIndex? index, PageRequest request, bool whole)
    {
        if (row.Body.Length == 0)
            return Counted;
        if (whole && request.Filter is null && request.Projection is null)
            return AttributeCodec.ToJson(row.Body);
        MapValue item = AttributeCodec.Decode(row.Body);
        if (!whole)
            item = new MapValue(item.Attributes.Where(attribute => index!.Projects(table.Key, attribute.Key)).ToDictionary());
        if (request.Filter is not null && !ConditionEvaluator.Matches(request.Filter, item))
            return null;
        return AttributeCodec.ToJson(request.Projection?.Apply(item) ?? item);
    }

    private static Selection Select(TableDefinition table, SecondaryIndex? index, PageRequest request)
    {
        if (index?.IsGlobal == true && request.Consistent)
            throw DynamoDbErrors.Validation("Consistent reads are not supported on global secondary indexes");
        Selection selection = request.Select
            ?? (request.Projection is not null ? Selection.SpecificAttributes : index is null ? Selection.AllAttributes : Selection.AllProjectedAttributes);
        if (request.Projection is not null && selection != Selection.SpecificAttributes)
            throw DynamoDbErrors.Validation($"Cannot specify the ProjectionExpression when choosing to get {Name(selection)}");
        if (request.Projection is null && selection == Selection.SpecificAttributes)
            throw DynamoDbErrors.Validation("Must specify the ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        if (index is null && selection == Selection.AllProjectedAttributes)
            throw DynamoDbErrors.Validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        if (index is { IsGlobal: true } && index.Projection != ProjectionType.All)
        {
            if (selection == Selection.AllAttributes)
                throw DynamoDbErrors.InvalidParameter($"Select type ALL_ATTRIBUTES is not supported for global secondary index {index.Name} because its projection type is not ALL");
            string[] missing = [.. (request.Projection?.Roots ?? []).Where(root => !index.Projects(table.Key, root))];
            if (missing.Length > 0)
                throw DynamoDbErrors.InvalidParameter($"Global secondary index {index.Name} does not project [{string.Join(", ", missing)}]");
        }
        return selection;
    }

    private static string Name(Selection selection) => selection switch
    {
        Selection.AllAttributes => "ALL_ATTRIBUTES",
        Selection.AllProjectedAttributes => "ALL_PROJECTED_ATTRIBUTES",
        _ => "only the Count",
    };

    private static void RefuseFilterOnKey(KeySchema key, PageRequest request)
    {
        if (request.KeyTerms is null || request.Filter is null)
            return;
        if (PathsOf(request.Filter).FirstOrDefault(path => key.Contains(path.Root)) is DocumentPath forbidden)
            throw DynamoDbErrors.Validation($"Filter Expression can only contain non-primary key attributes: Primary key attribute: {forbidden.Root}");
    }

    private static IEnumerable<DocumentPath> PathsOf(Condition condition) => condition switch
    {
        AndCondition and => and.Conditions.SelectMany(PathsOf),
        OrCondition or => or.Conditions.SelectMany(PathsOf),
        NotCondition not => PathsOf(not.Condition),
        ComparisonCondition comparison => PathsOf(comparison.Left, comparison.Right),
        BetweenCondition between => PathsOf(between.Operand, between.Low, between.High),
        InCondition choice => PathsOf([choice.Operand, .. choice.Choices]),
        ExistsCondition exists => [exists.Path],
        TypeCondition type => PathsOf(type.Operand),
        BeginsWithCondition begins => PathsOf(begins.Operand, begins.Prefix),
        ContainsCondition contains => PathsOf(contains.Container, contains.Content),
        _ => [],
    };

    private static IEnumerable<DocumentPath> PathsOf(params Operand[] operands) => operands.SelectMany(operand => operand switch
    {
        PathOperand path => [path.Path],
        SizeOperand size => PathsOf(size.Of),
        _ => Enumerable.Empty<DocumentPath>(),
    });
}
