using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace Archiver.Web.Tests.Identity.Provider;

/// <summary>Identity tokens that look like the provider's and are not, or are not for this sign-in.</summary>
public sealed class ForgedTokenTests(CloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Forgeries => ["another key", "the public key as a secret", "no signature", "another issuer", "another audience", "expired", "another nonce", "one letter changed", "no token at all"];

    [Fact]
    public async Task SignIn_TheProvidersOwnToken_LetsIn() => Assert.Equal("/results", await SignInAsync((provider, nonce) => provider.Token(nonce)));

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task SignIn_AForgedToken_LetsNobodyIn(string forgery) => Assert.Equal("/sign-in/failed", await SignInAsync((provider, nonce) => Forge(forgery, provider, nonce)));

    private static string Forge(string forgery, ForgingProvider provider, string nonce) => forgery switch
    {
        "another key" => provider.Token(nonce, key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" }),
        "the public key as a secret" => provider.Token(nonce, key: provider.PublicAsSecret(), algorithm: SecurityAlgorithms.HmacSha256),
        "no signature" => Unsigned(provider.Token(nonce)),
        "another issuer" => provider.Token(nonce, issuer: "http://127.0.0.1:9/"),
        "another audience" => provider.Token(nonce, audience: "somebody-else"),
        "expired" => provider.Token(nonce, good: TimeSpan.FromMinutes(-5)),
        "another nonce" => provider.Token("638000000000000000.AAAA"),
        "one letter changed" => Changed(provider.Token(nonce)),
        _ => "",
    };

    private static string Unsigned(string token) =>
        $"{WebEncoders.Base64UrlEncode("""{"alg":"none","typ":"JWT"}"""u8)}.{token.Split('.')[1]}.";

    private static string Changed(string token)
    {
        string[] parts = token.Split('.');
        string claims = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(parts[1])).Replace("mallory", "nallory", StringComparison.Ordinal);
        return $"{parts[0]}.{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(claims))}.{parts[2]}";
    }

    // Goes the way of the code by hand, and gives where the dashboard leads in the end.
    private async Task<string?> SignInAsync(Func<ForgingProvider, string, string> forge)
    {
        await using ForgingProvider provider = await ForgingProvider.StartAsync();
        await using DashboardHost dashboard = await DashboardHost.StartAsync(cloud, null, provider.Settings);
        using HttpClient browser = dashboard.Client();
        using HttpResponseMessage start = await browser.GetAsync("/sign-in?returnUrl=/results", Cancel);
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> asked = QueryHelpers.ParseQuery(start.Headers.Location!.Query);
        provider.IdToken = forge(provider, asked["nonce"].ToString());

        using HttpResponseMessage entered = await browser.GetAsync($"/sign-in/callback?code=c&state={Uri.EscapeDataString(asked["state"].ToString())}", Cancel);

        using HttpResponseMessage after = await browser.GetAsync("/runs/uploads/token", Cancel);
        bool isIn = after.StatusCode != HttpStatusCode.Unauthorized;
        Assert.Equal(entered.Headers.Location?.ToString() == "/results", isIn);
        return entered.Headers.Location?.ToString();
    }
}
