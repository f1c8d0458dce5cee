using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;

namespace Archiver.Web.Results.Store;

/// <summary>Makes the queries of the index. What a person gave goes in as values, never as part of an expression.</summary>
internal static class ResultsQuery
{
    /// <summary>The index over day and time.</summary>
    public const string Index = "Day-Timestamp";

    /// <summary>Makes the query of a day.</summary>
    /// <param name="table">The table.</param>
    /// <param name="slice">The day.</param>
    /// <param name="filter">Which of its records.</param>
    /// <param name="newestFirst">In which direction.</param>
    /// <param name="limit">How many records it looks at, matching or not; nothing for as many as DynamoDB looks at in one go, 1 MB.</param>
    public static QueryRequest Of(string table, DaySlice slice, ResultsFilter filter, bool newestFirst, int? limit)
    {
        QueryRequest request = new()
        {
            TableName = table,
            IndexName = Index,
            ScanIndexForward = !newestFirst,
            Limit = limit,
            ExpressionAttributeNames = new() { ["#day"] = nameof(ResultRow.Day) },
            ExpressionAttributeValues = new() { [":day"] = new AttributeValue { S = slice.Day } },
            ExclusiveStartKey = slice.After is not { } after ? null : new()
            {
                [nameof(ResultRow.Day)] = new AttributeValue { S = after.Day },
                [nameof(ResultRow.Timestamp)] = new AttributeValue { S = after.Timestamp },
                [nameof(ResultRow.Id)] = new AttributeValue { S = after.Id },
            },
        };
        request.KeyConditionExpression = KeyCondition(request, slice);
        string[] conditions = [.. Conditions(request, filter)];
        if (conditions.Length > 0) request.FilterExpression = string.Join(" AND ", conditions);
        return request;
    }

    private static string KeyCondition(QueryRequest request, DaySlice slice)
    {
        if (slice.From is null && slice.To is null) return "#day = :day";
        request.ExpressionAttributeNames["#timestamp"] = nameof(ResultRow.Timestamp);
        if (slice.From is { } from) request.ExpressionAttributeValues[":from"] = new AttributeValue { S = from };
        if (slice.To is { } to) request.ExpressionAttributeValues[":to"] = new AttributeValue { S = to };
        return (slice.From, slice.To) switch
        {
            (not null, not null) => "#day = :day AND #timestamp BETWEEN :from AND :to",
            (not null, null) => "#day = :day AND #timestamp >= :from",
            _ => "#day = :day AND #timestamp <= :to",
        };
    }

    private static IEnumerable<string> Conditions(QueryRequest request, ResultsFilter filter)
    {
        if (filter.Actions.Count > 0)
        {
            request.ExpressionAttributeNames["#action"] = nameof(ResultRow.Action);
            string[] names = [.. filter.Actions.Select((_, index) => $":action{index.ToString(CultureInfo.InvariantCulture)}")];
            for (int i = 0; i < names.Length; i++) request.ExpressionAttributeValues[names[i]] = new AttributeValue { S = filter.Actions[i] };
            yield return $"#action IN ({string.Join(", ", names)})";
        }
        if (filter.Asked is { } asked)
        {
            // A record that does not say whether a person was asked comes of a run in which none was.
            request.ExpressionAttributeNames["#approval"] = nameof(ResultRow.Approval);
            request.ExpressionAttributeValues[":asked"] = new AttributeValue { BOOL = true };
            yield return asked ? "#approval = :asked" : "(attribute_not_exists(#approval) OR #approval <> :asked)";
        }
        if (filter.LeastQuality is { } least) yield return Quality(request, ">=", ":least", least);
        if (filter.MostQuality is { } most) yield return Quality(request, "<=", ":most", most);
        if (filter.Reason is { } reason)
        {
            request.ExpressionAttributeNames["#action"] = nameof(ResultRow.Action);
            request.ExpressionAttributeNames["#comment"] = nameof(ResultRow.Comment);
            request.ExpressionAttributeValues[":denied"] = new AttributeValue { S = ResultAction.Denied };
            request.ExpressionAttributeValues[":reason"] = new AttributeValue { S = reason };
            yield return "#action = :denied";
            yield return reason.Length > 0 ? "#comment = :reason" : "(attribute_not_exists(#comment) OR #comment = :reason)";
        }
        if (filter.DecidedIn is { } band)
        {
            request.ExpressionAttributeNames["#seconds"] = nameof(ResultRow.DecisionSeconds);
            request.ExpressionAttributeValues[":longer"] = Number(band.From);
            yield return "#seconds >= :longer";
            if (band.To is { } to)
            {
                request.ExpressionAttributeValues[":shorter"] = Number(to);
                yield return "#seconds < :shorter";
            }
        }
    }

    private static string Quality(QueryRequest request, string comparison, string name, int bound)
    {
        request.ExpressionAttributeNames["#quality"] = nameof(ResultRow.Quality);
        request.ExpressionAttributeValues[name] = Number(bound);
        return $"#quality {comparison} {name}";
    }

    private static AttributeValue Number(int number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };
}
