using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// What is recorded when nobody answered in time. The file stays in the inbox: a new run can ask again. Run again, it says the same.
/// </summary>
public sealed class Expire
{
    private readonly FileAction _action = new(ResultAction.Expired, mover: null);

    /// <summary>Makes the function in the managed runtime. It needs nothing of its surroundings.</summary>
    public Expire() { }

    /// <summary>Makes the function.</summary>
    public Expire(FunctionServices services) => ArgumentNullException.ThrowIfNull(services);

    /// <summary>Says what is recorded.</summary>
    /// <param name="input">The run's state, and when the run came here.</param>
    /// <returns>The result, and the item that records it.</returns>
    public Task<Stream> HandleAsync(Stream input) => _action.HandleAsync(input);
}
