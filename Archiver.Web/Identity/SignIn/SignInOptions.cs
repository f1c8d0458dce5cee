using Archiver.Web.Identity.Access;

namespace Archiver.Web.Identity.SignIn;

/// <summary>The section <c>SignIn</c> of the settings; <see cref="SignInOptionsReader"/> has what each may be.</summary>
internal sealed class SignInOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SignIn";

    /// <summary>The OpenID provider's issuer address; nothing where people sign in by the terminal's link.</summary>
    public Uri? Authority { get; set; }

    /// <summary>What the provider knows the dashboard by.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The dashboard's secret at the provider; nothing for a public client.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What is asked for at sign-in. Where the provider gives refresh tokens for it alone, <c>offline_access</c> is one.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = ["openid", "profile"];

    /// <summary>The claim of the identity token that has a person's name.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>The claim of the identity token that has what <see cref="Roles"/> maps.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The values of the role claim that make a role, by role.</summary>
    public Dictionary<Role, IReadOnlyList<string>> Roles { get; } = [];

    /// <summary>Where the provider signs people out, where its metadata has no such address; <c>{return}</c> stands for where they come back.</summary>
    public string? SignOutUrl { get; set; }

    /// <summary>Who the provider's access tokens for the API are for.</summary>
    public string? Audience { get; set; }

    /// <summary>For how many hours a session lasts at most.</summary>
    public int SessionHours { get; set; } = 8;

    /// <summary>After how many minutes without use a session ends; a page that is open is use.</summary>
    public int IdleMinutes { get; set; } = 60;

    /// <summary>Every how many seconds the provider is asked whether a session that is in use still holds, and with which roles.</summary>
    public int RecheckSeconds { get; set; } = 30;

    /// <summary>Whether people sign in at a provider.</summary>
    public bool HasProvider => Authority is not null;

    /// <summary><see cref="SessionHours"/> as a span.</summary>
    public TimeSpan Lifetime => TimeSpan.FromHours(SessionHours);

    /// <summary><see cref="IdleMinutes"/> as a span.</summary>
    public TimeSpan Idle => TimeSpan.FromMinutes(IdleMinutes);

    /// <summary><see cref="RecheckSeconds"/> as a span.</summary>
    public TimeSpan Recheck => TimeSpan.FromSeconds(RecheckSeconds);

    /// <summary>For how long what was read of a session is taken to hold: a role that is taken away must be gone everywhere within a minute.</summary>
    public TimeSpan Trusted => TimeSpan.FromSeconds(Math.Min(10, RecheckSeconds));
}
