namespace Archiver.Infra.LocalCloud;

/// <summary>Where this local cloud answers; known once its port is bound.</summary>
internal sealed class CloudEndpoint
{
    private Uri? _uri;

    /// <summary>The endpoint, such as <c>http://127.0.0.1:4566/</c>.</summary>
    /// <exception cref="InvalidOperationException">Asked before the port was bound.</exception>
    public Uri Uri
    {
        get => _uri ?? throw new InvalidOperationException("The local cloud's port is not bound yet.");
        set => _uri = value;
    }
}

/// <summary>What a service does once the endpoint is bound, in the order of registration: create the stack, take up
/// executions. It ends before the local cloud says that it serves.</summary>
internal interface IStartupTask
{
    Task RunAsync(CancellationToken cancellationToken);
}
