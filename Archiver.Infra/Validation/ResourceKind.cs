namespace Archiver.Infra.Validation;

/// <summary>A kind of resource that a Task state calls.</summary>
/// <param name="Word">What a person calls it.</param>
/// <param name="Code">What a finding of one that is missing is called.</param>
/// <param name="Types">Its types in a template.</param>
internal sealed record ResourceKind(string Word, string Code, params IReadOnlyList<string> Types)
{
    public static readonly ResourceKind Function = new("function", "UNKNOWN_FUNCTION", "AWS::Serverless::Function", "AWS::Lambda::Function");
    public static readonly ResourceKind Queue = new("queue", "UNKNOWN_QUEUE", "AWS::SQS::Queue");
    public static readonly ResourceKind Table = new("table", "UNKNOWN_TABLE", "AWS::DynamoDB::Table", "AWS::Serverless::SimpleTable");

    public static readonly ResourceKind StateMachine =
        new("state machine", "UNKNOWN_STATE_MACHINE", "AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine");

    public static readonly ResourceKind Activity = new("activity", "UNKNOWN_ACTIVITY", "AWS::StepFunctions::Activity");

    /// <summary>Whether a type is of this kind.</summary>
    public bool Has(string type) => Types.Contains(type);
}
