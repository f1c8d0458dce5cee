using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;
using Archiver.Web.Runs;

namespace Archiver.Web.Shell.Welcome;

/// <summary>Whether nothing has happened here yet: no run, no approval, no result. What is over stays over, and costs no further look.</summary>
internal sealed class FirstStart(RunsClient runs, IAmazonDynamoDB dynamoDb, CloudResources cloud, ApprovalsFeed feed)
{
    private volatile bool _isOver;

    /// <summary>Looks.</summary>
    /// <returns>Whether it is so; not so where it can't be told, which the page itself says.</returns>
    public async Task<bool> IsNowAsync(CancellationToken cancellationToken)
    {
        if (_isOver) return false;
        if (feed.Count > 0) return !(_isOver = true);
        try
        {
            Task<RunsPage> newest = runs.ListAsync(null, null, cancellationToken, most: 1);
            // One record at most is looked at, whatever the table's size.
            Task<ScanResponse> any = dynamoDb.ScanAsync(new ScanRequest { TableName = cloud.ArchiveTable, Limit = 1, Select = Select.COUNT }, cancellationToken);
            await Task.WhenAll(newest, any);
            _isOver = (await newest).Runs.Count > 0 || (await any).Count > 0;
            return !_isOver;
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            return false;
        }
    }
}
