#nullable enable
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.StepFunctions.Model.Internal.MarshallTransformations;

/// <summary>Turns a request into HTTP: AWS JSON 1.0, the operation in a header and the members in the body.</summary>
/// <param name="operation">The operation's name on the wire.</param>
/// <param name="body">How the request is written.</param>
/// <param name="hostPrefix">What the operation puts before the endpoint's host, if anything.</param>
/// <param name="complete">Fills in what the caller may leave to the client; it leaves the caller's request as it is.</param>
internal sealed class OperationMarshaller<TRequest>(
    string operation, JsonTypeInfo<TRequest> body, string? hostPrefix, Func<TRequest, TRequest>? complete)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonStepFunctionsRequest
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = (TRequest)input;
        return new DefaultRequest(input, "Amazon.StepFunctions")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            HostPrefix = hostPrefix,
            Content = JsonSerializer.SerializeToUtf8Bytes(complete is null ? request : complete(request), body),
            Headers =
            {
                ["X-Amz-Target"] = $"AWSStepFunctions.{operation}",
                [HeaderKeys.ContentTypeHeader] = "application/x-amz-json-1.0",
                [HeaderKeys.XAmzApiVersion] = "2016-11-23",
            },
        };
    }
}
