using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using Archiver.Infra.StatesLanguage;
using Archiver.Infra.Tests.StatesLanguage;
using Archiver.Lambdas.Functions;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Infra.Tests.Stack;

/// <summary>
/// A run of the deployed state machine with the deployed functions, without a cloud: what it would write into the queue and the
/// table is kept here, and a call can be made to fail.
/// </summary>
internal sealed partial class ArchiverRun
{
    private readonly TestMachine _machine;
    private readonly List<(string Call, string Error, string Cause)> _faults;
    private readonly bool _once;
    private readonly FunctionServices _services = new(
        new AmazonS3Client(new AnonymousAWSCredentials(), new AmazonS3Config { ServiceURL = "http://s3.invalid", AuthenticationRegion = "us-east-1" }),
        new Dictionary<string, string>
        {
            ["QUALITY_THRESHOLD"] = "50",
            ["APPROVAL_TIMEOUT_DAYS"] = "7",
            ["ARCHIVE_BUCKET"] = "archive",
            ["REJECTED_BUCKET"] = "rejected",
        },
        new FakeTimeProvider(TestMachine.Begin),
        new Random(1));

    private ArchiverRun(string definition, IEnumerable<(string, string, string)> faults, bool once)
    {
        _machine = new TestMachine(definition);
        _faults = [.. faults];
        _once = once;
    }

    /// <summary>The state machine as it is deployed, its placeholders filled with the names of what they stand for.</summary>
    public static string Definition { get; } = Read("archiver.asl.json");

    /// <summary>The express state machine, likewise.</summary>
    public static string ExpressDefinition { get; } = Read("archiver-express.asl.json");

    public ExecutionStatus Status => _machine.Snapshot.Status;

    public JsonNode? Output => _machine.Snapshot.Output;

    public string? Error => _machine.Snapshot.Error;

    public string? Cause => _machine.Snapshot.Cause;

    public DateTimeOffset Now => _machine.Now;

    /// <summary>The states that were entered.</summary>
    public IEnumerable<string> States => _machine.Events.Where(e => e.Type.EndsWith("StateEntered", StringComparison.Ordinal))
        .Select(e => (string)e.Details!["name"]!);

    /// <summary>The functions that were called, and <c>putItem</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>What was put into the table.</summary>
    public List<JsonObject> Records { get; } = [];

    public JsonObject Record => Assert.Single(Records);

    /// <summary>What was sent to the human queue.</summary>
    public JsonObject? Message { get; private set; }

    /// <summary>Starts a run, and runs it to where it waits for a person or ends.</summary>
    /// <param name="faults">Calls that fail each time: the function, the error, its cause.</param>
    public static Task<ArchiverRun> StartAsync(string input, params (string, string, string)[] faults) => StartAsync(input, faults, once: false);

    /// <param name="once">Each fault fails one call only.</param>
    /// <param name="definition">The machine, where it is not the standard one.</param>
    public static async Task<ArchiverRun> StartAsync(string input, (string, string, string)[] faults, bool once, string? definition = null)
    {
        ArchiverRun run = new(definition ?? Definition, faults, once);
        run._machine.Start(input);
        await run.GoOnAsync();
        return run;
    }

    /// <summary>Runs the express machine to its end.</summary>
    public static Task<ArchiverRun> ExpressAsync(string input, params (string, string, string)[] faults) => StartAsync(input, faults, once: false, ExpressDefinition);

    /// <summary>Answers the task token.</summary>
    public Task AnswerAsync(string output)
    {
        _machine.Succeed(output);
        return GoOnAsync();
    }

    /// <summary>Fails the task by its token.</summary>
    public Task RefuseAsync(string? error, string? cause)
    {
        _machine.Fail(error, cause);
        return GoOnAsync();
    }

    /// <summary>Lets the time pass until the task times out.</summary>
    public Task TimeOutAsync()
    {
        _machine.Fire(Assert.Single(_machine.Resume().OfType<ExecutionEffect.ScheduleTimer>()));
        return GoOnAsync();
    }

    private async Task GoOnAsync()
    {
        while (Status == ExecutionStatus.Running)
        {
            if (_machine.Effects.OfType<ExecutionEffect.ScheduleTask>().SingleOrDefault() is not { } task)
            {
                _machine.Fire(_machine.Timer); // a retry's
                continue;
            }

            JsonObject parameters = task.Parameters!.AsObject();
            if (task.Resource.EndsWith("sqs:sendMessage.waitForTaskToken", StringComparison.Ordinal))
            {
                Message = parameters["MessageBody"]!.DeepClone().AsObject();
                _machine.Give(new ExecutionInput.TaskSubmitted(task.TaskId, new JsonObject()));
                return;
            }

            await CallAsync(task.Resource, parameters);
        }
    }

    private async Task CallAsync(string resource, JsonObject parameters)
    {
        bool put = resource.EndsWith("dynamodb:putItem", StringComparison.Ordinal);
        string call = put ? "putItem" : ((string)parameters["FunctionName"]!).Replace("FunctionArn", "", StringComparison.Ordinal);
        Calls.Add(call);
        int fault = _faults.FindIndex(one => one.Call == call);
        if (fault >= 0)
        {
            (_, string error, string cause) = _faults[fault];
            if (_once) _faults.RemoveAt(fault);
            _machine.Fail(error, cause);
        }
        else if (put)
        {
            Records.Add(parameters["Item"]!.DeepClone().AsObject());
            _machine.Succeed();
        }
        else
        {
            await InvokeAsync(call, parameters["Payload"]!);
        }
    }

    private async Task InvokeAsync(string name, JsonNode payload)
    {
        Type type = typeof(ReadMetadata).Assembly.GetType($"Archiver.Lambdas.Functions.{name}", throwOnError: true)!;
        object function = Activator.CreateInstance(type, _services)!;
        Func<Stream, Task<Stream>> handler = type.GetMethod("HandleAsync")!.CreateDelegate<Func<Stream, Task<Stream>>>(function);
        try
        {
            await using Stream output = await handler(new MemoryStream(Encoding.UTF8.GetBytes(payload.ToJsonString())));
            JsonObject result = new() { ["StatusCode"] = 200, ["Payload"] = await JsonNode.ParseAsync(output) };
            _machine.Succeed(result.ToJsonString());
        }
        catch (FunctionException exception)
        {
            JsonObject cause = new() { ["errorType"] = exception.GetType().Name, ["errorMessage"] = exception.Message };
            _machine.Fail(exception.GetType().Name, cause.ToJsonString());
        }
    }

    private static string Read(string file) =>
        Placeholder().Replace(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "statemachines", file)), "$1");

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Placeholder();
}
