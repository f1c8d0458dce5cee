using System.Globalization;
using Amazon.StepFunctions.Model;
using Amazon.StepFunctions.Tests.Wire;
using FsCheck.Xunit;

namespace Amazon.StepFunctions.Tests;

/// <summary>Times: what the service writes is what is read, to the tick.</summary>
public sealed class TimePropertyTests
{
    [Property(MaxTest = 100)]
    public async Task<bool> StopExecution_AnyTime_IsReadExactly(DateTime time)
    {
        var stopped = DateTime.SpecifyKind(time, DateTimeKind.Utc);
        var seconds = (stopped - DateTime.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond;
        var service = new FakeService().Answers(string.Create(CultureInfo.InvariantCulture, $$"""{"stopDate":{{seconds}}}"""));
        using var client = service.Client();

        var response = await client.StopExecutionAsync(new StopExecutionRequest());

        return response.StopDate == stopped && response.StopDate.Value.Kind == DateTimeKind.Utc;
    }
}
