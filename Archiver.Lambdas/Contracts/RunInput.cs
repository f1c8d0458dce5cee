using System.Text.Json.Serialization;

namespace Archiver.Lambdas.Contracts;

/// <summary>
/// The input of a run; <c>{}</c> runs on a simulated file. Members that are not named here are ignored, so that a starter may
/// add its own.
/// </summary>
public sealed record RunInput
{
    /// <summary>The file's bucket; given together with <see cref="Key"/>.</summary>
    [JsonPropertyName("bucket")]
    public string? Bucket { get; init; }

    /// <summary>The file's key in the bucket.</summary>
    [JsonPropertyName("key")]
    public string? Key { get; init; }

    /// <summary>The version of the file that the run is about; the current one when absent. Given only with <see cref="Key"/>.</summary>
    [JsonPropertyName("version_id")]
    public string? VersionId { get; init; }

    /// <summary>Whether a reviewer is to decide; no when absent.</summary>
    [JsonPropertyName("approval_needed")]
    public bool? ApprovalNeeded { get; init; }

    /// <summary>
    /// Who starts the run. The dashboard says so of everybody who starts one there; a value of another form names nobody, since
    /// it may be another starter's own.
    /// </summary>
    [JsonPropertyName("startedBy")]
    public Starter? StartedBy { get; init; }

    /// <summary>What of the simulated file is fixed and not random; not together with a real file.</summary>
    [JsonPropertyName("simulate")]
    public Simulation? Simulate { get; init; }
}

/// <summary>What is fixed of a simulated file; the rest is random.</summary>
public sealed record Simulation
{
    /// <summary>The archive flag.</summary>
    [JsonPropertyName("archive")]
    public bool? Archive { get; init; }

    /// <summary>The quality, 0 to 100.</summary>
    [JsonPropertyName("quality")]
    public int? Quality { get; init; }
}
