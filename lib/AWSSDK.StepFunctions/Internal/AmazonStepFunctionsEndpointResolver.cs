using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.StepFunctions.Endpoints;
using Amazon.Util;

namespace Amazon.StepFunctions.Internal;

/// <summary>The step of the pipeline that finds a request's endpoint.</summary>
public class AmazonStepFunctionsEndpointResolver : BaseEndpointResolver
{
    /// <summary>Puts an operation's host prefix, such as <c>sync-</c>, before the endpoint's host.</summary>
    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        InjectHostPrefix(executionContext.RequestContext);
    }

    /// <summary>What the endpoint rules are asked with.</summary>
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        ArgumentNullException.ThrowIfNull(requestContext);
        var config = requestContext.ClientConfig;
        return new StepFunctionsEndpointParameters
        {
            Region = (requestContext.Request.AlternateEndpoint ?? config.RegionEndpoint)?.SystemName ?? RegionOf(config),
            UseDualStack = config.UseDualstackEndpoint,
            UseFIPS = config.UseFIPSEndpoint,
            Endpoint = config.ServiceURL,
        };
    }

    // A client with nothing but a URL still signs for a region: the one that was named for it, or the one in the host's name.
    private static string RegionOf(IClientConfig config) =>
        string.IsNullOrEmpty(config.ServiceURL) ? null
        : !string.IsNullOrEmpty(config.AuthenticationRegion) ? config.AuthenticationRegion
        : RegionEndpoint.GetBySystemName(AWSSDKUtils.DetermineRegion(config.ServiceURL)).SystemName;
}
