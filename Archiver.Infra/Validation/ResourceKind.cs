namespace Archiver.Infra.Validation;

/// <summary>A kind of resource that a Task state calls.</summary>
/// <param name="Word">What a person calls it.</param>
/// <param name="Code">What a finding of one that is missing is called.</param>
/// <param name="Type">Its type in a template.</param>
internal sealed record ResourceKind(string Word, string Code, string Type)
{
    public static readonly ResourceKind Function = new("function", "UNKNOWN_FUNCTION", "AWS::Serverless::Function");
    public static readonly ResourceKind Queue = new("queue", "UNKNOWN_QUEUE", "AWS::SQS::Queue");
    public static readonly ResourceKind Table = new("table", "UNKNOWN_TABLE", "AWS::DynamoDB::Table");
    public static readonly ResourceKind StateMachine = new("state machine", "UNKNOWN_STATE_MACHINE", "AWS::Serverless::StateMachine");
}
