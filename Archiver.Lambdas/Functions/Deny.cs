using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>Moves a file that a reviewer denied to the rejected bucket, under the same key and with the reason on it. Run again, it comes to the same end and says the same.</summary>
public sealed class Deny
{
    private readonly FileAction _action;

    /// <summary>Makes the function in the managed runtime.</summary>
    public Deny() : this(FunctionServices.FromProcess()) { }

    /// <summary>Makes the function. Its environment has <c>REJECTED_BUCKET</c>, the bucket's name.</summary>
    /// <exception cref="FunctionConfigurationException">The variable is missing.</exception>
    public Deny(FunctionServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _action = new FileAction(ResultAction.Denied, new FileMover(services, services.Text("REJECTED_BUCKET"), (key, _) => key).MoveAsync);
    }

    /// <summary>Acts on the file; on a simulated one there is nothing to do.</summary>
    /// <param name="input">The run's state, and when the run came here.</param>
    /// <returns>The result, and the item that records it.</returns>
    /// <exception cref="FunctionException">Why the file could not be moved, in words.</exception>
    public Task<Stream> HandleAsync(Stream input) => _action.HandleAsync(input);
}
