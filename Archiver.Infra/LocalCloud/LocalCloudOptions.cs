using Amazon.Runtime;

namespace Archiver.Infra.LocalCloud;

/// <summary>What a local cloud is started with. Bound from <c>Cloud:Local</c> by the dashboard.</summary>
public sealed class LocalCloudOptions
{
    /// <summary>The loopback port of the AWS endpoint, 0 to 65535; 0 takes a free one.</summary>
    public int Port { get; set; } = 4566;

    /// <summary>Where the state is kept; relative to the working directory. Made when it is missing.</summary>
    public string DataDirectory { get; set; } = ".archiver";

    /// <summary>The name of the stack that is created, <c>AWS::StackName</c> in the template.</summary>
    public string StackName { get; set; } = "archiver";

    /// <summary>The template to create, or nothing for an empty cloud. The default is the one that the program carries.</summary>
    public string? TemplatePath { get; set; } = Path.Combine(AppContext.BaseDirectory, "template.yaml");

    /// <summary>The key that requests must be signed with, 3 to 128 letters, digits and <c>_-.</c>; nothing takes any key. It comes with
    /// <see cref="SecretAccessKey"/> or not at all.</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>The secret of <see cref="AccessKeyId"/>, 8 to 128 printable ASCII letters without spaces.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>How long a file in the folder <c>inbox</c> of the data directory must not change before it is taken, 0 to 1 hour; the default is
    /// 2 seconds.</summary>
    public TimeSpan InboxSettleTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How much of the machine strangers may take; tests make it little.</summary>
    internal ServerLimits Limits { get; set; } = new();

    /// <summary>Values for the template's parameters, by name; a parameter that is not here takes its default.</summary>
    public Dictionary<string, string> Parameters { get; } = [];

    /// <summary>What a client of this local cloud signs with: its key, or where any is taken, one that means nothing.</summary>
    public AWSCredentials CreateCredentials() => new BasicAWSCredentials(AccessKeyId ?? "local", SecretAccessKey ?? "local");
}
