using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Amazon.StepFunctions.Model;
using Archiver.EndToEnd;
using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Archiver.Benchmarks;

/// <summary>
/// Decisions a second through the dashboard's own services, from the click to the run that has the answer, with nothing to take back.
/// The baseline is what a person does without a dashboard: three commands of the shell, receive, answer and delete.
/// </summary>
internal static class DecisionsBenchmark
{
    private const int Approvals = 3000;
    // As many as it takes until the code that is measured is compiled for good: what is asked for is what can be sustained.
    private const int WarmUp = 3000;
    private const int Reviewers = 10;
    private const int ByShell = 5;

    public static async Task RunAsync()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess cloud = await DashboardProcess.StartCloudAsync(data.Path);
        using LocalClients clients = new(cloud.CloudEndpoint);
        string machine = (await clients.StepFunctions.ListStateMachinesAsync(new ListStateMachinesRequest())).StateMachines.Single(one => one.Name.Contains("ArchiverStateMachine", StringComparison.Ordinal)).StateMachineArn;

        double shell = await DecideInTheShellAsync(clients, cloud.CloudEndpoint, machine);
        double dashboard = await DecideOnTheDashboardAsync(clients, cloud.CloudEndpoint, machine);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"decisions by three commands of the shell       {shell,9:0.00} a second"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"decisions through the dashboard, delivered     {dashboard,9:0.0} a second  {dashboard / shell:0} x the shell"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load of the machine {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, {Environment.ProcessorCount} cores"));
    }

    private static async Task<double> DecideInTheShellAsync(LocalClients clients, Uri endpoint, string machine)
    {
        string queue = (await clients.Sqs.ListQueuesAsync(new Amazon.SQS.Model.ListQueuesRequest())).QueueUrls.Single(url => url.Contains("HumanSQS", StringComparison.Ordinal));
        await StartAsync(clients, machine, ByShell + 1);
        await DecideOneAsync(endpoint, queue); // the first has the client's files to read from the disk
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < ByShell; i++) await DecideOneAsync(endpoint, queue);
        return ByShell / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task DecideOneAsync(Uri endpoint, string queue)
    {
        using JsonDocument received = JsonDocument.Parse(await AwsAsync(endpoint, "sqs", "receive-message", "--queue-url", queue, "--wait-time-seconds", "20", "--output", "json"));
        JsonElement message = received.RootElement.GetProperty("Messages")[0];
        using JsonDocument body = JsonDocument.Parse(message.GetProperty("Body").GetString()!);
        await AwsAsync(endpoint, "stepfunctions", "send-task-success", "--task-token", body.RootElement.GetProperty("TaskToken").GetString()!, "--task-output", """{"approved": true}""");
        await AwsAsync(endpoint, "sqs", "delete-message", "--queue-url", queue, "--receipt-handle", message.GetProperty("ReceiptHandle").GetString()!);
    }

    private static async Task<string> AwsAsync(Uri endpoint, params string[] arguments)
    {
        ProcessStartInfo start = new("aws", [.. arguments, "--endpoint-url", endpoint.ToString(), "--region", "us-east-1"]) { RedirectStandardOutput = true };
        (start.Environment["AWS_ACCESS_KEY_ID"], start.Environment["AWS_SECRET_ACCESS_KEY"]) = ("local", "local");
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"aws {arguments[0]} {arguments[1]} ended with {process.ExitCode}.");
    }

    private static async Task<double> DecideOnTheDashboardAsync(LocalClients clients, Uri endpoint, string machine)
    {
        (string, string)[] environment =
            [("AWS_ENDPOINT_URL", endpoint.ToString()), ("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "local"), ("AWS_SECRET_ACCESS_KEY", "local")];
        foreach ((string name, string value) in environment) Environment.SetEnvironmentVariable(name, value);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Cloud:Mode"] = "Aws",
            ["Approvals:UndoSeconds"] = "0",
            ["Approvals:SendsPerSecond"] = "10000", // what the dashboard can, not what an account may
        });
        await using CloudConnection connection = await CloudConnection.OpenAsync(builder.Configuration, TimeProvider.System, LoggerFactory.Create(_ => { }));
        builder.Services.AddLogging().AddCloud(connection).AddIdentity().AddAudit().AddApprovals();
        using IHost host = builder.Build();
        await host.StartAsync();
        await DecideAllAsync(host.Services, clients, machine, WarmUp);
        double perSecond = await DecideAllAsync(host.Services, clients, machine, Approvals);
        await host.StopAsync();
        return perSecond;
    }

    private static async Task<double> DecideAllAsync(IServiceProvider services, LocalClients clients, string machine, int count)
    {
        ApprovalsFeed feed = services.GetRequiredService<ApprovalsFeed>();
        ApprovalDecisions decisions = services.GetRequiredService<ApprovalDecisions>();
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(Permits.Someone("Ann"), null);
        CommandGate gate = scope.ServiceProvider.GetRequiredService<CommandGate>(); // with the record that it keeps
        await StartAsync(clients, machine, count);
        while (feed.Count < count) await Task.Delay(50);

        IReadOnlyList<Approval> pending = feed.List.Slice(0, count, descending: false);
        using ApprovalsSubscription changes = feed.Subscribe(withOpen: false);
        Task delivered = Task.Run(async () =>
        {
            int left = count;
            await foreach (Approval approval in changes.Changes.ReadAllAsync())
            {
                if (approval.Status == ApprovalStatus.Delivered && --left == 0) return;
                if (approval.Status == ApprovalStatus.Closed) throw new InvalidOperationException($"{approval.Id} was closed: {approval.Closing}");
            }
            throw new InvalidOperationException("The changes came faster than they were read.");
        });
        long start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(pending, new ParallelOptions { MaxDegreeOfParallelism = Reviewers }, async (approval, token) =>
        {
            GateOutcome<DecisionOutcome> outcome = await gate.RunAsync(
                Operation.Decide, ApprovalAudit.Subject(approval), permit => decisions.DecideAsync(permit, approval, true, null, token), _ => new CommandEnd(AuditPhase.Done, null), token);
            if (outcome is not GateOutcome<DecisionOutcome>.Entered { Result: DecisionOutcome.Accepted }) throw new InvalidOperationException($"{approval.Id} was not accepted: {outcome}");
        });
        await delivered;
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static Task StartAsync(LocalClients clients, string machine, int count) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = 8 },
        async (_, token) => await clients.StepFunctions.StartExecutionAsync(
            new StartExecutionRequest { StateMachineArn = machine, Input = """{"approval_needed":true,"simulate":{"archive":true,"quality":80}}""" }, token));
}
