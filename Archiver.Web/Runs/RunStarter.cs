using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Runs;

/// <summary>How starting several runs went.</summary>
/// <param name="Started">The names of those that were started.</param>
/// <param name="Failed">Those that were not, each with the reason.</param>
public sealed record StartOutcome(IReadOnlyList<string> Started, IReadOnlyList<string> Failed);

/// <summary>
/// Starts runs. A run's name comes of the click that caused it, so that a call that is repeated starts nothing twice. The express machine
/// takes a name again; there it is the result that has the name as its key, so that the run leaves one all the same.
/// </summary>
internal sealed class RunStarter(IAmazonStepFunctions stepFunctions, CloudResources cloud)
{
    /// <summary>The most runs that one click starts.</summary>
    public const int Most = 1000;

    /// <summary>The longest input, in characters; Step Functions takes 256 KiB.</summary>
    public const int LargestInput = 200_000;

    /// <summary>The member of an input that says who started the run.</summary>
    public const string StartedBy = "startedBy";

    // Far below what Step Functions lets through (500 in the bucket of the smallest regions), and enough to be quick.
    private const int AtOnce = 16;

    /// <summary>Starts runs on simulated metadata.</summary>
    /// <param name="permit">Who starts them.</param>
    /// <param name="click">Names the click.</param>
    /// <param name="count">How many, 1 to <see cref="Most"/>.</param>
    /// <param name="kind">How they are run.</param>
    /// <param name="started">Told the number of runs that were started so far.</param>
    public async Task<StartOutcome> StartSimulatedAsync(
        Permit permit, string click, int count, RunKind kind, IProgress<int>? started, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.StartRun);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most);
        string input = Input(permit.Person, new JsonObject { ["approval_needed"] = kind == RunKind.WithApproval });
        string?[] failures = new string?[count];
        int done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                failures[index] = await StartAsync(kind, Name(click, index), input, token);
                started?.Report(Interlocked.Increment(ref done));
            });
        return new StartOutcome(
            [.. Enumerable.Range(0, count).Where(index => failures[index] is null).Select(index => Name(click, index))],
            [.. failures.OfType<string>()]);
    }

    /// <summary>Starts a run on a file of the inbox bucket.</summary>
    /// <returns>Why it could not be started; nothing when it was.</returns>
    public Task<string?> StartOnFileAsync(Permit permit, string click, int index, string key, RunKind kind, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.StartRun);
        return StartAsync(
            kind,
            Name(click, index),
            Input(permit.Person, new JsonObject { ["bucket"] = cloud.InboxBucket, ["key"] = key, ["approval_needed"] = kind == RunKind.WithApproval }),
            cancellationToken);
    }

    /// <summary>Starts a run with an input of its own.</summary>
    /// <param name="permit">Who starts it.</param>
    /// <param name="click">Names the click.</param>
    /// <param name="input">The input, an object without <see cref="StartedBy"/>; it says itself whether a person is asked.</param>
    /// <param name="express">Whether it runs on the express machine.</param>
    /// <returns>Why it could not be started; nothing when it was.</returns>
    public Task<string?> StartWithInputAsync(Permit permit, string click, JsonElement input, bool express, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.StartRun);
        return StartAsync(
            express ? RunKind.Express : RunKind.Automatic, Name(click, 0), Input(permit.Person, JsonObject.Create(input)!), cancellationToken);
    }

    /// <summary>The name of one of a click's runs.</summary>
    public static string Name(string click, int index) => $"{click}-{index + 1:D4}";

    // Whoever decides on the run may have to be somebody else: who started it is said here, last, and by nobody else.
    private static string Input(Person startedBy, JsonObject input)
    {
        Starter starter = Starter.From(startedBy.Id, startedBy.Name) ?? throw new InvalidOperationException("Who starts a run has an id that no run can name.");
        input[StartedBy] = JsonSerializer.SerializeToNode(starter, ContractsJson.Default.Starter);
        return input.ToJsonString(JsonSerializerOptions.Default);
    }

    private async Task<string?> StartAsync(RunKind kind, string name, string input, CancellationToken cancellationToken)
    {
        try
        {
            await stepFunctions.StartExecutionAsync(
                new StartExecutionRequest
                {
                    StateMachineArn = kind == RunKind.Express ? cloud.ExpressStateMachineArn : cloud.StateMachineArn,
                    Name = name,
                    Input = input,
                },
                cancellationToken);
            return null;
        }
        catch (ExecutionAlreadyExistsException)
        {
            return null; // this very click started it, and it has ended since
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            return exception.Message;
        }
    }
}
