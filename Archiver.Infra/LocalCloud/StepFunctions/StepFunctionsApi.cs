using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>
/// Step Functions as it stands on the wire. <c>StartSyncExecution</c> arrives under a host of its own (<c>sync-…</c>), which makes no
/// difference here.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html</remarks>
internal sealed class StepFunctionsApi : JsonApi
{
    private const int MaxArnLength = 256;
    private const int MaxErrorLength = 256;
    private const int MaxCauseLength = 32_768;
    private const int MaxTokenLength = 2_048;
    private const int MaxFindings = 100;

    private readonly StateMachineService _machines;
    private readonly ExecutionService _executions;
    private readonly TaskTokenService _tasks;

    /// <inheritdoc/>
    public override string SigningName => "states";

    /// <inheritdoc/>
    /// <remarks>A request has a megabyte by Step Functions' quotas, its headers counted. A definition may have as much by itself, and its
    /// quotes are escaped: a definition of the largest size fits in.
    /// See https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html.</remarks>
    public override long? MaxRequestBytes => 2 * 1024 * 1024;

    /// <summary>Makes the API over what decides.</summary>
    public StepFunctionsApi(StateMachineService machines, ExecutionService executions, TaskTokenService tasks)
        : base("SFN", "AWSStepFunctions", "1.0", "com.amazonaws.swf.service.v2.model")
    {
        (_machines, _executions, _tasks) = (machines, executions, tasks);
        Immediate("CreateStateMachine", CreateStateMachine);
        Immediate("UpdateStateMachine", UpdateStateMachine);
        Immediate("DeleteStateMachine", DeleteStateMachine);
        Immediate("DescribeStateMachine", DescribeStateMachine);
        Immediate("DescribeStateMachineForExecution", DescribeStateMachineForExecution);
        Immediate("ListStateMachines", ListStateMachines);
        Immediate("ValidateStateMachineDefinition", ValidateStateMachineDefinition);
        Operation("StartExecution", StartExecutionAsync);
        Operation("StartSyncExecution", StartSyncExecutionAsync);
        Immediate("DescribeExecution", DescribeExecution);
        Immediate("ListExecutions", ListExecutions);
        Immediate("GetExecutionHistory", GetExecutionHistory);
        Operation("StopExecution", StopExecutionAsync);
        Operation("RedriveExecution", RedriveExecutionAsync);
        Operation("SendTaskSuccess", SendTaskSuccessAsync);
        Operation("SendTaskFailure", SendTaskFailureAsync);
        Operation("SendTaskHeartbeat", SendTaskHeartbeatAsync);
    }

    private void Immediate(string name, Func<JsonObject, JsonObject> handler) =>
        Operation(name, (request, _) => Task.FromResult(handler(request)));

    private JsonObject CreateStateMachine(JsonObject request)
    {
        RefuseWhatIsNotThere(request);
        Machine machine = _machines.Create(new MachineDraft(
            request.Required("name"),
            request.Required("definition"),
            request.Required("roleArn", MaxArnLength),
            IsExpress(request),
            request.Structure("loggingConfiguration"),
            request.Structure("tracingConfiguration")));
        return new JsonObject { ["stateMachineArn"] = machine.Arn, ["creationDate"] = Responses.Time(machine.CreatedAt) };
    }

    private JsonObject UpdateStateMachine(JsonObject request)
    {
        RefuseWhatIsNotThere(request);
        string arn = request.Required("stateMachineArn", MaxArnLength);
        MachineUpdate update = new(
            request.Text("definition"),
            request.Text("roleArn", MaxArnLength),
            request.Structure("loggingConfiguration"),
            request.Structure("tracingConfiguration"));
        if (update == new MachineUpdate(null, null, null, null))
            throw new AwsError("MissingRequiredParameter", "Either the definition, the role ARN, the logging or the tracing configuration must be specified.");
        MachineRevision revision = _machines.Update(arn, update);
        return new JsonObject { ["updateDate"] = Responses.Time(revision.CreatedAt), ["revisionId"] = revision.RevisionId };
    }

