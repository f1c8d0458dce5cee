using System.Diagnostics;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.EndToEnd;

namespace Archiver.Benchmarks;

/// <summary>
/// A started run without approval, from the call that starts it to its end, over the wire. The baseline is the smallest
/// thing that the wire does: listing the state machines.
/// </summary>
internal static class RunsBenchmark
{
    private const int WarmUp = 50;
    private const int Counted = 300;

    public static async Task RunAsync()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        using LocalClients clients = new(dashboard.CloudEndpoint);
        ListStateMachinesResponse machines = await clients.StepFunctions.ListStateMachinesAsync(new ListStateMachinesRequest());
        string machine = machines.StateMachines.Single(one => one.Name.Contains("ArchiverStateMachine", StringComparison.Ordinal)).StateMachineArn;

        Figures roundTrip = new("ListStateMachines, a round trip"), wall = new("run without approval, call to end seen"), service = new("run without approval, start to stop date");
        for (int i = -WarmUp; i < Counted; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await clients.StepFunctions.ListStateMachinesAsync(new ListStateMachinesRequest());
            if (i >= 0) roundTrip.Add(Stopwatch.GetElapsedTime(start));

            start = Stopwatch.GetTimestamp();
            StartExecutionResponse run = await clients.StepFunctions.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = machine, Input = "{}" });
            DescribeExecutionResponse described;
            do described = await clients.StepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = run.ExecutionArn });
            while (described.Status == ExecutionStatus.RUNNING);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            if (described.Status != ExecutionStatus.SUCCEEDED) throw new InvalidOperationException($"A run ended {described.Status}: {described.Error} {described.Cause}");
            if (i < 0) continue;
            wall.Add(elapsed);
            service.Add(described.StopDate!.Value - described.StartDate!.Value);
        }
        roundTrip.Print();
        wall.Print(roundTrip);
        service.Print(roundTrip);
    }
}
