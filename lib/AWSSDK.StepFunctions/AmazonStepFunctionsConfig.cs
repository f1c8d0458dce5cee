using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.StepFunctions.Internal;
using Amazon.Util.Internal;
using ExecutionContext = Amazon.Runtime.Internal.ExecutionContext;

namespace Amazon.StepFunctions;

/// <summary>The settings of a client of AWS Step Functions.</summary>
public class AmazonStepFunctionsConfig : ClientConfig
{
    private static readonly string _userAgent = InternalSDKUtils.BuildUserAgentString(AmazonStepFunctionsMetadata.Id, "4.0.0");

    /// <summary>The defaults, with region, endpoint and credentials as the environment and the profile give them.</summary>
    public AmazonStepFunctionsConfig()
        : base(new DefaultConfigurationProvider(AmazonStepFunctionsDefaultConfiguration.GetAllConfigurations()))
    {
        // The id finds AWS_ENDPOINT_URL_SFN and the profile's `sfn` section; the name goes into the signature.
        base.ServiceId = AmazonStepFunctionsMetadata.Id;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new AmazonStepFunctionsEndpointProvider();
    }

    /// <summary>The service's id in the AWS SDKs: <c>SFN</c>.</summary>
    public static new string ServiceId => AmazonStepFunctionsMetadata.Id;

    /// <summary>The service's name in endpoints: <c>states</c>.</summary>
    public override string RegionEndpointServiceName => "states";

    /// <summary>The version of the service's API.</summary>
    public override string ServiceVersion => "2016-11-23";

    /// <summary>What the client calls itself.</summary>
    public override string UserAgent => _userAgent;

    /// <summary>The endpoint that a request would go to.</summary>
    /// <param name="parameters">The request, and a region in place of the configured one.</param>
    /// <exception cref="AmazonClientException">There is neither a region nor an endpoint.</exception>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var request = new DefaultRequest(parameters.Request, ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint };
        var context = new RequestContext(enableMetric: false)
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = request,
        };
        return new AmazonStepFunctionsEndpointResolver().GetEndpoint(new ExecutionContext(context, null));
    }
}
