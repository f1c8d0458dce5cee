#nullable enable
using System.Collections.Frozen;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model.Internal.MarshallTransformations;

/// <summary>One operation of the service: how its request is written and its answer read.</summary>
/// <param name="name">Its name on the wire.</param>
/// <param name="errors">Its errors in the service's model.</param>
/// <param name="hostPrefix">What it puts before the endpoint's host, if anything.</param>
/// <param name="complete">Fills in what the caller may leave to the client, if anything.</param>
internal sealed class Operation<TRequest, TResponse>(
    string name,
    FrozenDictionary<string, ModeledError> errors,
    string? hostPrefix = null,
    Func<TRequest, TRequest>? complete = null)
    where TRequest : AmazonStepFunctionsRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    private readonly OperationMarshaller<TRequest> _marshaller = new(name, StepFunctionsJson.For<TRequest>(), hostPrefix, complete);
    private readonly OperationUnmarshaller<TResponse> _unmarshaller = new(StepFunctionsJson.For<TResponse>(), errors);

    /// <summary>The options of one call. The runtime may write to them, so every call has its own.</summary>
    public InvokeOptions Options() => new() { RequestMarshaller = _marshaller, ResponseUnmarshaller = _unmarshaller };
}
