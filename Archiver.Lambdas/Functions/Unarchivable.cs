using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>Moves a file that is marked as not to be archived to the rejected bucket, under a prefix of its own, so that it does not stay in the inbox for good. Run again, it comes to the same end and says the same.</summary>
public sealed class Unarchivable
{
    private readonly FileAction _action;

    /// <summary>Makes the function in the managed runtime.</summary>
    public Unarchivable() : this(FunctionServices.FromProcess()) { }

    /// <summary>Makes the function. Its environment has <c>REJECTED_BUCKET</c>, the bucket's name.</summary>
    /// <exception cref="FunctionConfigurationException">The variable is missing.</exception>
    public Unarchivable(FunctionServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _action = new FileAction(ResultAction.Unarchivable, new FileMover(services, services.Text("REJECTED_BUCKET"), (key, _) => TargetKey.Unarchivable(key)).MoveAsync);
    }

    /// <summary>Acts on the file; on a simulated one there is nothing to do.</summary>
    /// <param name="input">The run's state, and when the run came here.</param>
    /// <returns>The result, and the item that records it.</returns>
    /// <exception cref="FunctionException">Why the file could not be moved, in words.</exception>
    public Task<Stream> HandleAsync(Stream input) => _action.HandleAsync(input);
}
