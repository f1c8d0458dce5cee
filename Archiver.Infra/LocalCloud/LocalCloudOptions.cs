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

    /// <summary>Values for the template's parameters, by name; a parameter that is not here takes its default.</summary>
    public Dictionary<string, string> Parameters { get; } = [];
}
