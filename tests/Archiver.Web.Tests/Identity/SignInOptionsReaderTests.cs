using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.SignIn;
using Microsoft.Extensions.Configuration;

namespace Archiver.Web.Tests.Identity;

public class SignInOptionsReaderTests
{
    private static readonly (string, string)[] Least =
        [("Authority", "https://id.example.com"), ("ClientId", "archiver"), ("Roles:Viewer", "readers")];

    [Fact]
    public void Read_NothingSet_IsTheTerminalsLink()
    {
        SignInOptions options = Read();

        Assert.False(options.HasProvider);
        Assert.Equal((TimeSpan.FromHours(8), TimeSpan.FromMinutes(60), TimeSpan.FromSeconds(10)), (options.Lifetime, options.Idle, options.Trusted));
    }

    [Fact]
    public void Read_AProvider_IsTakenWithItsDefaults()
    {
        SignInOptions options = Read(Least);

        Assert.Equal(new Uri("https://id.example.com"), options.Authority);
        Assert.Equal(("archiver", null, "name", "roles"), (options.ClientId, options.ClientSecret, options.NameClaim, options.RoleClaim));
        Assert.Equal(["openid", "profile"], options.Scopes);
        Assert.Equal(["readers"], options.Roles[Role.Viewer]);
    }

    [Fact]
    public void Read_ListsAndOneValue_AreTheSame()
    {
        SignInOptions options = Read([.. Least, ("Scopes:0", "openid profile"), ("Scopes:1", "profile offline_access"), ("Roles:operator:0", "a"), ("Roles:operator:1", " b ")]);

        Assert.Equal(["openid", "profile", "offline_access"], options.Scopes);
        Assert.Equal(["a", "b"], options.Roles[Role.Operator]);
    }

    [Theory]
    [InlineData("Authority", "http://id.example.com")]
    [InlineData("Authority", "id.example.com")]
    [InlineData("ClientId", " ")]
    [InlineData("Scopes", "profile")]
    [InlineData("Roles:Boss", "x")]
    [InlineData("Roles:0", "x")]
    [InlineData("Roles:Viewer", "")]
    [InlineData("SignOutUrl", "javascript:alert(1)")]
    [InlineData("SessionHours", "0")]
    [InlineData("SessionHours", "1.5")]
    [InlineData("IdleMinutes", "43201")]
    [InlineData("RecheckSeconds", "41")]
    public void Read_ABadValue_IsNamedByItsKey(string key, string value)
    {
        StartupException exception = Assert.Throws<StartupException>(() => Read([.. Least.Where(one => one.Item1 != key), (key, value)]));

        Assert.Contains($"SignIn:{key.Replace(":Viewer", "", StringComparison.Ordinal)}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HttpOnThisMachine_IsTaken() =>
        Assert.Equal(new Uri("http://127.0.0.1:9000"), Read([.. Least[1..], ("Authority", "http://127.0.0.1:9000")]).Authority);

    [Fact]
    public void Read_SettingsOfAProviderWithoutOne_AreAllNamed()
    {
        StartupException exception = Assert.Throws<StartupException>(() => Read(("ClientId", "archiver"), ("Roles:Viewer:0", "readers"), ("Audience", "api")));

        Assert.All((string[])["SignIn:ClientId", "SignIn:Roles", "SignIn:Audience"], key => Assert.Contains(key, exception.Message, StringComparison.Ordinal));
    }

    private static SignInOptions Read(params (string Key, string Value)[] settings) => SignInOptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"SignIn:{one.Key}", (string?)one.Value))).Build());
}
