using Amazon.S3;
using Archiver.Lambdas.Functions;

namespace Archiver.Infra.LocalCloud.Lambda;

/// <summary>What functions of this cloud draw from their surroundings: the real SDK's client, pointed at the wire.</summary>
internal sealed class LambdaServices(CloudEndpoint endpoint, CloudIdentity identity, LocalCloudOptions options, TimeProvider time) : IDisposable
{
    // A copy of 5 GB is answered when it is done, and a function runs for 15 minutes at most.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private AmazonS3Client? _s3;
    private bool _disposed;

    /// <summary>The surroundings of a function with that environment; the cloud's port must be bound.</summary>
    public FunctionServices For(IReadOnlyDictionary<string, string> environment) => new(S3(), environment, time, Random.Shared);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _s3?.Dispose();
        }
    }

    private AmazonS3Client S3()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _s3 ??= new AmazonS3Client(options.CreateCredentials(), new AmazonS3Config
            {
                ServiceURL = endpoint.Uri.ToString(),
                AuthenticationRegion = identity.Region,
                ForcePathStyle = true,
                Timeout = AnswerTimeout,
            });
        }
    }
}
