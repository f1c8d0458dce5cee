using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// What is done when nobody answered in time: the file stays in the inbox, with a tag that says so. A new run can ask again. Run again,
/// it comes to the same end and says the same.
/// </summary>
public sealed class Expire
{
    private readonly FileAction _action;

    /// <summary>Makes the function in the managed runtime.</summary>
    public Expire() : this(FunctionServices.FromProcess()) { }

    /// <summary>Makes the function.</summary>
    public Expire(FunctionServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _action = new FileAction(ResultAction.Expired, new ExpiryTag(services.S3).AddAsync);
    }

    /// <summary>Tags the file; of a simulated one there is nothing to tag.</summary>
    /// <param name="input">The run's state, and when the run came here.</param>
    /// <returns>The result, and the item that records it.</returns>
    /// <exception cref="FunctionException">Why the file could not be tagged, in words.</exception>
    public Task<Stream> HandleAsync(Stream input) => _action.HandleAsync(input);
}
