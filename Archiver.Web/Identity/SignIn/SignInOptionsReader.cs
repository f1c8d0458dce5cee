using System.Globalization;
using Archiver.Infra.LocalCloud;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Identity.SignIn;

/// <summary>Reads the section <c>SignIn</c>, and says everything that is wrong with it at once, each by its key.</summary>
internal static class SignInOptionsReader
{
    private static readonly string[] ProviderKeys = ["ClientId", "ClientSecret", "Scopes", "NameClaim", "RoleClaim", "Roles", "SignOutUrl", "Audience"];

    /// <exception cref="StartupException">Something is wrong.</exception>
    public static SignInOptions Read(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(SignInOptions.Section);
        List<string> problems = [];
        SignInOptions options = new();
        options.SessionHours = Number(section, "SessionHours", options.SessionHours, 1, 720, problems);
        options.IdleMinutes = Number(section, "IdleMinutes", options.IdleMinutes, 1, 43_200, problems);
        options.RecheckSeconds = Number(section, "RecheckSeconds", options.RecheckSeconds, 1, 40, problems);
        if (Text(section, "Authority") is { } authority)
        {
            ReadProvider(section, authority, options, problems);
        }
        else
        {
            problems.AddRange(ProviderKeys.Where(key => Values(section.GetSection(key)).Count > 0 || section.GetSection(key).GetChildren().Any())
                .Select(key => $"SignIn:{key} is set, and SignIn:Authority, the provider that it is for, is not."));
        }
        return problems.Count == 0 ? options : throw new StartupException(problems);
    }

    private static void ReadProvider(IConfigurationSection section, string authority, SignInOptions options, List<string> problems)
    {
        if (IsWebAddress(authority, out Uri? address)) options.Authority = address;
        else problems.Add($"SignIn:Authority is '{authority}'; it is the provider's address with https, or with http on this machine.");
        if (Text(section, "ClientId") is { } client) options.ClientId = client;
        else problems.Add("SignIn:ClientId is not set; it is what the provider knows the dashboard by.");
        options.ClientSecret = Text(section, "ClientSecret");
        options.Audience = Text(section, "Audience");
        options.NameClaim = Text(section, "NameClaim") ?? options.NameClaim;
        options.RoleClaim = Text(section, "RoleClaim") ?? options.RoleClaim;
        if (Text(section, "SignOutUrl") is { } signOut)
        {
            if (IsWebAddress(signOut.Replace("{return}", "x", StringComparison.Ordinal), out _)) options.SignOutUrl = signOut;
            else problems.Add($"SignIn:SignOutUrl is '{signOut}'; it is an address with https, or with http on this machine.");
        }
        if (Values(section.GetSection("Scopes")) is { Count: > 0 } scopes)
        {
            options.Scopes = [.. scopes.SelectMany(scope => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];
            if (!options.Scopes.Contains("openid")) problems.Add("SignIn:Scopes has no openid, without which nobody is identified.");
        }
        foreach (IConfigurationSection child in section.GetSection("Roles").GetChildren())
        {
            if (!Enum.TryParse(child.Key, ignoreCase: true, out Role role) || !Enum.IsDefined(role) || int.TryParse(child.Key, out _))
                problems.Add($"SignIn:Roles:{child.Key} names no role; there are {string.Join(", ", Enum.GetNames<Role>())}.");
            else
                options.Roles[role] = Values(child);
        }
        if (options.Roles.Values.All(values => values.Count == 0))
            problems.Add($"SignIn:Roles maps nothing, so that nobody could do anything; SignIn:Roles:Viewer, :Reviewer and :Operator have the values of the claim {options.RoleClaim} that make each role.");
    }

    private static bool IsWebAddress(string text, out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && Loopback.IsHost(address.Host)));

    private static string? Text(IConfigurationSection section, string key) => section[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    // A list by indexes, as JSON and the environment have it, or one value by itself.
    private static List<string> Values(IConfigurationSection section) =>
    [
        .. section.GetChildren().Select(child => child.Value).Prepend(section.Value).OfType<string>().Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value.Trim()),
    ];

    private static int Number(IConfigurationSection section, string key, int normal, int least, int most, List<string> problems)
    {
        if (Text(section, key) is not { } text) return normal;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most) return value;
        problems.Add(string.Create(CultureInfo.InvariantCulture, $"SignIn:{key} is '{text}'; it is a whole number from {least} to {most}."));
        return normal;
    }
}