    private JsonObject DeleteStateMachine(JsonObject request)
    {
        _machines.Delete(request.Required("stateMachineArn", MaxArnLength));
        return [];
    }

    private JsonObject DescribeStateMachine(JsonObject request)
    {
        JsonObject answer = Responses.Description(_machines.Require(request.Required("stateMachineArn", MaxArnLength)));
        if (!IncludesData(request))
            answer["definition"] = "{}"; // a required member of the answer
        return answer;
    }

    private JsonObject DescribeStateMachineForExecution(JsonObject request)
    {
        Execution execution = _executions.Require(request.Required("executionArn", MaxArnLength));
        JsonObject answer = Responses.Description(execution, _machines.Revision(execution.Revision));
        if (!IncludesData(request))
            answer["definition"] = "{}";
        return answer;
    }

    private JsonObject ListStateMachines(JsonObject request)
    {
        const string question = "machines";
        Page page = Page.Of(request, question);
        IReadOnlyList<Machine> machines = _machines.List(page.After, page.Count + 1);
        JsonObject answer = new() { ["stateMachines"] = new JsonArray([.. machines.Take(page.Count).Select(Responses.Summary)]) };
        if (machines.Count > page.Count)
            answer["nextToken"] = Page.Token(machines[page.Count - 1].Arn, question);
        return answer;
    }

    private JsonObject ValidateStateMachineDefinition(JsonObject request)
    {
        string definition = request.Required("definition", StateMachineService.MaxDefinitionLength);
        bool warnings = request.Word("severity", "ERROR", "WARNING") == "WARNING";
        int count = request.Number("maxResults", MaxFindings) is { } given and not 0 ? given : MaxFindings;
        IReadOnlyList<Diagnostic> findings = _machines.Validate(definition, IsExpress(request));
        Diagnostic[] told = [.. findings.Where(finding => warnings || finding.Severity == DiagnosticSeverity.Error)];
        return new JsonObject
        {
            ["result"] = findings.Any(finding => finding.Severity == DiagnosticSeverity.Error) ? "FAIL" : "OK",
            ["diagnostics"] = new JsonArray([.. told.Take(count).Select(Responses.Finding)]),
            ["truncated"] = told.Length > count,
        };
    }

    private async Task<JsonObject> StartExecutionAsync(JsonObject request, CancellationToken cancellationToken)
    {
        Execution execution = await _executions.StartAsync(StartRequest(request));
        return new JsonObject { ["executionArn"] = execution.Arn, ["startDate"] = Responses.Time(execution.StartedAt) };
    }

    private async Task<JsonObject> StartSyncExecutionAsync(JsonObject request, CancellationToken cancellationToken)
    {
        bool withData = IncludesData(request);
        (Execution execution, ExecutionSnapshot end) = await _executions.RunAsync(StartRequest(request), cancellationToken);
        return Responses.Description(execution, end, withData);
    }

    private JsonObject DescribeExecution(JsonObject request)
    {
        Execution execution = _executions.Require(request.Required("executionArn", MaxArnLength));
        return Responses.Description(execution, _executions.WhyNotRedrivable(execution), IncludesData(request));
    }

    private JsonObject ListExecutions(JsonObject request)
    {
        request.Refuse("mapRunArn", "Map Runs");
        string machineArn = request.Required("stateMachineArn", MaxArnLength);
        string? status = request.Word("statusFilter", "RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE");
        if (status == "PENDING_REDRIVE")
            throw new AwsError("ValidationException", "The status filter PENDING_REDRIVE goes with a mapRunArn only.");
        string? redriven = request.Word("redriveFilter", "REDRIVEN", "NOT_REDRIVEN");
        string question = $"{machineArn} {status} {redriven}";
        Page page = Page.Of(request, question);
        IReadOnlyList<Execution> executions = _executions.List(new ExecutionQuery(
            machineArn,
            status is null ? null : Enum.GetValues<ExecutionStatus>().Single(value => Responses.Status(value) == status),
            redriven is null ? null : redriven == "REDRIVEN",
            Place(page.After),
            page.Count + 1));
        JsonObject answer = new() { ["executions"] = new JsonArray([.. executions.Take(page.Count).Select(Responses.Summary)]) };
        if (executions.Count > page.Count)
        {
            Execution last = executions[page.Count - 1];
            answer["nextToken"] = Page.Token(string.Create(CultureInfo.InvariantCulture, $"{last.StartedAt.UtcTicks} {last.Id}"), question);
        }
        return answer;
    }

