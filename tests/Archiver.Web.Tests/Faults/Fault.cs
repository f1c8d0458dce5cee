namespace Archiver.Web.Tests.Faults;

/// <summary>What can happen to a call on its way to the cloud and back.</summary>
internal enum Fault
{
    /// <summary>The service fails: nothing was done.</summary>
    Fail,

    /// <summary>Nothing comes back in time, and nothing was done.</summary>
    TimeOut,

    /// <summary>The service takes no more calls for now, in its own words.</summary>
    Throttle,

    /// <summary>The call is done, and its answer lost.</summary>
    LoseAnswer,
}

/// <summary>A call to the cloud.</summary>
/// <param name="Service">One of <see cref="Sqs"/>, <see cref="DynamoDb"/>, <see cref="States"/>.</param>
/// <param name="Action">What it asks for, such as <c>UpdateItem</c>.</param>
/// <param name="Body">Its body, JSON.</param>
internal sealed record CloudCall(string Service, string Action, string Body)
{
    public const string Sqs = "AmazonSQS";
    public const string DynamoDb = "DynamoDB_20120810";
    public const string States = "AWSStepFunctions";
}

/// <summary>Says what is to happen to each call. It is asked from many threads.</summary>
internal interface IFaultPlan
{
    /// <summary>What is to happen to a call; nothing where it goes through.</summary>
    Fault? Next(CloudCall call);
}
