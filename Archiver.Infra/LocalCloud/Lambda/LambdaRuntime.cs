using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.LocalCloud.Lambda;

/// <summary>Runs functions in this process, with Lambda's limits.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html</remarks>
internal sealed class LambdaRuntime(LambdaFunctions functions, TimeProvider time) : ILambdaRuntime
{
    /// <summary>The most bytes of an event and of an answer.</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    private const string Unhandled = "Unhandled";

    /// <inheritdoc/>
    public async Task<LambdaResult> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        LambdaFunction found = functions.Require(function);
        if (payload.Length > MaxPayloadBytes)
            throw new AwsError("RequestTooLargeException", $"{payload.Length} byte payload is too large for the RequestResponse invocation type (limit {MaxPayloadBytes} bytes)", 413);

        // On the pool: a handler may work a while before it first awaits, and its caller has other things to do.
        Task<ReadOnlyMemory<byte>> call = Task.Run(() => HandleAsync(found, payload), CancellationToken.None);
        try
        {
            ReadOnlyMemory<byte> answer = await call.WaitAsync(found.Timeout, time, cancellationToken);
            return answer.Length <= MaxPayloadBytes
                ? new LambdaResult(answer, FunctionError: null)
                : Error("Function.ResponseSizeTooLarge", $"Response payload size ({answer.Length} bytes) exceeded maximum allowed payload size ({MaxPayloadBytes} bytes).");
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            Forget(call);
            return Error(
                "Sandbox.Timedout",
                string.Create(CultureInfo.InvariantCulture, $"RequestId: {Guid.NewGuid()} Error: Task timed out after {found.Timeout.TotalSeconds:0.00} seconds"));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Forget(call);
            throw;
        }
        catch (Exception exception)
        {
            return Error(exception.GetType().Name, exception.Message, exception.StackTrace);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> HandleAsync(LambdaFunction function, ReadOnlyMemory<byte> payload)
    {
        using MemoryStream request = new(payload.ToArray(), writable: false);
        await using Stream response = await function.Code.HandleAsync(request);
        using MemoryStream answer = new();
        await response.CopyToAsync(answer);
        return answer.ToArray();
    }

    // Nobody reads the end of a call that was given up; it must not come back as an unobserved exception either.
    private static void Forget(Task call) => call.ContinueWith(
        static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private static LambdaResult Error(string type, string message, string? stackTrace = null)
    {
        JsonObject error = new() { ["errorType"] = type, ["errorMessage"] = message };
        if (stackTrace is not null)
            error["stackTrace"] = new JsonArray([.. stackTrace.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonValue.Create(line.Trim()))]);
        return new LambdaResult(Encoding.UTF8.GetBytes(JsonText.Write(error)), Unhandled);
    }
}
