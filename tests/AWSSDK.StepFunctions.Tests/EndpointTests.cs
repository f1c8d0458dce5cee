using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.StepFunctions.Endpoints;
using Amazon.StepFunctions.Internal;
using Amazon.StepFunctions.Model;
using Amazon.StepFunctions.Tests.Wire;

namespace Amazon.StepFunctions.Tests;

/// <summary>Where a request goes, and which region it is signed for.</summary>
public sealed class EndpointTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("eu-west-1", false, false, "https://states.eu-west-1.amazonaws.com/")]
    [InlineData("us-east-1", false, false, "https://states.us-east-1.amazonaws.com/")]
    [InlineData("cn-north-1", false, false, "https://states.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-gov-west-1", false, false, "https://states.us-gov-west-1.amazonaws.com/")]
    [InlineData("us-iso-east-1", false, false, "https://states.us-iso-east-1.c2s.ic.gov/")]
    [InlineData("xx-new-9", false, false, "https://states.xx-new-9.amazonaws.com/")]
    [InlineData("us-east-1", true, false, "https://states-fips.us-east-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", true, false, "https://states.us-gov-west-1.amazonaws.com/")]
    [InlineData("us-gov-east-1", true, false, "https://states-fips.us-gov-east-1.amazonaws.com/")]
    [InlineData("eu-west-1", false, true, "https://states.eu-west-1.api.aws/")]
    [InlineData("us-gov-west-1", false, true, "https://states-fips.us-gov-west-1.api.aws/")]
    [InlineData("us-gov-west-1", true, true, "https://states-fips.us-gov-west-1.api.aws/")]
    [InlineData("us-east-1", true, true, "https://states-fips.us-east-1.api.aws/")]
    public async Task Call_Region_GoesToItsEndpoint(string region, bool fips, bool dualStack, string url)
    {
        var service = new FakeService().Answers();
        using var client = service.Client(config =>
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            config.UseFIPSEndpoint = fips;
            config.UseDualstackEndpoint = dualStack;
        });
        var request = new ListStateMachinesRequest();

        await client.ListStateMachinesAsync(request, Stop);

        Assert.Equal(url, service.Request.Url.AbsoluteUri);
        Assert.Equal(url, client.DetermineServiceOperationEndpoint(request).URL);
        Assert.Equal(region, service.Request.SignatureScope[2]);
    }

    [Fact]
    public void ResolveEndpoint_NoRegion_Throws()
    {
        var error = Assert.Throws<AmazonClientException>(
            () => new AmazonStepFunctionsEndpointProvider().ResolveEndpoint(new StepFunctionsEndpointParameters()));

        Assert.Equal("Invalid Configuration: Missing Region", error.Message);
    }

    [Theory]
    [InlineData(true, false, "Invalid Configuration: FIPS and custom endpoint are not supported")]
    [InlineData(false, true, "Invalid Configuration: Dualstack and custom endpoint are not supported")]
    public void ResolveEndpoint_OwnEndpointWithAFlag_Throws(bool fips, bool dualStack, string message)
    {
        var parameters = new StepFunctionsEndpointParameters
        {
            Endpoint = "http://localhost",
            UseFIPS = fips,
            UseDualStack = dualStack,
        };

        var error = Assert.Throws<AmazonClientException>(
            () => new AmazonStepFunctionsEndpointProvider().ResolveEndpoint(parameters));

        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:4566", null, "http://127.0.0.1:4566/", "us-east-1")]
    [InlineData("http://127.0.0.1:4566", "eu-central-1", "http://127.0.0.1:4566/", "eu-central-1")]
    [InlineData("https://states.ap-south-1.amazonaws.com", null, "https://states.ap-south-1.amazonaws.com/", "ap-south-1")]
    public async Task Call_ServiceUrl_GoesThereAndIsSignedForItsRegion(string url, string? signFor, string expected, string region)
    {
        var service = new FakeService().Answers();
        using var client = service.Client(config =>
        {
            config.ServiceURL = url;
            config.AuthenticationRegion = signFor;
        });

        await client.ListStateMachinesAsync(new ListStateMachinesRequest(), Stop);

        Assert.Equal(expected, service.Request.Url.AbsoluteUri);
        Assert.Equal((region, "states"), (service.Request.SignatureScope[2], service.Request.SignatureScope[3]));
    }

    [Theory]
    [InlineData(false, "https://sync-states.eu-west-1.amazonaws.com/")]
    [InlineData(true, "https://states.eu-west-1.amazonaws.com/")]
    public async Task StartSyncExecution_HostPrefix_IsPutBeforeTheHostUnlessDisabled(bool disabled, string url)
    {
        var service = new FakeService().Answers();
        using var client = service.Client(config => config.DisableHostPrefixInjection = disabled);

        await client.StartSyncExecutionAsync(new StartSyncExecutionRequest(), Stop);

        Assert.Equal(url, service.Request.Url.AbsoluteUri);
    }

    [Fact]
    public void DetermineServiceOperationEndpoint_AlternateRegion_IsThatRegions()
    {
        var config = new FakeService().Config();

        var endpoint = config.DetermineServiceOperationEndpoint(
            new ServiceOperationEndpointParameters(new ListStateMachinesRequest(), RegionEndpoint.SAEast1));

        Assert.Equal("https://states.sa-east-1.amazonaws.com/", endpoint.URL);
    }

    [Fact]
    public void Config_Names_AreTheServices()
    {
        var config = new FakeService().Config();

        Assert.Equal("SFN", AmazonStepFunctionsConfig.ServiceId);
        Assert.Equal("SFN", ((IClientConfig)config).ServiceId);
        Assert.Equal("states", config.RegionEndpointServiceName);
        Assert.Equal("states", config.AuthenticationServiceName);
        Assert.Equal("2016-11-23", config.ServiceVersion);
    }

    [Fact]
    public void DefaultConfiguration_Modes_HaveTheTimeoutsOfEveryAwsSdk() =>
        Assert.Equal(
            [
                (DefaultConfigurationMode.Standard, 3.1), (DefaultConfigurationMode.InRegion, 1.1),
                (DefaultConfigurationMode.CrossRegion, 3.1), (DefaultConfigurationMode.Mobile, 30),
                (DefaultConfigurationMode.Auto, 1.1),
            ],
            AmazonStepFunctionsDefaultConfiguration.GetAllConfigurations().Select(mode =>
            {
                Assert.Equal(RequestRetryMode.Standard, mode.RetryMode);
                Assert.Equal(mode.ConnectTimeout, mode.TlsNegotiationTimeout);
                return (mode.Name, mode.ConnectTimeout!.Value.TotalSeconds);
            }));
}
