using System.Net;
using System.Text;
using Amazon.Runtime;

namespace Archiver.Web.Tests.Faults;

/// <summary>Gives the SDK's clients an HTTP client that disturbs their calls by a plan.</summary>
internal sealed class FaultyHttp(IFaultPlan plan) : HttpClientFactory, IDisposable
{
    private readonly HttpClient _client = new(new Handler(plan));

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    // One client for all, and it lasts: the SDK neither keeps nor disposes of it.
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _client.Dispose();

    private sealed class Handler(IFaultPlan plan) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string[] target = request.Headers.GetValues("X-Amz-Target").Single().Split('.');
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            CloudCall call = new(target[0], target[1], body);
            switch (plan.Next(call))
            {
                case Fault.Fail:
                    return Error(request, call, HttpStatusCode.InternalServerError, call.Service switch
                    {
                        CloudCall.DynamoDb => "com.amazonaws.dynamodb.v20120810#InternalServerError",
                        CloudCall.Sqs => "com.amazonaws.sqs#InternalError",
                        _ => "InternalFailure",
                    }, "The service failed.");
                case Fault.Throttle:
                    return call.Service switch
                    {
                        // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
                        CloudCall.DynamoDb => Error(request, call, HttpStatusCode.BadRequest, "com.amazonaws.dynamodb.v20120810#ThrottlingException", "Throughput exceeds the current capacity of your table or index."),
                        // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
                        CloudCall.Sqs => Error(request, call, HttpStatusCode.Forbidden, "com.amazonaws.sqs#RequestThrottled", "The request was denied due to request throttling."),
                        // https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html
                        _ => Error(request, call, HttpStatusCode.BadRequest, "ThrottlingException", "Rate exceeded"),
                    };
                case Fault.TimeOut:
                    // As HttpClient itself says it.
                    throw new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout.", new TimeoutException());
                case Fault.LoseAnswer:
                    (await base.SendAsync(request, cancellationToken)).Dispose();
                    throw new HttpRequestException(
                        HttpRequestError.ResponseEnded, "An error occurred while sending the request.",
                        new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."));
                default:
                    return await base.SendAsync(request, cancellationToken);
            }
        }

        private static HttpResponseMessage Error(HttpRequestMessage request, CloudCall call, HttpStatusCode status, string type, string message)
        {
            HttpResponseMessage response = new(status)
            {
                RequestMessage = request,
                Content = new StringContent($$"""{"__type":"{{type}}","message":"{{message}}"}""", Encoding.UTF8, "application/x-amz-json-1.0"),
            };
            response.Headers.Add("x-amzn-RequestId", Guid.NewGuid().ToString());
            // SQS names its errors as it did before it spoke JSON, too.
            if (call.Service == CloudCall.Sqs) response.Headers.Add("x-amzn-query-error", $"{type.Split('#')[1]};{(status == HttpStatusCode.Forbidden ? "Sender" : "Receiver")}");
            return response;
        }
    }
}
