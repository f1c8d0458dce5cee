namespace Archiver.Infra.LocalCloud.Lambda;

/// <summary>How an invocation ended.</summary>
/// <param name="Payload">What the function gave, or on an error the error object
/// (<c>errorType</c>, <c>errorMessage</c>, <c>stackTrace</c>), as UTF-8 JSON.</param>
/// <param name="FunctionError">Nothing on success; <c>Unhandled</c> when the function threw.</param>
internal sealed record LambdaResult(ReadOnlyMemory<byte> Payload, string? FunctionError);

/// <summary>Runs the stack's functions, in process.</summary>
internal interface ILambdaRuntime
{
    /// <summary>Invokes a function and waits for its answer.</summary>
    /// <param name="function">Its name, partial or full ARN.</param>
    /// <param name="payload">The event, as UTF-8 JSON.</param>
    /// <exception cref="Wire.AwsError"><c>ResourceNotFoundException</c>: there is no such function.</exception>
    Task<LambdaResult> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
