using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>Moves a file from the inbox to the archive bucket, below the day's folder and with the evidence on it. Run again, it comes to the same end and says the same.</summary>
public sealed class Archive
{
    private readonly FileAction _action;

    /// <summary>Makes the function in the managed runtime.</summary>
    public Archive() : this(FunctionServices.FromProcess()) { }

    /// <summary>Makes the function. Its environment has <c>ARCHIVE_BUCKET</c>, the bucket's name.</summary>
    /// <exception cref="FunctionConfigurationException">The variable is missing.</exception>
    public Archive(FunctionServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _action = new FileAction(ResultAction.Archived, new FileMover(services, services.Text("ARCHIVE_BUCKET"), TargetKey.Archived).MoveAsync);
    }

    /// <summary>Acts on the file; on a simulated one there is nothing to do.</summary>
    /// <param name="input">The run's state, and when the run came here.</param>
    /// <returns>The result, and the item that records it.</returns>
    /// <exception cref="FunctionException">Why the file could not be moved, in words.</exception>
    public Task<Stream> HandleAsync(Stream input) => _action.HandleAsync(input);
}
