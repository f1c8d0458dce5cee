using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>Step Functions' answers as they stand on the wire.</summary>
internal static class Responses
{
    /// <summary>A moment: seconds since 1970, with milliseconds.</summary>
    public static JsonNode Time(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() / 1000m;

    /// <summary>A status' name.</summary>
    public static string Status(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Running => "RUNNING",
        ExecutionStatus.Succeeded => "SUCCEEDED",
        ExecutionStatus.Failed => "FAILED",
        ExecutionStatus.TimedOut => "TIMED_OUT",
        ExecutionStatus.Aborted => "ABORTED",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>The type of a machine.</summary>
    public static string Type(bool express) => express ? "EXPRESS" : "STANDARD";

    /// <summary>An entry of <c>ListStateMachines</c>.</summary>
    public static JsonObject Summary(Machine machine) => new()
    {
        ["stateMachineArn"] = machine.Arn,
        ["name"] = machine.Name,
        ["type"] = Type(machine.Express),
        ["creationDate"] = Time(machine.CreatedAt),
    };

    /// <summary>The answer of <c>DescribeStateMachine</c>.</summary>
    public static JsonObject Description(Machine machine)
    {
        JsonObject answer = Summary(machine);
        answer["status"] = machine.Deleting ? "DELETING" : "ACTIVE";
        AddRevision(answer, machine.Revision);
        return answer;
    }

    /// <summary>The answer of <c>DescribeStateMachineForExecution</c>.</summary>
    public static JsonObject Description(Execution execution, MachineRevision revision)
    {
        JsonObject answer = new()
        {
            ["stateMachineArn"] = execution.MachineArn,
            ["name"] = execution.MachineArn[(execution.MachineArn.LastIndexOf(':') + 1)..],
            ["updateDate"] = Time(revision.CreatedAt),
        };
        AddRevision(answer, revision);
        return answer;
    }

    /// <summary>An entry of <c>ListExecutions</c>.</summary>
    public static JsonObject Summary(Execution execution)
    {
        JsonObject answer = new()
        {
            ["executionArn"] = execution.Arn,
            ["stateMachineArn"] = execution.MachineArn,
            ["name"] = execution.Name,
            ["status"] = Status(execution.Status),
            ["startDate"] = Time(execution.StartedAt),
            ["redriveCount"] = execution.RedriveCount,
        };
        if (execution.StoppedAt is { } stoppedAt)
            answer["stopDate"] = Time(stoppedAt);
        if (execution.RedrivenAt is { } redrivenAt)
            answer["redriveDate"] = Time(redrivenAt);
        return answer;
    }

    /// <summary>The answer of <c>DescribeExecution</c>.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="whyNotRedrivable">Why it can't be redriven; nothing when it can.</param>
    /// <param name="withData">With input, output, error and cause.</param>
    public static JsonObject Description(Execution execution, string? whyNotRedrivable, bool withData)
    {
        JsonObject answer = Summary(execution);
        answer["redriveStatus"] = whyNotRedrivable is null ? "REDRIVABLE" : "NOT_REDRIVABLE";
        Add(answer, "redriveStatusReason", whyNotRedrivable);
        Add(answer, "traceHeader", execution.TraceHeader);
        AddData(answer, execution.Input, execution.Output, execution.Error, execution.Cause, withData);
        return answer;
    }

    /// <summary>The answer of <c>StartSyncExecution</c>.</summary>
    public static JsonObject Description(Execution execution, ExecutionSnapshot end, bool withData)
    {
        DateTimeOffset stoppedAt = end.StopTime ?? execution.StartedAt;
        JsonObject answer = new()
        {
            ["executionArn"] = execution.Arn,
            ["stateMachineArn"] = execution.MachineArn,
            ["name"] = execution.Name,
            ["startDate"] = Time(execution.StartedAt),
            ["stopDate"] = Time(stoppedAt),
            // The operation knows no ABORTED: only a machine that is deleted meanwhile aborts an express execution.
            ["status"] = Status(end.Status == ExecutionStatus.Aborted ? ExecutionStatus.Failed : end.Status),
            ["billingDetails"] = new JsonObject
            {
                ["billedMemoryUsedInMB"] = 64,
                ["billedDurationInMilliseconds"] = (long)Math.Ceiling((stoppedAt - execution.StartedAt).TotalMilliseconds / 100) * 100,
            },
        };
        Add(answer, "traceHeader", execution.TraceHeader);
        string? output = end.Status == ExecutionStatus.Succeeded ? JsonText.Write(end.Output) : null;
        AddData(answer, execution.Input, output, end.Error ?? (end.Status == ExecutionStatus.TimedOut ? "States.Timeout" : null), end.Cause, withData);
        return answer;
    }

    /// <summary>An event of <c>GetExecutionHistory</c>.</summary>
    public static JsonObject Event(EventRow row, bool withData)
    {
        JsonObject answer = new()
        {
            ["timestamp"] = Time(ExecutionRow.Time(row.At)),
            ["type"] = row.Type,
            ["id"] = row.Id,
            ["previousEventId"] = row.Previous,
        };
        if (row.DetailsName is null || row.Details is null || JsonText.Parse(row.Details) is not JsonObject details)
            return answer;
        if (!withData)
        {
            foreach (string member in (string[])["input", "output", "parameters"])
                details.Remove(member);
        }
        answer[row.DetailsName] = details;
        return answer;
    }

    /// <summary>An entry of <c>ValidateStateMachineDefinition</c>.</summary>
    public static JsonObject Finding(Diagnostic finding) => new()
    {
        ["severity"] = finding.Severity == DiagnosticSeverity.Error ? "ERROR" : "WARNING",
        ["code"] = finding.Code,
        ["message"] = finding.Message,
        ["location"] = finding.Path,
    };

    private static void AddRevision(JsonObject answer, MachineRevision revision)
    {
        answer["definition"] = revision.Definition;
        answer["roleArn"] = revision.RoleArn;
        Add(answer, "revisionId", revision.RevisionId);
        answer["loggingConfiguration"] = JsonNode.Parse(revision.Logging ?? """{"level":"OFF","includeExecutionData":false}""");
        answer["tracingConfiguration"] = JsonNode.Parse(revision.Tracing ?? """{"enabled":false}""");
    }

    private static void AddData(JsonObject answer, string input, string? output, string? error, string? cause, bool withData)
    {
        answer["inputDetails"] = new JsonObject { ["included"] = withData };
        if (output is not null)
            answer["outputDetails"] = new JsonObject { ["included"] = withData };
        if (!withData)
            return;
        answer["input"] = input;
        Add(answer, "output", output);
        Add(answer, "error", error);
        Add(answer, "cause", cause);
    }

    private static void Add(JsonObject answer, string member, string? text)
    {
        if (text is not null)
            answer[member] = text;
    }
}
