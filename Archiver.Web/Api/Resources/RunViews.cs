using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Archiver.Web.Api.Requests;
using Archiver.Web.Runs;

namespace Archiver.Web.Api.Resources;

/// <summary>A run as programs see it.</summary>
/// <param name="Name">The execution's name.</param>
/// <param name="Arn">The execution's ARN.</param>
/// <param name="Status">Where it stands, in Step Functions' own words.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="StoppedAt">When it ended.</param>
internal sealed record RunView(string Name, string Arn, string Status, DateTimeOffset StartedAt, DateTimeOffset? StoppedAt)
{
    /// <summary>A run's view.</summary>
    public static RunView Of(RunSummary run) => new(run.Name, run.Arn, run.Status.Value, run.StartedAt, run.StoppedAt);
}

/// <summary>A page of runs.</summary>
/// <param name="Items">The runs.</param>
/// <param name="Next">The cursor of the next page; nothing at the end.</param>
internal sealed record RunsPageView(IReadOnlyList<RunView> Items, string? Next);

/// <summary>A run with what went in and out, and its events. Task tokens are hidden wherever a state machine put them.</summary>
internal sealed record RunDetailsView(
    RunView Run, JsonNode? Input, JsonNode? Output, string? Error, string? Cause, bool CanRedrive, IReadOnlyList<RunEventView> Events)
{
    /// <summary>A run's view.</summary>
    public static RunDetailsView Of(RunDetails run, IReadOnlyList<RunEvent> events) => new(
        RunView.Of(run.Summary), Data(run.Input), Data(run.Output), run.Error, run.Cause, run.CanRedrive,
        [.. events.Select(one => new RunEventView(one.Id, one.At, one.Type, one.Subject, one.Details.ToDictionary(detail => detail.Name, detail => detail.Value)))]);

    private static JsonNode? Data(string? text)
    {
        if (text is null) return null;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}

/// <summary>An event of a run's history.</summary>
internal sealed record RunEventView(long Id, DateTimeOffset At, string Type, string? Subject, IReadOnlyDictionary<string, string> Details);

/// <summary>Runs that were started.</summary>
/// <param name="Started">The names of those that were.</param>
/// <param name="Failed">Why others were not.</param>
internal sealed record StartedView(IReadOnlyList<string> Started, IReadOnlyList<string> Failed);

/// <summary>What a program starts.</summary>
internal sealed record StartRequest
{
    /// <summary>Whether a person is asked.</summary>
    [Description("Whether a person is asked; false where it is not said.")]
    public bool ApprovalNeeded { get; init; }

    /// <summary>Whether it is an express run.</summary>
    [Description("Whether the runs are express runs, for files in bulk: nobody is asked, each takes five minutes at most, and no list or history has them; what is left of one is its result, whose id is the run's name. Not together with `approvalNeeded`.")]
    public bool Express { get; init; }

    /// <summary>How many runs.</summary>
    [Description("How many runs on simulated metadata; 1 where it is not said. Not together with `key` or `input`."), Range(1, RunStarter.Most)]
    public int? Count { get; init; }

    /// <summary>The bucket.</summary>
    [Description("The bucket of the file: the inbox bucket, which it is where it is not said."), MaxLength(63)]
    public string? Bucket { get; init; }

    /// <summary>The key.</summary>
    [Description("The key of a file in the inbox bucket, for a run on that file."), MaxLength(1024)]
    public string? Key { get; init; }

    /// <summary>The input.</summary>
    [Description("The input of one run, as it is, where the members above can't say it. Not together with any of them but `express`.")]
    public JsonElement? Input { get; init; }

    /// <summary>How the runs are run, where they have no input of their own.</summary>
    [JsonIgnore]
    public RunKind Kind => ApprovalNeeded ? RunKind.WithApproval : Express ? RunKind.Express : RunKind.Automatic;

    /// <summary>Reads one.</summary>
    /// <param name="body">The body.</param>
    /// <param name="inbox">The inbox bucket.</param>
    public static StartRequest Read(BodyReader body, string inbox)
    {
        StartRequest request = new()
        {
            ApprovalNeeded = body.Flag("approvalNeeded") ?? false,
            Express = body.Flag("express") ?? false,
            Count = (int?)body.Number("count", 1, RunStarter.Most),
            Bucket = body.Text("bucket", 63),
            Key = body.Text("key", 1024),
            Input = body.Object("input", RunStarter.LargestInput),
        };
        if (request.Key is { Length: 0 }) body.Error("key", "is empty");
        if (request.Bucket is not null && request.Bucket != inbox) body.Error("bucket", $"is {inbox}: runs are started on files of the inbox bucket");
        if (request.Bucket is not null && request.Key is null) body.Error("key", "is missing: bucket and key name a file together");
        if (request.Key is not null && request.Count is not null) body.Error("count", "is for simulated files, and key names a real one");
        if (request is { Express: true, ApprovalNeeded: true }) body.Error("express", "is not for runs that ask a person, which an express run can't wait for");
        if (request.Input is { } input)
        {
            if (request.Express && input.TryGetProperty("approval_needed", out JsonElement asked) && asked.ValueKind == JsonValueKind.True)
                body.Error("input", "asks a person, and an express run can't wait for one");
            if (request is not { ApprovalNeeded: false, Count: null, Bucket: null, Key: null }) body.Error("input", "stands by itself");
            if (input.TryGetProperty(RunStarter.StartedBy, out _)) body.Error("input", $"has {RunStarter.StartedBy}, which only the dashboard says");
        }
        body.End();
        return request;
    }
}
