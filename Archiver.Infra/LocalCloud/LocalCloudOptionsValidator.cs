using System.Text.RegularExpressions;

namespace Archiver.Infra.LocalCloud;

/// <summary>Checks the settings of a local cloud, for every program that starts one.</summary>
public static partial class LocalCloudOptionsValidator
{
    /// <summary>What is wrong with them: all of it, a sentence each, that names its key.</summary>
    public static IEnumerable<string> Errors(LocalCloudOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Find(options).Concat(FindInKey(options));
    }

    private static IEnumerable<string> Find(LocalCloudOptions options)
    {
        if (options.Port is < 0 or > 65535)
            yield return $"Cloud:Local:Port is {options.Port}; a port is 0 to 65535, and 0 takes a free one.";
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
            yield return "Cloud:Local:DataDirectory is empty; it is the folder that the local cloud keeps its state in.";
        else if (options.DataDirectory.Contains('\0', StringComparison.Ordinal))
            yield return "Cloud:Local:DataDirectory is no path.";
        if (options.InboxSettleTime < TimeSpan.Zero || options.InboxSettleTime > TimeSpan.FromHours(1))
            yield return $"Cloud:Local:InboxSettleTime is {options.InboxSettleTime}; it is how long a file in the inbox folder must not change before it is taken, 00:00:00 to 01:00:00.";
        if (options.StackName is null || !StackName().IsMatch(options.StackName))
            yield return $"Cloud:StackName is '{options.StackName}'; a stack's name begins with a letter, has letters, digits and hyphens, and 128 of them at most.";
        if (options.TemplatePath is { } template && string.IsNullOrWhiteSpace(template))
            yield return "Cloud:Local:TemplatePath is empty; leave it out for the template that the program carries.";
    }

    // Never with what it is set to: one of the two is a secret, and may have been put where the other belongs.
    private static IEnumerable<string> FindInKey(LocalCloudOptions options)
    {
        if (options.AccessKeyId is { } id && !AccessKeyId().IsMatch(id))
            yield return "Cloud:Local:AccessKeyId is no access key id: 3 to 128 letters, digits, underscores, hyphens and dots. Leave it out to take any key.";
        if (options.SecretAccessKey is { } secret && !SecretAccessKey().IsMatch(secret))
            yield return "Cloud:Local:SecretAccessKey is no secret: 8 to 128 printable ASCII letters without spaces. Leave it out to take any key.";
        if (options.AccessKeyId is null && options.SecretAccessKey is not null)
            yield return "Cloud:Local:AccessKeyId is not set, but Cloud:Local:SecretAccessKey is; set both to take only requests signed with that key, or neither.";
        if (options.AccessKeyId is not null && options.SecretAccessKey is null)
            yield return "Cloud:Local:SecretAccessKey is not set, but Cloud:Local:AccessKeyId is; set both to take only requests signed with that key, or neither.";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{3,128}\z")]
    private static partial Regex AccessKeyId();

    [GeneratedRegex(@"\A[!-~]{8,128}\z")]
    private static partial Regex SecretAccessKey();

    [GeneratedRegex(@"\A[a-zA-Z][-a-zA-Z0-9]{0,127}\z")]
    private static partial Regex StackName();
}
