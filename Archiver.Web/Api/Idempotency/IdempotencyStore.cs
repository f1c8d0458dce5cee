using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Api.Answers;
using Archiver.Web.Cloud;

namespace Archiver.Web.Api.Idempotency;

/// <summary>Keeps requests with their answers in the dashboards' table for a day. Which of two that come at once is carried out, one conditional put settles.</summary>
internal sealed class IdempotencyStore(IAmazonDynamoDB dynamoDb, CloudResources cloud, TimeProvider time) : IIdempotency
{
    /// <summary>For how long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private const string Id = "Id";
    private const string Hash = "Hash";
    private const string Owner = "Owner";
    private const string LeaseUntil = "LeaseUntil";
    private const string Status = "Status";
    private const string ContentType = "ContentType";
    private const string Body = "Body";
    private const string ExpireAfter = "ExpireAfter";

    /// <inheritdoc/>
    public TimeSpan Lease => TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public async Task<IdempotencyOutcome> BeginAsync(string person, string key, string hash, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        IdempotencyTicket ticket = new(RowOf(person, key), Guid.NewGuid().ToString("N"), false);
        PutItemRequest put = new()
        {
            TableName = cloud.DashboardTable,
            Item = new()
            {
                [Id] = new AttributeValue(ticket.Row),
                [Hash] = new AttributeValue(hash),
                [Owner] = new AttributeValue(ticket.Owner),
                [LeaseUntil] = Number((now + Lease).ToUnixTimeMilliseconds()),
                [ExpireAfter] = Number((now + Kept).ToUnixTimeSeconds()),
            },
            // The table lets rows go when it comes to it, up to days late.
            ConditionExpression = "attribute_not_exists(Id) OR ExpireAfter < :seconds OR (attribute_not_exists(#status) AND LeaseUntil < :now AND #hash = :hash)",
            ExpressionAttributeNames = new() { ["#status"] = Status, ["#hash"] = Hash },
            ExpressionAttributeValues = new()
            {
                [":seconds"] = Number(now.ToUnixTimeSeconds()),
                [":now"] = Number(now.ToUnixTimeMilliseconds()),
                [":hash"] = new AttributeValue(hash),
            },
            ReturnValues = ReturnValue.ALL_OLD,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        try
        {
            PutItemResponse response = await dynamoDb.PutItemAsync(put, cancellationToken);
            bool isTakenOver = response.Attributes is { Count: > 0 } old && !old.ContainsKey(Status) && old[Hash].S == hash;
            return new IdempotencyOutcome.First(ticket with { IsTakenOver = isTakenOver });
        }
        catch (ConditionalCheckFailedException exception)
        {
            return Read(exception.Item, ticket, hash);
        }
    }

    /// <inheritdoc/>
    public Task KeepAsync(IdempotencyTicket ticket, CancellationToken cancellationToken) => ChangeAsync(
        ticket, "SET LeaseUntil = :lease", new() { [":lease"] = Number((time.GetUtcNow() + Lease).ToUnixTimeMilliseconds()) }, [], cancellationToken);

    /// <inheritdoc/>
    public Task CompleteAsync(IdempotencyTicket ticket, ApiAnswer answer, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> values = new()
        {
            [":status"] = Number(answer.Status),
            [":type"] = new AttributeValue(answer.ContentType ?? ""),
            [":body"] = new AttributeValue(Encoding.UTF8.GetString(answer.Body.Span)),
        };
        Dictionary<string, string> names = new() { ["#status"] = Status, ["#type"] = ContentType, ["#body"] = Body };
        return ChangeAsync(ticket, "SET #status = :status, #type = :type, #body = :body", values, names, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(IdempotencyTicket ticket, CancellationToken cancellationToken) =>
        ChangeAsync(ticket, "SET LeaseUntil = :lease", new() { [":lease"] = Number(0) }, [], cancellationToken);

    /// <summary>The row of a key: people's ids and keys are of any length and letters, a table's key is not.</summary>
    internal static string RowOf(string person, string key) => $"idempotency#{Sha256(person)}#{Sha256(key)}";

    private async Task ChangeAsync(
        IdempotencyTicket ticket, string update, Dictionary<string, AttributeValue> values, Dictionary<string, string> names, CancellationToken cancellationToken)
    {
        names["#owner"] = Owner;
        values[":owner"] = new AttributeValue(ticket.Owner);
        try
        {
            await dynamoDb.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = cloud.DashboardTable,
                    Key = Key(ticket),
                    UpdateExpression = update,
                    ConditionExpression = "#owner = :owner",
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                },
                cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // Another request took it over: this one was silent for longer than its lease, and what is kept is the other's answer.
        }
    }

    private static IdempotencyOutcome Read(Dictionary<string, AttributeValue> row, IdempotencyTicket ticket, string hash)
    {
        // An earlier attempt of this very put whose answer was lost, repeated by the SDK.
        if (row[Owner].S == ticket.Owner) return new IdempotencyOutcome.First(ticket);
        if (row[Hash].S != hash) return new IdempotencyOutcome.Another();
        if (!row.TryGetValue(Status, out AttributeValue? status)) return new IdempotencyOutcome.UnderWay();
        return new IdempotencyOutcome.Repeated(new ApiAnswer(
            int.Parse(status.N, CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(row[Body].S), row[ContentType].S is { Length: > 0 } type ? type : null)
        {
            IsReplayed = true,
        });
    }

    private static Dictionary<string, AttributeValue> Key(IdempotencyTicket ticket) => new() { [Id] = new AttributeValue(ticket.Row) };

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
