using Archiver.Infra.LocalCloud.StepFunctions;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

public class RedrivabilityTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ExecutionStatus.Failed, 1, 10, false, null)]
    [InlineData(ExecutionStatus.TimedOut, 14, 24_998, false, null)]
    [InlineData(ExecutionStatus.Aborted, 0, 2, false, null)]
    [InlineData(ExecutionStatus.Running, 0, 2, false, "Execution is RUNNING and cannot be redriven")]
    [InlineData(ExecutionStatus.Succeeded, 0, 2, false, "Execution is SUCCEEDED and cannot be redriven")]
    [InlineData(ExecutionStatus.Failed, 14.001, 10, false, "Execution redrivable period exceeded")]
    [InlineData(ExecutionStatus.Failed, 366, 10, false, "Execution has exceeded the max execution time")]
    [InlineData(ExecutionStatus.Failed, 0, 24_999, false, "Execution history event limit exceeded")]
    [InlineData(ExecutionStatus.Failed, 0, 10, true, "State machine is in DELETING status")]
    public void WhyNot_Condition_GivesTheReason(ExecutionStatus status, double daysSinceEnd, long events, bool deleting, string? reason) =>
        Assert.Equal(reason, Redrivability.WhyNot(status, Start, Start, events, deleting, Start.AddDays(daysSinceEnd)));
}
