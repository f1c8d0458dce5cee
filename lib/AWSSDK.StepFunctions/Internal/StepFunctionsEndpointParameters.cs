using Amazon.Runtime.Endpoints;

namespace Amazon.StepFunctions.Endpoints;

/// <summary>What the endpoint of a request depends on.</summary>
public class StepFunctionsEndpointParameters : EndpointParameters
{
    /// <summary>Without a region, an endpoint of the older network and of no special kind.</summary>
    public StepFunctionsEndpointParameters()
    {
        UseDualStack = false;
        UseFIPS = false;
    }

    /// <summary>The region, such as <c>eu-west-1</c>.</summary>
    public string Region
    {
        get => (string)this[nameof(Region)];
        set => this[nameof(Region)] = value;
    }

    /// <summary>True for an endpoint that answers over IPv4 and IPv6.</summary>
    public bool? UseDualStack
    {
        get => (bool?)this[nameof(UseDualStack)];
        set => this[nameof(UseDualStack)] = value;
    }

    /// <summary>True for an endpoint with FIPS-validated cryptography.</summary>
    public bool? UseFIPS
    {
        get => (bool?)this[nameof(UseFIPS)];
        set => this[nameof(UseFIPS)] = value;
    }

    /// <summary>The endpoint to use as it is, in place of the region's.</summary>
    public string Endpoint
    {
        get => (string)this[nameof(Endpoint)];
        set => this[nameof(Endpoint)] = value;
    }
}
