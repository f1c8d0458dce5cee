using System.Globalization;
using Archiver.Infra.LocalCloud;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Webhooks;

/// <summary>Reads the section <c>Webhooks</c>, and says everything that is wrong with it at once, each by its key. What a secret is, it never says.</summary>
internal sealed class WebhookOptionsReader(IConfiguration configuration) : IConfigureOptions<WebhookOptions>, IValidateOptions<WebhookOptions>
{
    private const string SecretPrefix = "whsec_";
    private const int ShortestSecret = 24;
    private const int LongestSecret = 64;
    private const string BaseUrl = nameof(WebhookOptions.BaseUrl);
    private static readonly string[] Names = ["Url", "Secret", "Events"];

    /// <inheritdoc/>
    public void Configure(WebhookOptions options) => Read(options, []);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        List<string> problems = [];
        Read(new WebhookOptions(), problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private void Read(WebhookOptions options, List<string> problems)
    {
        List<Webhook> webhooks = [];
        foreach (IConfigurationSection child in configuration.GetSection(WebhookOptions.Section).GetChildren())
        {
            if (child.Key.Equals(BaseUrl, StringComparison.OrdinalIgnoreCase)) options.BaseUrl = ReadUrl(child, problems);
            else if (!int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) problems.Add($"{child.Path} is no setting; there are {BaseUrl} and numbers from 0.");
            else if (ReadWebhook(number, child, problems) is { } webhook) webhooks.Add(webhook);
        }
        foreach (IGrouping<string, Webhook> same in webhooks.GroupBy(one => one.Name).Where(group => group.Count() > 1))
            problems.Add($"{string.Join(" and ", same.Select(one => $"Webhooks:{one.Number}:Url"))} are the same; one webhook can have several events.");
        options.All = webhooks;
    }

    private Webhook? ReadWebhook(int number, IConfigurationSection section, List<string> problems)
    {
        problems.AddRange(section.GetChildren().Where(child => !Names.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"{child.Path} is no setting; there are {string.Join(", ", Names)}."));
        Uri? url = ReadUrl(section.GetSection("Url"), problems);
        byte[]? secret = ReadSecret(section.GetSection("Secret"), problems);
        HashSet<WebhookEvent> events = ReadEvents(section.GetSection("Events"), problems);
        return url is not null && secret is not null && events.Count > 0 ? new Webhook(number, url, secret, events) : null;
    }

    private static Uri? ReadUrl(IConfigurationSection section, List<string> problems)
    {
        bool isUrl = Uri.TryCreate(section.Value, UriKind.Absolute, out Uri? url) && url.UserInfo.Length == 0 && url.Fragment.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && Loopback.IsHost(url.Host)));
        if (isUrl) return url;
        // An address can hold a secret of the receiver's: it is not repeated.
        problems.Add($"{section.Path} is {(section.Value is { Length: > 0 } ? "not what it can be" : "not set")}; it is an address with https, or with http on this machine, without a name and password.");
        return null;
    }

    private byte[]? ReadSecret(IConfigurationSection section, List<string> problems)
    {
        if (section.Value is not { Length: > 0 } text)
        {
            problems.Add($"{section.Path} is not set; it is {SecretPrefix} and the base64 of {ShortestSecret} to {LongestSecret} random bytes, given by the environment or a secret store.");
            return null;
        }
        if (IsInTheOpen(section.Path))
        {
            problems.Add($"{section.Path} stands in a settings file or on the command line; secrets are given by the environment or a secret store.");
            return null;
        }
        byte[] secret = new byte[text.Length];
        int length = 0;
        bool isSecret = text.StartsWith(SecretPrefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[SecretPrefix.Length..], secret, out length)
            && length is >= ShortestSecret and <= LongestSecret;
        if (isSecret) return secret[..length];
        problems.Add($"{section.Path} is not what it can be: {SecretPrefix} and the base64 of {ShortestSecret} to {LongestSecret} random bytes.");
        return null;
    }

    // The last provider that has a setting is the one that gives it. User secrets are a JSON file, and a store of secrets all the same.
    private bool IsInTheOpen(string key) => configuration is IConfigurationRoot root
        && root.Providers.LastOrDefault(provider => provider.TryGet(key, out _)) is CommandLineConfigurationProvider or JsonConfigurationProvider { Source.Path: not "secrets.json" };

    private static HashSet<WebhookEvent> ReadEvents(IConfigurationSection section, List<string> problems)
    {
        string[] given = [.. section.GetChildren().Select(child => child.Value ?? "")
            .Concat((section.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(text => text.Trim())];
        if (given.Length == 0) return [.. Enum.GetValues<WebhookEvent>()];
        HashSet<WebhookEvent> events = [];
        foreach (string text in given)
        {
            if (!text.Any(char.IsAsciiDigit) && Enum.TryParse(text, ignoreCase: true, out WebhookEvent one)) events.Add(one);
            else problems.Add($"{section.Path} names '{text}'; it is asked, decided or both.");
        }
        return events;
    }
}
