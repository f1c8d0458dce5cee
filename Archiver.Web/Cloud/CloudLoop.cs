namespace Archiver.Web.Cloud;

/// <summary>How background work meets a cloud that fails now and then: it is told of, waited out with a growing pause, and tried again.</summary>
internal static class CloudLoop
{
    /// <summary>Does a step again and again until the host stops.</summary>
    /// <param name="step">The step; it may wait for work.</param>
    /// <param name="pause">What lies between two steps.</param>
    /// <param name="failed">Told of a failure, and how many there were in a row.</param>
    public static async Task RunAsync(
        Func<CancellationToken, Task> step, TimeSpan pause, Action<Exception, int> failed, TimeProvider time, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await UntilDoneAsync(step, failed, time, stoppingToken);
            if (pause > TimeSpan.Zero) await WaitAsync(pause, time, stoppingToken);
        }
    }

    /// <summary>Does a step once, as often as it takes.</summary>
    /// <inheritdoc cref="RunAsync" path="/param"/>
    public static async Task UntilDoneAsync(
        Func<CancellationToken, Task> step, Action<Exception, int> failed, TimeProvider time, CancellationToken stoppingToken)
    {
        for (int failures = 1; !stoppingToken.IsCancellationRequested; failures++)
        {
            try
            {
                await step(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (CloudFailure.Is(exception))
            {
                failed(exception, failures);
                await WaitAsync(Backoff.Delay(failures, Random.Shared.NextDouble()), time, stoppingToken);
            }
        }
    }

    private static async Task WaitAsync(TimeSpan time, TimeProvider clock, CancellationToken stoppingToken) =>
        await Task.Delay(time, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
