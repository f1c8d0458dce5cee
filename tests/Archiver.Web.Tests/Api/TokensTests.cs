using System.Net;
using System.Security.Cryptography;
using System.Text;
using Archiver.Web.Api.Tokens;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Archiver.Web.Tests.Api;

public sealed class TokensTests(CloudFixture cloud)
{
    private const string Read = "/api/v1/approvals?limit=1";

    [Fact]
    public async Task ProviderToken_ThatHolds_IsThePersonOfThePagesWithTheirRoles()
    {
        await using Issuer issuer = await Issuer.StartAsync();
        await using ApiHost api = await ApiHost.StartAsync(cloud, settings: issuer.Settings);
        Approval approval = await api.AskAsync();

        Said decided = await api.SendAsync("POST", $"/api/v1/approvals/{approval.Id}/decision", """{"approved":true,"version":1}""", issuer.Token());
        Said started = await api.SendAsync("POST", "/api/v1/runs", "{}", issuer.Token());
        Said byOps = await api.SendAsync("POST", "/api/v1/runs", "{}", issuer.Token(["ops"]));
        Said byNobody = await api.SendAsync("GET", Read, token: issuer.Token(["strangers"]));

        Assert.Equal(HttpStatusCode.OK, decided.Status);
        Assert.Equal($"{issuer.Address}|ann-1", api.Trail.Entries.First(entry => entry.On.Id == approval.Id).By.Id);
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (started.Status, started.Problem));
        Assert.Equal(HttpStatusCode.Created, byOps.Status);
        Assert.Equal("forbidden", byNobody.Problem);
    }

    [Fact]
    public async Task ProviderToken_ThatDoesNotHold_IsRefused()
    {
        await using Issuer issuer = await Issuer.StartAsync(), another = await Issuer.StartAsync();
        await using ApiHost api = await ApiHost.StartAsync(cloud, settings: issuer.Settings);
        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync("GET", Read, token: issuer.Token())).Status);
        string good = issuer.Token();
        string[] parts = good.Split('.');
        string none = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");
        string moreRoles = Base64UrlEncoder.Encode(Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(parts[1])).Replace("readers", "ops", StringComparison.Ordinal));
        DateTime past = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-5);
        Dictionary<string, string> bad = new()
        {
            ["expired"] = issuer.Token(expires: past),
            ["another audience"] = issuer.Token(audience: "somebody-else"),
            ["another issuer's name"] = issuer.Token(issuer: "https://evil.example"),
            ["another issuer's key"] = another.Token(issuer: issuer.Address),
            ["a key of one's own"] = issuer.Token(key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" }),
            ["the public key as a secret"] = issuer.Token(key: issuer.PublicAsSecret(), algorithm: SecurityAlgorithms.HmacSha256),
            ["no algorithm"] = $"{none}.{parts[1]}.",
            ["no signature"] = $"{parts[0]}.{parts[1]}.",
            ["other claims"] = $"{parts[0]}.{moreRoles}.{parts[2]}",
            ["one bit less"] = good[..^4] + (good[^4] == 'A' ? 'B' : 'A') + good[^3..],
            ["no token at all"] = "abc",
            ["a token of the dashboard's own"] = api.Token(),
        };

        foreach ((string what, string token) in bad)
        {
            Said answer = await api.SendAsync("GET", Read, token: token);
            Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{what}: {answer.Status}");
            Assert.Equal("unauthenticated", answer.Problem);
            Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("IDX", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ProviderToken_WhereTheProviderIsDown_CanNotBeTold()
    {
        await using Issuer issuer = await Issuer.StartAsync();
        await using ApiHost api = await ApiHost.StartAsync(cloud, settings: issuer.Settings);
        issuer.IsDown = true;

        Said answer = await api.SendAsync("GET", Read, token: issuer.Token());

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "cloud"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task LocalTokens_WithAProvider_AreNotGiven()
    {
        await using Issuer issuer = await Issuer.StartAsync();
        await using ApiHost api = await ApiHost.StartAsync(cloud, settings: issuer.Settings);

        Said answer = await api.SendAsync("POST", TokenEndpoints.Address, token: "", headers: await PageAsync(api));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task LocalToken_OfWhoIsSignedIn_IsThemForAnHour()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);

        Said given = await api.SendAsync("POST", TokenEndpoints.Address, token: "", headers: await PageAsync(api, "Bob", Role.Viewer));
        string token = given.Json["token"]!.GetValue<string>();

        Assert.Equal(HttpStatusCode.OK, given.Status);
        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync("GET", Read, token: token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.SendAsync("POST", "/api/v1/runs", "{}", token)).Status);
        Assert.Equal([AuditPhase.Attempted, AuditPhase.Done], api.Trail.Entries.Where(entry => entry.Operation == Operation.IssueApiToken).Select(entry => entry.Phase));
        Assert.DoesNotContain(api.Trail.Entries, entry => entry.ToString().Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LocalToken_WithoutThePage_IsNotGiven()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);
        string cookie = await api.CookieAsync();

        Said nobody = await api.SendAsync("POST", TokenEndpoints.Address, token: "", headers: [("X-Archiver", "1"), ("Origin", Origin(api))]);
        Said form = await api.SendAsync("POST", TokenEndpoints.Address, token: "", headers: [("Cookie", cookie), ("Origin", Origin(api))]);
        Said evil = await api.SendAsync("POST", TokenEndpoints.Address, token: "", headers: [("Cookie", cookie), ("X-Archiver", "1"), ("Origin", "http://evil.example")]);
        Said byToken = await api.SendAsync("POST", TokenEndpoints.Address, token: api.Token(), headers: [("X-Archiver", "1"), ("Origin", Origin(api))]);

        Assert.Equal(HttpStatusCode.Unauthorized, nobody.Status);
        Assert.Equal(HttpStatusCode.BadRequest, form.Status);
        Assert.Equal(HttpStatusCode.Forbidden, evil.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, byToken.Status); // a token does not make the next one
    }

    [Fact]
    public void Read_ATokenThatIsOverOrAltered_IsNobodys()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        EphemeralDataProtectionProvider keys = new();
        LocalTokens tokens = new(keys, time);
        string token = tokens.Create(Permits.Someone("Ann", Role.Viewer)).Token;

        Person ann = tokens.Read(token)!;
        Assert.Equal(("test|Ann", "Ann"), (ann.Id, ann.Name));
        Assert.Equal([Role.Viewer], ann.Roles);
        for (int i = 0; i < token.Length; i += 7)
            Assert.Null(tokens.Read(token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..]));
        Assert.Null(tokens.Read(""));
        Assert.Null(tokens.Read("arc_"));
        Assert.Null(tokens.Read(new string('a', 100_000)));
        Assert.Null(new LocalTokens(new EphemeralDataProtectionProvider(), time).Read(token));
        time.Advance(LocalTokens.Lifetime - TimeSpan.FromSeconds(1));
        Assert.NotNull(tokens.Read(token));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(tokens.Read(token));
    }

    private static string Origin(ApiHost api) => api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    private static async Task<(string, string)[]> PageAsync(ApiHost api, string name = "Ann", params Role[] roles) =>
        [("Cookie", await api.CookieAsync(name, roles)), ("X-Archiver", "1"), ("Origin", Origin(api)), ("Sec-Fetch-Site", "same-origin")];
}
