using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What an express execution is billed for.</summary>
public class BillingDetails
{
    /// <summary>The memory that is billed, in megabytes.</summary>
    [AWSProperty(Min = 0)]
    public long? BilledMemoryUsedInMB { get; set; }

    /// <summary>The duration that is billed, in milliseconds.</summary>
    [AWSProperty(Min = 0)]
    public long? BilledDurationInMilliseconds { get; set; }
}
