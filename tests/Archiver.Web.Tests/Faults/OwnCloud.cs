using System.Globalization;
using Amazon.SQS.Model;
using Amazon.StepFunctions.Model;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Tests.Faults;

/// <summary>A cloud that a test has to itself: dashboards in it take in and deliver whatever there is.</summary>
internal sealed class OwnCloud : IAsyncDisposable
{
    private readonly List<string> _names = [];

    private OwnCloud(CloudFixture fixture) => Fixture = fixture;

    /// <summary>The cloud, and the test's own undisturbed way to it.</summary>
    public CloudFixture Fixture { get; }

    /// <summary>The books on every run that was started.</summary>
    public Ledger Ledger => new(Fixture.DynamoDb, Fixture.Sqs, Fixture.StepFunctions, Fixture.Resources, _names);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts one. What a lost answer hides on its queue comes back in two seconds, and as often as that takes.</summary>
    public static async Task<OwnCloud> StartAsync(CancellationToken cancellationToken)
    {
        OwnCloud cloud = new(new CloudFixture());
        await cloud.Fixture.InitializeAsync();
        GetQueueAttributesResponse deadLetters = await cloud.Fixture.Sqs.GetQueueAttributesAsync(cloud.Fixture.Resources.DeadLetterQueueUrl, ["QueueArn"], cancellationToken);
        await cloud.Fixture.Sqs.SetQueueAttributesAsync(
            cloud.Fixture.Resources.HumanQueueUrl,
            new()
            {
                ["VisibilityTimeout"] = "2",
                ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{deadLetters.QueueARN}}","maxReceiveCount":1000}""",
            },
            cancellationToken);
        return cloud;
    }

    /// <summary>Starts runs that ask.</summary>
    public async Task AskAsync(int count)
    {
        string[] names = [.. Enumerable.Range(_names.Count, count).Select(i => $"run-{i.ToString(CultureInfo.InvariantCulture)}")];
        _names.AddRange(names);
        await Parallel.ForEachAsync(names, Cancel, async (name, token) => await Fixture.StepFunctions.StartExecutionAsync(
            new StartExecutionRequest
            {
                StateMachineArn = Fixture.Resources.StateMachineArn,
                Name = name,
                Input = """{"approval_needed":true,"simulate":{"archive":true,"quality":35}}""",
            },
            token));
    }

    /// <summary>Waits until a dashboard shows so many approvals that wait, and gives them as they are on its page.</summary>
    public static async Task<IReadOnlyList<Approval>> WaitingAsync(DashboardReplica dashboard, int count)
    {
        ApprovalsFeed feed = dashboard.Get<ApprovalsFeed>();
        while (true)
        {
            // A stream ends when what there was at the start has been read, and another begins.
            using ApprovalsSubscription inbox = feed.Subscribe();
            Approval[] waiting = [.. inbox.Open.Where(one => one.Status == ApprovalStatus.Pending)];
            if (waiting.Length >= count) return [.. waiting.OrderBy(one => one.Id, StringComparer.Ordinal)];
            await inbox.Changes.WaitToReadAsync(Cancel);
        }
    }

    /// <summary>Waits until an approval is as it is waited for, as a dashboard shows it.</summary>
    public static async Task<Approval> UntilAsync(DashboardReplica dashboard, string id, Func<Approval, bool> condition)
    {
        ApprovalsFeed feed = dashboard.Get<ApprovalsFeed>();
        while (true)
        {
            using ApprovalsSubscription inbox = feed.Subscribe(withOpen: false);
            // What is settled already is in no feed any more.
            if (await dashboard.Get<ApprovalsStore>().GetAsync(id, Cancel) is { } now && condition(now)) return now;
            while (await inbox.Changes.WaitToReadAsync(Cancel))
            {
                while (inbox.Changes.TryRead(out Approval? change))
                {
                    if (change.Id == id && condition(change)) return change;
                }
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Fixture.DisposeAsync();
}
