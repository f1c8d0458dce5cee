using System.Globalization;
using System.Text.Json;
using Archiver.Web.Identity.SignIn;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Archiver.Web.Identity.Provider;

/// <summary>What the provider said to a refresh token.</summary>
internal abstract record Renewal
{
    private Renewal() { }

    /// <summary>The person is still welcome.</summary>
    /// <param name="Person">Who they are, with the roles of now; nothing where the provider sent no identity token, and it is as it was.</param>
    /// <param name="Tokens">The tokens from now on.</param>
    /// <param name="Until">Until when it vouches.</param>
    public sealed record Renewed(Person? Person, ProviderTokens Tokens, DateTimeOffset Until) : Renewal;

    /// <summary>They are not.</summary>
    /// <param name="Reason">Why, a sentence.</param>
    public sealed record Refused(string Reason) : Renewal;

    /// <summary>It did not answer, or not to this.</summary>
    public sealed record NoAnswer : Renewal;
}

/// <summary>Asks the provider, in OAuth 2.0's words (RFC 6749, section 6; OpenID Connect Core 1.0, section 12).</summary>
internal sealed partial class ProviderClient(IOptionsMonitor<OpenIdConnectOptions> oidc, SignInOptions options, TimeProvider time, ILogger<ProviderClient> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Where the provider does not say for how long an access token is good.
    private static readonly TimeSpan UsualLife = TimeSpan.FromMinutes(5);

    /// <summary>Asks whether somebody is still welcome, and with which roles.</summary>
    /// <param name="tokens">The tokens that were good so far; with a refresh token.</param>
    /// <param name="self">Who it is.</param>
    public async Task<Renewal> RenewAsync(ProviderTokens tokens, Person self)
    {
        OpenIdConnectOptions settings = oidc.Get(ProviderRegistration.Scheme);
        // Not given up with a request that is: an answer that nobody reads may hold the only refresh token that is still good.
        using CancellationTokenSource patience = new(Patience, time);
        try
        {
            OpenIdConnectConfiguration configuration = await settings.ConfigurationManager!.GetConfigurationAsync(patience.Token);
            Dictionary<string, string> form = new()
            {
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = tokens.Refresh!,
                ["client_id"] = options.ClientId,
            };
            if (options.ClientSecret is { } secret) form["client_secret"] = secret;
            using FormUrlEncodedContent content = new(form);
            using HttpResponseMessage response = await settings.Backchannel.PostAsync(new Uri(configuration.TokenEndpoint), content, patience.Token);
            using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(patience.Token));
            if (!response.IsSuccessStatusCode) return Refusal(Text(body, "error"));
            return await ReadAsync(body, tokens, self, settings, configuration);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            LogNoAnswer(logger, exception);
            return new Renewal.NoAnswer();
        }
    }

    /// <summary>Where the provider signs people out.</summary>
    /// <param name="identity">The identity token, by which it knows whom.</param>
    /// <param name="back">Where they are to come back to.</param>
    /// <returns>The address; nothing where the provider has none, or does not answer.</returns>
    public async Task<string?> SignOutAddressAsync(string identity, string back, CancellationToken cancellationToken)
    {
        if (options.SignOutUrl is { } given) return given.Replace("{return}", Uri.EscapeDataString(back), StringComparison.Ordinal);
        try
        {
            OpenIdConnectConfiguration configuration = await oidc.Get(ProviderRegistration.Scheme).ConfigurationManager!.GetConfigurationAsync(cancellationToken);
            if (string.IsNullOrEmpty(configuration.EndSessionEndpoint)) return null;
            OpenIdConnectMessage message = new()
            {
                IssuerAddress = configuration.EndSessionEndpoint,
                IdTokenHint = identity,
                ClientId = options.ClientId,
                PostLogoutRedirectUri = back,
            };
            return message.CreateLogoutRequestUrl();
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException)
        {
            LogNoAnswer(logger, exception);
            return null;
        }
    }

    /// <summary>Until when a token that is given now is good.</summary>
    /// <param name="seconds">What the provider said, <c>expires_in</c>.</param>
    public DateTimeOffset Until(string? seconds) => time.GetUtcNow()
        + (int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int life) ? TimeSpan.FromSeconds(life) : UsualLife);

    private Renewal Refusal(string? error)
    {
        if (error == "invalid_grant") return new Renewal.Refused("The provider no longer vouches for them.");
        LogRefused(logger, error); // the dashboard's own fault: its secret, its rights
        return new Renewal.NoAnswer();
    }

    private async Task<Renewal> ReadAsync(
        JsonDocument body, ProviderTokens tokens, Person self, OpenIdConnectOptions settings, OpenIdConnectConfiguration configuration)
    {
        // A provider that replaces refresh tokens takes the one before no longer.
        string refresh = Text(body, "refresh_token") ?? tokens.Refresh!;
        DateTimeOffset until = Until(body.RootElement.TryGetProperty("expires_in", out JsonElement life) ? life.ToString() : null);
        if (Text(body, "id_token") is not { } identity) return new Renewal.Renewed(null, tokens with { Refresh = refresh }, until);

        TokenValidationParameters parameters = settings.TokenValidationParameters.Clone();
        parameters.ValidIssuer = configuration.Issuer;
        parameters.ValidAudience = options.ClientId;
        parameters.IssuerSigningKeys = configuration.SigningKeys;
        TokenValidationResult result = await settings.TokenHandler.ValidateTokenAsync(identity, parameters);
        if (!result.IsValid)
        {
            // The next one may be signed with a key that the provider has since a moment ago.
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException) settings.ConfigurationManager!.RequestRefresh();
            LogInvalid(logger, result.Exception);
            return result.Exception is SecurityTokenSignatureKeyNotFoundException ? new Renewal.NoAnswer() : new Renewal.Refused("The provider's identity token was not valid.");
        }
        return ProviderPerson.Of(result.ClaimsIdentity.Claims, options) is { } person && person.Id == self.Id
            ? new Renewal.Renewed(person, new ProviderTokens(identity, refresh), until)
            : new Renewal.Refused("The provider's identity token was somebody else's.");
    }

    private static string? Text(JsonDocument body, string name) =>
        body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-in provider did not answer as it should.")]
    private static partial void LogNoAnswer(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sign-in provider refused the dashboard itself: {Error}")]
    private static partial void LogRefused(ILogger logger, string? error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-in provider's identity token was not valid.")]
    private static partial void LogInvalid(ILogger logger, Exception? exception);
}
