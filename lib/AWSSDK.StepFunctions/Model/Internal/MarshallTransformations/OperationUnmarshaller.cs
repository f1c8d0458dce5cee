#nullable enable
using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.StepFunctions.Model.Internal.MarshallTransformations;

/// <summary>Turns an answer into a response, or into the exception that the operation's model has for it.</summary>
/// <param name="body">How the response is read.</param>
/// <param name="errors">The errors that the operation has in the service's model, by their code.</param>
internal sealed class OperationUnmarshaller<TResponse>(
    JsonTypeInfo<TResponse> body, FrozenDictionary<string, ModeledError> errors) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    // A response without members has nothing to read, and its body may be empty.
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) =>
        (body.Properties.Count == 0 ? null : JsonSerializer.Deserialize(input.Stream, body)) ?? new TResponse();

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        error.InnerException = innerException;
        error.StatusCode = statusCode;

        return error.Code is not null && errors.TryGetValue(error.Code, out var modeled)
            ? modeled(error, input.GetResponseBodyBytes())
            : new AmazonStepFunctionsException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode);
    }
}
