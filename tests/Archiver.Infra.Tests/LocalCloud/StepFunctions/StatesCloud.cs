using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Lambda;
using Archiver.Infra.LocalCloud.StepFunctions;
using Archiver.Infra.LocalCloud.Storage;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>Step Functions alone, over a data directory, with functions and services that a test holds in its hand.</summary>
internal sealed class StatesCloud : IAsyncDisposable
{
    public const string RoleArn = "arn:aws:iam::000000000000:role/test";

    private readonly ServiceProvider _services;
    private readonly string _directory;

    private StatesCloud(ServiceProvider services, string directory, FakeFunctions functions, FakeJsonApi queues, FakeJsonApi tables)
    {
        _services = services;
        _directory = directory;
        Functions = functions;
        Queues = queues;
        Tables = tables;
        Api = services.GetServices<IWireApi>().OfType<StepFunctionsApi>().Single();
        Engine = services.GetRequiredService<ExecutionEngine>();
    }

    public FakeFunctions Functions { get; }

    public FakeJsonApi Queues { get; }

    public FakeJsonApi Tables { get; }

    public StepFunctionsApi Api { get; }

    public ExecutionEngine Engine { get; }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Opens a cloud, and takes up what the directory holds.</summary>
    public static StatesCloud Open(TimeProvider? time = null, string? directory = null, FakeFunctions? functions = null, bool resume = true)
    {
        directory ??= Directory.CreateTempSubdirectory("archiver-states-").FullName;
        functions ??= new FakeFunctions();
        FakeJsonApi queues = new("SQS");
        FakeJsonApi tables = new("DynamoDB");
        ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton(new LocalCloudOptions())
            .AddSingleton(new CloudIdentity())
            .AddSingleton(_ => new DataDirectory(directory)) // the container's, so that its lock goes with it
            .AddSingleton<ILambdaRuntime>(functions)
            .AddSingleton<IWireApi>(queues)
            .AddSingleton<IWireApi>(tables)
            .AddStepFunctions()
            .BuildServiceProvider();
        StatesCloud cloud = new(services, directory, functions, queues, tables);
        if (resume)
            cloud.Engine.Resume();
        return cloud;
    }

    /// <summary>The data as a kill of the process would leave it at this moment, in another directory.</summary>
    public string CopyData()
    {
        string copy = Directory.CreateTempSubdirectory("archiver-killed-").FullName;
        // Within the writer's turn, so that the files belong together; the shared-memory index is rebuilt from the log, and the
        // lock is this process's own.
        Get<StatesDatabase>().Write(_ =>
        {
            foreach (string file in Directory.GetFiles(_directory).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && Path.GetFileName(file) != ".lock"))
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        });
        return copy;
    }

    public Task<JsonObject> CallAsync(string operation, JsonObject request) =>
        Api.InvokeAsync(operation, request, TestContext.Current.CancellationToken);

    /// <summary>Creates a machine.</summary>
    /// <returns>Its ARN.</returns>
    public async Task<string> CreateAsync(string definition, string name = "machine", string type = "STANDARD") =>
        (string)(await CallAsync("CreateStateMachine", new JsonObject
        {
            ["name"] = name, ["definition"] = definition, ["roleArn"] = RoleArn, ["type"] = type,
        }))["stateMachineArn"]!;

    /// <summary>Starts an execution.</summary>
    /// <returns>Its ARN.</returns>
    public async Task<string> StartAsync(string machineArn, string input = "{}", string? name = null)
    {
        JsonObject request = new() { ["stateMachineArn"] = machineArn, ["input"] = input };
        if (name is not null)
            request["name"] = name;
        return (string)(await CallAsync("StartExecution", request))["executionArn"]!;
    }

    /// <summary>Waits until nothing is under way (timers and callbacks may be awaited) and describes an execution.</summary>
    public async Task<JsonObject> SettledAsync(string executionArn)
    {
        await Engine.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return await CallAsync("DescribeExecution", new JsonObject { ["executionArn"] = executionArn });
    }

    /// <summary>The whole history, oldest first.</summary>
    public async Task<IReadOnlyList<JsonObject>> HistoryAsync(string executionArn) =>
        [.. (await CallAsync("GetExecutionHistory", new JsonObject { ["executionArn"] = executionArn, ["maxResults"] = 1000 }))["events"]!
            .AsArray().Select(node => node!.AsObject())];

    /// <summary>The types of the events, oldest first.</summary>
    public async Task<IReadOnlyList<string>> EventTypesAsync(string executionArn) =>
        [.. (await HistoryAsync(executionArn)).Select(entry => (string)entry["type"]!)];

    /// <summary>The error that a call is refused with.</summary>
    public async Task<AwsError> RefusalAsync(string operation, JsonObject request) =>
        await Assert.ThrowsAsync<AwsError>(() => CallAsync(operation, request));

    /// <summary>Stops as the program does: what is under way may end, everything is durable.</summary>
    public async ValueTask DisposeAsync()
    {
        await Engine.StoppingAsync(CancellationToken.None);
        await Engine.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
