namespace Archiver.Web.Approvals.Intake;

/// <summary>Holds a call to a time: a cloud that does not answer at all fails like one that refuses, and as soon as is useful.</summary>
internal static class TimeLimit
{
    /// <summary>Makes a call that has so long to answer.</summary>
    /// <param name="who">Who is called, the beginning of a sentence.</param>
    /// <param name="limit">How long it has.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="IOException">It did not answer in time. It may have done what it was asked all the same.</exception>
    public static async Task<T> RunAsync<T>(
        string who, TimeSpan limit, TimeProvider time, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = new(limit, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, cancellationToken);
        try
        {
            return await call(both.Token);
        }
        catch (OperationCanceledException exception) when (limited.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{who} did not answer within {limit.TotalSeconds:0} s.", exception);
        }
    }
}
