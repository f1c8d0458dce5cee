namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>A state machine as it stands now.</summary>
/// <param name="Arn">Its ARN, which its name decides.</param>
/// <param name="Name">1 to 80 characters, unique.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Deleting">It was deleted, and executions of it still run.</param>
/// <param name="Revision">What it does now.</param>
internal sealed record Machine(string Arn, string Name, DateTimeOffset CreatedAt, bool Deleting, MachineRevision Revision)
{
    /// <summary>Whether it is <c>EXPRESS</c>; else <c>STANDARD</c>. It never changes.</summary>
    public bool Express => Revision.Express;
}

/// <summary>One definition that a state machine has or had.</summary>
/// <param name="Id">Its number, 0 before it is stored.</param>
/// <param name="RevisionId">The name that an update gave it; nothing for the definition that the machine was created with.</param>
/// <param name="Express">Whether the machine is <c>EXPRESS</c>.</param>
/// <param name="Definition">The Amazon States Language, as it came.</param>
/// <param name="RoleArn">The role, which the local cloud names and doesn't enforce.</param>
/// <param name="Logging">The logging configuration as JSON, kept and shown.</param>
/// <param name="Tracing">The tracing configuration as JSON, kept and shown.</param>
/// <param name="CreatedAt">When the machine got it.</param>
internal sealed record MachineRevision(
    long Id, string? RevisionId, bool Express, string Definition, string RoleArn, string? Logging, string? Tracing, DateTimeOffset CreatedAt);
