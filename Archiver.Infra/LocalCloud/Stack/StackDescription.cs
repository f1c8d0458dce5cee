namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>A stack that was created.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its ARN.</param>
/// <param name="CreatedAt">When this local cloud created it or took it up again.</param>
/// <param name="Resources">What was created, in that order.</param>
/// <param name="Outputs">What the template tells of it, in the template's order.</param>
public sealed record StackDescription(
    string Name, string Id, DateTimeOffset CreatedAt, IReadOnlyList<StackResource> Resources, IReadOnlyList<StackOutput> Outputs);

/// <summary>A resource of a stack.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type">Its type, such as <c>AWS::SQS::Queue</c>.</param>
/// <param name="PhysicalId">What <c>Ref</c> gives: a table's name, a queue's URL, a state machine's ARN.</param>
public sealed record StackResource(string LogicalId, string Type, string PhysicalId);

/// <summary>An output of a stack.</summary>
/// <param name="Name">Its name in the template.</param>
/// <param name="Value">Its value.</param>
/// <param name="Description">What the template says of it.</param>
/// <param name="ExportName">The name that other stacks would import it by.</param>
public sealed record StackOutput(string Name, string Value, string? Description, string? ExportName);

/// <summary>Where the created stack is found by those who tell of it.</summary>
internal sealed class CreatedStack
{
    /// <summary>The stack; nothing until it is created, or when there is no template.</summary>
    public StackDescription? Description { get; set; }
}
