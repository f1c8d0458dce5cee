using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Audit.Trail;

/// <summary>The section <c>Audit</c> of the settings.</summary>
internal sealed class AuditOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Audit";

    /// <summary>The least length of a key, in bytes: that of the hash (RFC 2104, section 3).</summary>
    public const int ShortestKey = SHA256.HashSizeInBytes;

    /// <summary>The key that entries are hashed with; nothing for plain hashes. It is logged and shown nowhere.</summary>
    public byte[]? Key { get; set; }
}

/// <summary>Reads the section <c>Audit</c>, and says what is wrong with it without quoting it.</summary>
internal sealed class AuditOptionsReader(IConfiguration configuration) : IConfigureOptions<AuditOptions>, IValidateOptions<AuditOptions>
{
    private const string Key = $"{AuditOptions.Section}:{nameof(AuditOptions.Key)}";

    private string? Text => configuration[Key] is { Length: > 0 } text ? text.Trim() : null;

    /// <summary>The options of a configuration.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong.</exception>
    public static AuditOptions Read(IConfiguration configuration)
    {
        AuditOptionsReader reader = new(configuration);
        AuditOptions options = new();
        reader.Configure(options);
        return reader.Validate(null, options) is { Failed: true, Failures: { } failures }
            ? throw new OptionsValidationException(AuditOptions.Section, typeof(AuditOptions), failures)
            : options;
    }

    /// <inheritdoc/>
    public void Configure(AuditOptions options)
    {
        if (Text is { } text && Decode(text) is { } key) options.Key = key;
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        if (Text is not { } text) return ValidateOptionsResult.Success;
        List<string> problems = [];
        if (Decode(text) is not { Length: >= AuditOptions.ShortestKey })
            problems.Add($"{Key} is no key: it is base64 of {AuditOptions.ShortestKey} bytes or more, as of `openssl rand -base64 32`.");
        if (Source() is { } source)
            problems.Add($"{Key} is {source}, where others can read it: give it in the environment, as Audit__Key, or from a secret store.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static byte[]? Decode(string text) => Base64.IsValid(text) ? Convert.FromBase64String(text) : null;

    // The last provider that has it gives it.
    private string? Source() => (configuration as IConfigurationRoot)?.Providers.LastOrDefault(provider => provider.TryGet(Key, out _)) switch
    {
        CommandLineConfigurationProvider => "on the command line",
        JsonConfigurationProvider { Source.Path: { } path } when path.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) => $"in {path}",
        _ => null,
    };
}
