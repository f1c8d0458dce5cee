using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Archiver.Web.Api.Answers;
using Archiver.Web.Cloud;

namespace Archiver.Web.Api.Idempotency;

/// <summary>Carries a request with an <c>Idempotency-Key</c> out once: the same again has the same answer, another of the same key is refused.</summary>
internal sealed partial class OnceOnly(IIdempotency idempotency, TimeProvider time, ILogger<OnceOnly> logger)
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The longest key, in characters.</summary>
    public const int LongestKey = 255;

    /// <summary>Reads the key of a request.</summary>
    /// <returns>The key, nothing where there is none; or why it can't be one.</returns>
    public static (string? Key, ApiAnswer? Problem) KeyOf(HttpRequest request) => request.Headers[Header] switch
    {
        { Count: 0 } => (null, null),
        [{ Length: > 0 and <= LongestKey } key] when key.All(character => character is > ' ' and <= '~') => (key, null),
        _ => (null, ApiProblem.Field(Header, string.Create(CultureInfo.InvariantCulture, $"{Header} is one key of 1 to {LongestKey} ASCII characters without spaces."))),
    };

    /// <summary>What a request is, in short: method, address, body.</summary>
    public static string HashOf(HttpRequest request, ReadOnlySpan<byte> body)
    {
        byte[] head = Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n");
        return Convert.ToHexStringLower(SHA256.HashData([.. head, .. body]));
    }

    /// <summary>Carries a request out, or gives the answer that it had.</summary>
    /// <param name="person">Whose request.</param>
    /// <param name="key">Its key.</param>
    /// <param name="hash">What it is.</param>
    /// <param name="act">Carries it out, told whether an earlier one of the key ended without an answer.</param>
    public async Task<ApiAnswer> RunAsync(string person, string key, string hash, Func<bool, Task<ApiAnswer>> act, CancellationToken cancellationToken)
    {
        switch (await idempotency.BeginAsync(person, key, hash, cancellationToken))
        {
            case IdempotencyOutcome.Repeated repeated:
                return repeated.Answer;
            case IdempotencyOutcome.UnderWay:
                return ApiProblem.UnderWay.Answer("A request of this key is being carried out. Ask again in a moment.") with { RetryAfter = 1 };
            case IdempotencyOutcome.Another:
                return ApiProblem.KeyReused.Answer("The key was used for another request within a day. Take a new one.");
            case IdempotencyOutcome.First first:
                return await ActAsync(first.Ticket, act);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<ApiAnswer> ActAsync(IdempotencyTicket ticket, Func<bool, Task<ApiAnswer>> act)
    {
        ApiAnswer? answer = null;
        try
        {
            answer = await ActKeptAsync(ticket, act);
            return answer;
        }
        finally
        {
            await EndAsync(ticket, answer);
        }
    }

    private async Task<ApiAnswer> ActKeptAsync(IdempotencyTicket ticket, Func<bool, Task<ApiAnswer>> act)
    {
        using CancellationTokenSource done = new();
        Task keeping = KeepAsync(ticket, done.Token);
        try
        {
            return await act(ticket.IsTakenOver);
        }
        finally
        {
            await done.CancelAsync();
            await keeping;
        }
    }

    // What ended without an answer may have been done in part: whoever asks again does it again, knowing that.
    private async Task EndAsync(IdempotencyTicket ticket, ApiAnswer? answer)
    {
        try
        {
            if (answer is { IsPassing: false }) await idempotency.CompleteAsync(ticket, answer, CancellationToken.None);
            else await idempotency.ReleaseAsync(ticket, CancellationToken.None);
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            // The caller has the answer. Who asks again is told that it is under way until the lease ends, and then it is done again, too.
            LogNotKept(logger, exception);
        }
    }

    private async Task KeepAsync(IdempotencyTicket ticket, CancellationToken done)
    {
        TimeSpan interval = idempotency.Lease / 3;
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(interval, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested) return;
            try
            {
                await idempotency.KeepAsync(ticket, done);
            }
            catch (Exception exception) when (CloudFailure.Is(exception))
            {
                if (!done.IsCancellationRequested) LogNotKept(logger, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer to a request with a key could not be kept.")]
    private static partial void LogNotKept(ILogger logger, Exception exception);
}
