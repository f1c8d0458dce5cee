using Amazon.Runtime;

namespace Archiver.Infra.Tests.Actions;

/// <summary>The HTTP of a client whose process dies at a call, before or after it took effect: no call after it goes through either.</summary>
internal sealed class KillableHttp : HttpClientFactory, IDisposable
{
    private readonly HttpClient _client;
    private int _made;
    private int _killAt = int.MaxValue;
    private bool _takesEffect;

    public KillableHttp() => _client = new HttpClient(new Handler(this)) { Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>How many calls were made since <see cref="KillAt"/>.</summary>
    public int Made => _made;

    /// <summary>Begins to count, and says at which call the process dies.</summary>
    public void KillAt(int call, bool takesEffect) => (_made, _killAt, _takesEffect) = (0, call, takesEffect);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _client.Dispose();

    private sealed class Handler(KillableHttp http) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            int call = Interlocked.Increment(ref http._made);
            if (call > http._killAt || (call == http._killAt && !http._takesEffect)) throw new HttpRequestException("The process is dead.");
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (call < http._killAt) return response;
            response.Dispose();
            throw new HttpRequestException("The process is dead.");
        }
    }
}
