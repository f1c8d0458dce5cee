using System.Collections.ObjectModel;
using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>
/// The sets of defaults that <c>AWS_DEFAULTS_MODE</c> or <see cref="ClientConfig.DefaultConfigurationMode"/> chooses from. The
/// numbers are those that every AWS SDK has:
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-smart-config-defaults.html
/// </summary>
public static class AmazonStepFunctionsDefaultConfiguration
{
    /// <summary>For most applications.</summary>
    public static IDefaultConfiguration Standard { get; } = Mode(DefaultConfigurationMode.Standard, 3.1);

    /// <summary>For an application that calls services of its own region.</summary>
    public static IDefaultConfiguration InRegion { get; } = Mode(DefaultConfigurationMode.InRegion, 1.1);

    /// <summary>For an application that calls services of another region.</summary>
    public static IDefaultConfiguration CrossRegion { get; } = Mode(DefaultConfigurationMode.CrossRegion, 3.1);

    /// <summary>For an application on a mobile network.</summary>
    public static IDefaultConfiguration Mobile { get; } = Mode(DefaultConfigurationMode.Mobile, 30);

    /// <summary>For an application that lets the SDK find out which of the others fits.</summary>
    public static IDefaultConfiguration Auto { get; } = Mode(DefaultConfigurationMode.Auto, 1.1);

    /// <summary>All of them.</summary>
    public static ReadOnlyCollection<IDefaultConfiguration> GetAllConfigurations() =>
        new([Standard, InRegion, CrossRegion, Mobile, Auto]);

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, double connectSeconds) => new()
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = TimeSpan.FromSeconds(connectSeconds),
        TlsNegotiationTimeout = TimeSpan.FromSeconds(connectSeconds),
    };
}