    private JsonObject GetExecutionHistory(JsonObject request)
    {
        Execution execution = _executions.Require(request.Required("executionArn", MaxArnLength));
        bool reverse = request.Flag("reverseOrder") ?? false;
        bool withData = request.Flag("includeExecutionData") ?? true;
        string question = $"{execution.Arn} {reverse}";
        Page page = Page.Of(request, question);
        long from = page.After is null ? (reverse ? long.MaxValue : 1) : Page.Number(page.After);
        IReadOnlyList<EventRow> events = _executions.History(execution, from, page.Count + 1, reverse);
        JsonObject answer = new() { ["events"] = new JsonArray([.. events.Take(page.Count).Select(row => Responses.Event(row, withData))]) };
        if (events.Count > page.Count)
            answer["nextToken"] = Page.Token(events[page.Count].Id.ToString(CultureInfo.InvariantCulture), question);
        return answer;
    }

    private async Task<JsonObject> StopExecutionAsync(JsonObject request, CancellationToken cancellationToken) => new()
    {
        ["stopDate"] = Responses.Time(await _executions.StopAsync(
            request.Required("executionArn", MaxArnLength), request.Text("error", MaxErrorLength), request.Text("cause", MaxCauseLength))),
    };

    private async Task<JsonObject> RedriveExecutionAsync(JsonObject request, CancellationToken cancellationToken) => new()
    {
        ["redriveDate"] = Responses.Time(await _executions.RedriveAsync(
            request.Required("executionArn", MaxArnLength), request.Text("clientToken", 64))),
    };

    private async Task<JsonObject> SendTaskSuccessAsync(JsonObject request, CancellationToken cancellationToken)
    {
        await _tasks.SucceedAsync(
            request.Required("taskToken", MaxTokenLength),
            request.Text("output") ?? throw Refusals.Constraint("output", null, "Member must not be null"));
        return [];
    }

    private async Task<JsonObject> SendTaskFailureAsync(JsonObject request, CancellationToken cancellationToken)
    {
        await _tasks.FailAsync(
            request.Required("taskToken", MaxTokenLength), request.Text("error", MaxErrorLength), request.Text("cause", MaxCauseLength));
        return [];
    }

    private async Task<JsonObject> SendTaskHeartbeatAsync(JsonObject request, CancellationToken cancellationToken)
    {
        await _tasks.HeartbeatAsync(request.Required("taskToken", MaxTokenLength));
        return [];
    }

    private static StartRequest StartRequest(JsonObject request) => new(
        request.Required("stateMachineArn", MaxArnLength), request.Text("name"), request.Text("input"), request.Text("traceHeader", 256));

    private static bool IsExpress(JsonObject request) => request.Word("type", "STANDARD", "EXPRESS") == "EXPRESS";

    private static bool IncludesData(JsonObject request) => request.Word("includedData", "ALL_DATA", "METADATA_ONLY") != "METADATA_ONLY";

    private static void RefuseWhatIsNotThere(JsonObject request)
    {
        request.Refuse("publish", "versions of state machines");
        request.Refuse("versionDescription", "versions of state machines");
        request.Refuse("tags", "tags of state machines");
        if (request["encryptionConfiguration"] is JsonObject encryption && encryption.Text("type") != "AWS_OWNED_KEY")
            throw Refusals.Unsupported("customer managed keys");
    }

    private static (long StartedAt, long Id)? Place(string? after)
    {
        if (after is null)
            return null;
        string[] parts = after.Split(' ');
        return parts.Length == 2 ? (Page.Number(parts[0]), Page.Number(parts[1])) : throw Refusals.InvalidToken();
    }
}
