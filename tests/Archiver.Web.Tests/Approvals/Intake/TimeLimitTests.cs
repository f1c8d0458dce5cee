using Archiver.Web.Approvals.Intake;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Approvals.Intake;

public sealed class TimeLimitTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Run_ACallThatAnswers_GivesItsAnswer() =>
        Assert.Equal(7, await TimeLimit.RunAsync("It", TimeSpan.FromSeconds(5), _time, _ => Task.FromResult(7), TestContext.Current.CancellationToken));

    [Fact]
    public async Task Run_ACallThatHangs_FailsWhenItsTimeIsUp()
    {
        Task<int> call = TimeLimit.RunAsync("The queue", TimeSpan.FromSeconds(5), _time, HangAsync, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(.1));

        Assert.Equal("The queue did not answer within 5 s.", (await Assert.ThrowsAsync<IOException>(() => call)).Message);
    }

    [Fact]
    public async Task Run_TheCallerGivesUp_IsCanceledAndNoFailure()
    {
        using CancellationTokenSource stop = new();
        Task<int> call = TimeLimit.RunAsync("The queue", TimeSpan.FromSeconds(5), _time, HangAsync, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static async Task<int> HangAsync(CancellationToken cancellationToken)
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        return 0;
    }
}
