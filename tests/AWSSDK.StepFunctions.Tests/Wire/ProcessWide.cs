using Amazon.Runtime;
using Amazon.Runtime.Internal;

[assembly: AssemblyFixture(typeof(Amazon.StepFunctions.Tests.Wire.AwsEnvironment))]

namespace Amazon.StepFunctions.Tests.Wire;

/// <summary>Tests that change what the whole process sees, such as its environment: nothing runs beside them.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;

/// <summary>
/// The AWS variables of the environment, set for one test and put back after it. All tests together run in an empty one, so that
/// what the machine has set decides nothing.
/// </summary>
public sealed class AwsEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    /// <summary>No AWS variable is set, and there is no profile.</summary>
    public AwsEnvironment()
    {
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        foreach (var name in names.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)))
            Set(name, null);
        Set("AWS_CONFIG_FILE", Path.Join(Path.GetTempPath(), "no-such-aws-config"));
        Set("AWS_SHARED_CREDENTIALS_FILE", Path.Join(Path.GetTempPath(), "no-such-aws-credentials"));
        Set("AWS_EC2_METADATA_DISABLED", "true");
    }

    /// <summary>Sets a variable, or unsets it with null.</summary>
    public AwsEnvironment Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
        Forget();
        return this;
    }

    /// <summary>Puts the variables back.</summary>
    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        Forget();
    }

    // The SDK keeps what it has found for the life of the process.
    private static void Forget()
    {
        FallbackRegionFactory.Reset();
        FallbackInternalConfigurationFactory.Reset();
    }
}
