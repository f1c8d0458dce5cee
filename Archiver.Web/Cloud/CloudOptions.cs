using Archiver.Infra.LocalCloud;

namespace Archiver.Web.Cloud;

/// <summary>Which cloud the dashboard talks to.</summary>
public enum CloudMode
{
    /// <summary>The local cloud, in this process.</summary>
    Local,

    /// <summary>AWS, or whatever <c>AWS_ENDPOINT_URL</c> names.</summary>
    Aws,
}

/// <summary>The section <c>Cloud</c> of the settings.</summary>
public sealed class CloudOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Cloud";

    /// <summary>Which cloud.</summary>
    public CloudMode Mode { get; set; } = CloudMode.Local;

    /// <summary>The stack; its names are read from Parameter Store under <c>/archiver/STACK/</c>.</summary>
    public string StackName { get; set; } = "archiver";

    /// <summary>The local cloud's own settings.</summary>
    public LocalCloudOptions Local { get; set; } = new();
}
