using System.Net;
using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Infra.Tests.LocalCloud.Signing;

/// <summary>A local cloud that takes one key, and the real SDK's clients with that key and others.</summary>
public sealed class SignedCloud : IAsyncLifetime
{
    public const string AccessKeyId = "AKIDARCHIVERTEST";
    public const string Secret = "correct-horse/battery+staple";

    private TestCloud? _cloud;

    public static BasicAWSCredentials Right { get; } = new(AccessKeyId, Secret);

    public static BasicAWSCredentials WrongSecret { get; } = new(AccessKeyId, "correct-horse/battery+stapler");

    public static BasicAWSCredentials WrongKey { get; } = new("AKIDARCHIVERTOAST", Secret);

    public Uri Endpoint => _cloud!.Endpoint;

    public string DataDirectory => _cloud!.DataDirectory;

    /// <summary>The cloud's clock.</summary>
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    internal TestCloud Cloud => _cloud!;

    public async ValueTask InitializeAsync() => _cloud = await TestCloud.StartAsync(
        Time, configure: options => (options.AccessKeyId, options.SecretAccessKey) = (AccessKeyId, Secret));

    public ValueTask DisposeAsync() => _cloud?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Makes a client of the real SDK.</summary>
    /// <param name="tamper">What happens to a request on its way, after it was signed.</param>
    public TClient Client<TConfig, TClient>(
        TConfig config, Func<AWSCredentials, TConfig, TClient> create, AWSCredentials? credentials = null, Action<HttpRequestMessage>? tamper = null)
        where TConfig : ClientConfig
    {
        config.ServiceURL = Endpoint.ToString();
        config.AuthenticationRegion = "us-east-1";
        config.MaxErrorRetry = 0;
        if (tamper is not null)
            config.HttpClientFactory = new Wiretap(tamper);
        return create(credentials ?? Right, config);
    }

    private sealed class Wiretap(Action<HttpRequestMessage> tamper) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(tamper));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        private sealed class Handler(Action<HttpRequestMessage> tamper) : DelegatingHandler(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None })
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                tamper(request);
                return base.SendAsync(request, cancellationToken);
            }
        }
    }
}
