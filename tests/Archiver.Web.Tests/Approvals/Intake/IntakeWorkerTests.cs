using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Intake;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Tests.Approvals.Intake;

public sealed class IntakeWorkerTests(CloudFixture cloud) : IAsyncLifetime
{
    private const int Receivers = 3;

    private IntakeHarness _harness = null!;
    private IntakeWorker _worker = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _harness = await IntakeHarness.CreateAsync(cloud);
        _worker = new IntakeWorker(
            _harness.Intake, _harness.DeadLetterIntake, _harness.Status, Options.Create(new ApprovalsOptions { Receivers = Receivers }), _harness.Time, NullLogger<IntakeWorker>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync(Cancel);
        _worker.Dispose();
        _harness.Dispose();
    }

    [Fact]
    public async Task Run_ManyMessagesSomeTwice_TakesEachInOnceAndEmptiesTheQueue()
    {
        string[] tokens = [.. Enumerable.Range(0, 60).Select(_ => $"token-{Guid.NewGuid():N}")];
        await Parallel.ForEachAsync(tokens.Concat(tokens.Take(20)), Cancel, async (token, _) => await _harness.SendAsync($$"""{"TaskToken":"{{token}}"}"""));

        await _worker.StartAsync(Cancel);
        await UntilAsync(async () => (await _harness.CountAsync()).Total == 0);
        await _worker.StopAsync(Cancel);

        Assert.Equal(60, _harness.Feed.Count);
        Assert.Equal(new IntakeState(), _harness.Status.State with { Waiting = 0, Lag = null });
    }

    [Fact]
    public async Task Run_TheQueueFailsAndIsBack_SaysSoAndGoesOn()
    {
        bool broken = true;
        _harness.Fault = (operation, _) => Volatile.Read(ref broken) && operation == "ReceiveMessage" ? IntakeHarness.Broken() : null;
        await _worker.StartAsync(Cancel);

        await _harness.UntilAsync(state => state.Failing?.Parts == Receivers);
        Assert.NotNull(_harness.Status.State.StalledSince);
        Assert.Equal(Receivers, _harness.Status.State.Receivers);

        Volatile.Write(ref broken, false);
        for (int i = 0; i < 30; i++) await _harness.SendAsync($$"""{"TaskToken":"token-{{Guid.NewGuid():N}}"}""");
        await UntilAsync(async () =>
        {
            _harness.Time.Advance(TimeSpan.FromMilliseconds(20));
            return (await _harness.CountAsync()).Total == 0;
        });
        Assert.Equal(30, _harness.Feed.Count);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo()) Cancel.ThrowIfCancellationRequested();
    }
}
