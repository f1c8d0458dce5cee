using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Cloud;

namespace Archiver.Web.Identity.Sessions;

/// <summary>Keeps sessions in the dashboards' table, where every replica finds them and a restart leaves them.</summary>
internal sealed class SessionStore(IAmazonDynamoDB dynamoDb, CloudResources cloud)
{
    /// <summary>Keeps a new session.</summary>
    public Task AddAsync(Session session, CancellationToken cancellationToken) => dynamoDb.PutItemAsync(
        new PutItemRequest { TableName = cloud.DashboardTable, Item = SessionRow.Write(session) }, cancellationToken);

    /// <summary>Reads one as of now; nothing where it ended.</summary>
    public async Task<Session?> GetAsync(string key, CancellationToken cancellationToken)
    {
        GetItemResponse response = await dynamoDb.GetItemAsync(
            new GetItemRequest { TableName = cloud.DashboardTable, Key = SessionRow.Key(key), ConsistentRead = true }, cancellationToken);
        return response.IsItemSet ? SessionRow.Read(response.Item) : null;
    }

    /// <summary>Notes that it is in use.</summary>
    /// <returns>Whether it is there still.</returns>
    public async Task<bool> TouchAsync(string key, DateTimeOffset now, CancellationToken cancellationToken) => await UpdateAsync(
        key, "SET #seen = :seen", new() { ["#seen"] = SessionRow.SeenAt }, new() { [":seen"] = SessionRow.Moment(now) }, cancellationToken) is not null;

    /// <summary>Sets whom somebody acts as; nothing for themselves.</summary>
    /// <returns>The session as it is now; nothing where it ended.</returns>
    public Task<Session?> ActAsAsync(string key, Person? other, CancellationToken cancellationToken) => other is null
        ? UpdateAsync(key, "REMOVE #acting", new() { ["#acting"] = SessionRow.ActingAs }, null, cancellationToken)
        : UpdateAsync(
            key, "SET #acting = :person", new() { ["#acting"] = SessionRow.ActingAs },
            new() { [":person"] = new AttributeValue { M = SessionRow.Write(other) } }, cancellationToken);

    /// <summary>Takes the right to ask the provider: one replica and one request at a time, since a refresh token may be good only once.</summary>
    /// <param name="session">The session as it was read.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When somebody else may ask, should nothing come of this.</param>
    /// <returns>Whether it was taken.</returns>
    public async Task<bool> TryLeaseAsync(Session session, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) => await UpdateAsync(
        session.Key, "SET #lease = :until",
        new() { ["#lease"] = SessionRow.LeaseUntil, ["#checked"] = SessionRow.CheckedAt },
        new() { [":until"] = SessionRow.Moment(until), [":now"] = SessionRow.Moment(now), [":seen"] = SessionRow.Moment(session.CheckedAt!.Value) },
        cancellationToken, " AND #checked = :seen AND (attribute_not_exists(#lease) OR #lease < :now)") is not null;

    /// <summary>Keeps what the provider said.</summary>
    /// <param name="session">The session as it was read, for which the lease was taken.</param>
    /// <param name="renewed">The session as it is now.</param>
    /// <returns>The session as the table has it; nothing where it ended.</returns>
    public async Task<Session?> RenewAsync(Session session, Session renewed, CancellationToken cancellationToken) => await UpdateAsync(
        session.Key, "SET #self = :self, #tokens = :tokens, #until = :until, #checked = :checked REMOVE #lease",
        new()
        {
            ["#self"] = SessionRow.Self,
            ["#tokens"] = SessionRow.Tokens,
            ["#until"] = SessionRow.VouchedUntil,
            ["#checked"] = SessionRow.CheckedAt,
            ["#lease"] = SessionRow.LeaseUntil,
        },
        new()
        {
            [":self"] = new AttributeValue { M = SessionRow.Write(renewed.Self) },
            [":tokens"] = new AttributeValue(renewed.Tokens),
            [":until"] = SessionRow.Moment(renewed.VouchedUntil!.Value),
            [":checked"] = SessionRow.Moment(renewed.CheckedAt!.Value),
            [":seen"] = SessionRow.Moment(session.CheckedAt!.Value),
        },
        cancellationToken, " AND #checked = :seen") ?? await GetAsync(session.Key, cancellationToken); // or it was this very write, whose answer was lost

    /// <summary>Ends it.</summary>
    /// <returns>The session as it was; nothing where it had ended.</returns>
    public async Task<Session?> RemoveAsync(string key, CancellationToken cancellationToken)
    {
        DeleteItemResponse response = await dynamoDb.DeleteItemAsync(
            new DeleteItemRequest { TableName = cloud.DashboardTable, Key = SessionRow.Key(key), ReturnValues = ReturnValue.ALL_OLD }, cancellationToken);
        return response.Attributes is { Count: > 0 } row ? SessionRow.Read(row) : null;
    }

    // Never an upsert: what would bring a session back that somebody ended a moment ago.
    private async Task<Session?> UpdateAsync(
        string key, string expression, Dictionary<string, string> names, Dictionary<string, AttributeValue>? values, CancellationToken cancellationToken,
        string condition = "")
    {
        try
        {
            UpdateItemResponse response = await dynamoDb.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = cloud.DashboardTable,
                    Key = SessionRow.Key(key),
                    UpdateExpression = expression,
                    ConditionExpression = $"attribute_exists(Id){condition}",
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                    ReturnValues = ReturnValue.ALL_NEW,
                },
                cancellationToken);
            return SessionRow.Read(response.Attributes);
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
    }
}
