using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Archiver.EndToEnd.Frame;

/// <summary>One dashboard with something on every page, for all tests that look at pages and change nothing.</summary>
public sealed class FilledDashboard : IAsyncLifetime
{
    /// <summary>The files that wait for a person, by their names.</summary>
    public static readonly string[] Waiting = ["Quarterly report 2026-Q3.pdf", "holiday.png", "empty notes.txt", "年度報告.csv"];

    /// <summary>A run that has ended, and the id of its result.</summary>
    public const string Run = "demo-0007";

    private static readonly (string Name, string Content)[] Files =
    [
        (Waiting[0], "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n40\n%%EOF\n"),
        (Waiting[1], "this is no picture"),
        (Waiting[2], ""),
        (Waiting[3], "year,total\n2026,12\n"),
    ];

    private readonly TemporaryDirectory _data = new();

    /// <summary>The dashboard.</summary>
    internal DashboardProcess Dashboard { get; private set; } = null!;

    /// <summary>Starts and fills it.</summary>
    public async ValueTask InitializeAsync()
    {
        Dashboard = await DashboardProcess.StartAsync(_data.Path);
        await FillAsync(Dashboard);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Dashboard.DisposeAsync();
        _data.Dispose();
    }

    // Four files that wait for a person, seven runs that ended, and a message that is no approval.
    private static async Task FillAsync(DashboardProcess dashboard)
    {
        BasicAWSCredentials credentials = new("local", "local");
        string endpoint = dashboard.CloudEndpoint.ToString();
        using AmazonS3Client s3 = new(credentials, new AmazonS3Config { ServiceURL = endpoint, AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        using AmazonStepFunctionsClient stepFunctions = new(credentials, new AmazonStepFunctionsConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1" });
        string machine = (await stepFunctions.ListStateMachinesAsync(new ListStateMachinesRequest())).StateMachines
            .Single(one => one.Name.Contains("ArchiverStateMachine", StringComparison.Ordinal)).StateMachineArn;
        string inbox = Assert.Single((await s3.ListBucketsAsync()).Buckets, bucket => bucket.BucketName.Contains("-inbox-", StringComparison.Ordinal)).BucketName;

        int runs = 0;
        foreach ((string name, string content) in Files)
        {
            await s3.PutObjectAsync(new PutObjectRequest { BucketName = inbox, Key = $"uploads/demo/{name}", ContentBody = content });
            await StartAsync($"waiting-{++runs:D4}", $$"""{"bucket":"{{inbox}}","key":"uploads/demo/{{name}}","approval_needed":true}""");
        }
        runs = 0;
        foreach ((bool archive, int quality) in ((bool, int)[])[(true, 91), (true, 35), (false, 70), (true, 64), (true, 12), (true, 77), (true, 83)])
            await StartAsync($"demo-{++runs:D4}", $$$"""{"simulate":{"archive":{{{(archive ? "true" : "false")}}},"quality":{{{quality}}}}}""");
        await HumanQueue.SendAsync(dashboard.CloudEndpoint, "no approval at all");

        async Task StartAsync(string name, string input) =>
            await stepFunctions.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = machine, Name = name, Input = input });
    }
}

/// <summary>The tests that share it; it is gone when they have run.</summary>
[CollectionDefinition(nameof(FilledDashboard))]
public sealed class FilledDashboardUsers : ICollectionFixture<FilledDashboard>;
