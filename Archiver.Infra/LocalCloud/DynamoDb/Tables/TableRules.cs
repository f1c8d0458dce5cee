using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Tables;

/// <summary>What DynamoDB asks of a table.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html</remarks>
internal static class TableRules
{
    private const int MaxLocalIndexes = 5;
    private const int MaxGlobalIndexes = 20;
    private const int MaxIncludedAttributes = 100;

    /// <summary>Checks a table as it is to be.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c>.</exception>
    public static void Check(TableDefinition table)
    {
        CheckBilling(table);
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (SecondaryIndex index in table.Indexes)
        {
            if (!index.IsGlobal)
                CheckLocal(table, index);
            CheckProjection(index);
            if (!names.Add(index.Name))
                throw DynamoDbErrors.InvalidParameter($"Duplicate index name: {index.Name}");
        }
        if (table.Indexes.Count(index => !index.IsGlobal) > MaxLocalIndexes)
            throw DynamoDbErrors.InvalidParameter($"Number of LocalSecondaryIndexes exceeds per-table limit of {MaxLocalIndexes}");
        if (table.Indexes.Count(index => index.IsGlobal) > MaxGlobalIndexes)
            throw DynamoDbErrors.InvalidParameter($"GlobalSecondaryIndex count exceeds the per-table limit of {MaxGlobalIndexes}");
        if (table.Indexes.Sum(index => index.NonKeyAttributes.Count) > MaxIncludedAttributes)
            throw DynamoDbErrors.InvalidParameter($"NonKeyAttributes of all indexes together exceed the per-table limit of {MaxIncludedAttributes}");
    }

    /// <summary>Refuses attribute definitions that no key uses.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c>.</exception>
    public static void CheckAllUsed(TableDefinition table, IReadOnlyList<KeyAttribute> defined)
    {
        string[] used = [.. table.KeyAttributes.Select(attribute => attribute.Name)];
        if (defined.Count == used.Length)
            return;
        throw DynamoDbErrors.InvalidParameter(table.Indexes.Count == 0
            ? "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
            : $"Some AttributeDefinitions are not used. AttributeDefinitions: [{string.Join(", ", defined.Select(attribute => attribute.Name))}], keys used: [{string.Join(", ", used)}]");
    }

    private static void CheckBilling(TableDefinition table)
    {
        SecondaryIndex[] global = [.. table.Indexes.Where(index => index.IsGlobal)];
        if (table.BillingMode == BillingMode.PayPerRequest)
        {
            if (table.Throughput is not null)
                throw DynamoDbErrors.InvalidParameter("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
            if (global.FirstOrDefault(index => index.Throughput is not null) is SecondaryIndex paid)
                throw DynamoDbErrors.InvalidParameter($"ProvisionedThroughput should not be specified for index: {paid.Name} when BillingMode is PAY_PER_REQUEST");
            return;
        }
        if (table.Throughput is null)
            throw DynamoDbErrors.InvalidParameter("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        if (global.FirstOrDefault(index => index.Throughput is null) is SecondaryIndex unpaid)
            throw DynamoDbErrors.InvalidParameter($"ProvisionedThroughput must be specified for index: {unpaid.Name}");
    }

    private static void CheckLocal(TableDefinition table, SecondaryIndex index)
    {
        if (table.Key.Range is null)
            throw DynamoDbErrors.InvalidParameter("Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
        if (index.Key.Range is null)
            throw DynamoDbErrors.InvalidParameter($"Index KeySchema does not have a range key for index: {index.Name}");
        if (index.Key.Hash != table.Key.Hash)
        {
            throw DynamoDbErrors.InvalidParameter(
                $"Index KeySchema does not have the same leading hash key as table KeySchema for index: {index.Name}. index hash key: {index.Key.Hash.Name}, table hash key: {table.Key.Hash.Name}");
        }
    }

    private static void CheckProjection(SecondaryIndex index)
    {
        string type = index.Projection switch
        {
            ProjectionType.All => "ALL",
            ProjectionType.KeysOnly => "KEYS_ONLY",
            _ => "INCLUDE",
        };
        if (index.Projection == ProjectionType.Include && index.NonKeyAttributes.Count == 0)
            throw DynamoDbErrors.InvalidParameter($"ProjectionType is {type}, but NonKeyAttributes is not specified");
        if (index.Projection != ProjectionType.Include && index.NonKeyAttributes.Count > 0)
            throw DynamoDbErrors.InvalidParameter($"ProjectionType is {type}, but NonKeyAttributes is specified");
    }
}
