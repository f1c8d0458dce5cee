using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Tests.Wire;

/// <summary>
/// The service, as far as one test needs it: it keeps each request and gives the answers that it was told to, the last one
/// again and again.
/// </summary>
internal sealed class FakeService : HttpMessageHandler
{
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ConcurrentQueue<Func<HttpResponseMessage>> _answers = new();

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Brings the calls of any client here.</summary>
    public HttpClientFactory HttpClientFactory => new Factory(this);

    public RecordedRequest Request => Assert.Single(_requests);

    public FakeService Answers(
        string body = "{}", HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(() =>
        {
            var response = new HttpResponseMessage(status)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0"),
            };
            response.Headers.Add("x-amzn-RequestId", "request-1");
            foreach (var (name, value) in headers)
                response.Headers.Add(name, value);
            return response;
        });
        return this;
    }

    public FakeService Refuses(string code, string message = "No.", HttpStatusCode status = HttpStatusCode.BadRequest) =>
        Answers($$"""{"__type":"{{code}}","message":"{{message}}"}""", status);

    /// <summary>A client whose every call comes here, with settings that the environment has no say in.</summary>
    public AmazonStepFunctionsClient Client(Action<AmazonStepFunctionsConfig>? configure = null) =>
        new(new SessionAWSCredentials("AKIDEXAMPLE", "secret", "session"), Config(configure));

    public AmazonStepFunctionsConfig Config(Action<AmazonStepFunctionsConfig>? configure = null)
    {
        var config = new AmazonStepFunctionsConfig
        {
            RegionEndpoint = RegionEndpoint.EUWest1,
            IgnoreConfiguredEndpointUrls = true,
            HttpClientFactory = HttpClientFactory,
        };
        configure?.Invoke(config);
        return config;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _requests.Enqueue(await RecordedRequest.FromAsync(request, cancellationToken));
        var answer = _answers.Count > 1 && _answers.TryDequeue(out var first) ? first
            : _answers.TryPeek(out var last) ? last
            : throw new InvalidOperationException("The test gave no answer.");
        return answer();
    }

    private sealed class Factory(FakeService service) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(service, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}
