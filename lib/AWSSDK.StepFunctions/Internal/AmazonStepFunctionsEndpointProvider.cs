using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.StepFunctions.Internal;

/// <summary>The service's endpoint rules: which URL a region, a partition and the two flags come to.</summary>
public class AmazonStepFunctionsEndpointProvider : IEndpointProvider
{
    private const string GovCloud = "aws-us-gov";

    /// <summary>The endpoint for the parameters.</summary>
    /// <exception cref="AmazonClientException">The parameters contradict each other, or there is no region.</exception>
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var fips = parameters["UseFIPS"] is true;
        var dualStack = parameters["UseDualStack"] is true;

        if (parameters["Endpoint"] is string endpoint)
        {
            return fips ? throw Invalid("FIPS and custom endpoint are not supported")
                : dualStack ? throw Invalid("Dualstack and custom endpoint are not supported")
                : new Endpoint(endpoint);
        }

        if (parameters["Region"] is not string region)
            throw Invalid("Missing Region");

        var partition = Fn.Partition(region);
        if (fips && dualStack && !(partition.supportsFIPS && partition.supportsDualStack))
            throw new AmazonClientException("FIPS and DualStack are enabled, but this partition does not support one or both");
        if (fips && !partition.supportsFIPS)
            throw new AmazonClientException("FIPS is enabled but this partition does not support FIPS");
        if (dualStack && !partition.supportsDualStack)
            throw new AmazonClientException("DualStack is enabled but this partition does not support DualStack");

        var suffix = dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return new Endpoint($"https://{Host(region, partition.name, fips, dualStack)}.{region}.{suffix}");
    }

    // GovCloud West has no separate FIPS name: its plain endpoint is the FIPS one. GovCloud's dual-stack endpoints are FIPS ones.
    private static string Host(string region, string partition, bool fips, bool dualStack) =>
        region == "us-gov-west-1" && fips && !dualStack ? "states"
        : fips || (dualStack && partition == GovCloud) ? "states-fips"
        : "states";

    private static AmazonClientException Invalid(string reason) => new($"Invalid Configuration: {reason}");
}
