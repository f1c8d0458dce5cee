using System.Net;
using Archiver.Web.Cloud;
using Archiver.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Web.Tests.Shell;

public sealed class LoopbackGuardTests
{
    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:0;http://[::1]:5080")]
    public void CheckAddresses_Loopback_IsFine(string urls) => LoopbackGuard.CheckAddresses(Configured(urls));

    [Theory]
    [InlineData("http://+:5080")]
    [InlineData("http://*:80")]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://localhost:5080;http://192.168.1.7:80")]
    [InlineData("http://archiver.example:80")]
    public void CheckAddresses_AnyOther_RefusesAndNamesTheSettings(string urls)
    {
        StartupException refusal = Assert.Throws<StartupException>(() => LoopbackGuard.CheckAddresses(Configured(urls)));

        Assert.Contains("urls", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("SignIn:Authority", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost:5080", 200)]
    [InlineData("::1", "[::1]:5080", 200)]
    [InlineData("127.0.0.1", "evil.example", 403)]
    [InlineData("127.0.0.1", "localhost.evil.example", 403)]
    [InlineData("192.168.1.7", "localhost:5080", 403)]
    public async Task Guard_ARequest_NeedsALoopbackPeerAndHost(string peer, string host, int status)
    {
        ApplicationBuilder builder = new(new ServiceCollection().BuildServiceProvider());
        builder.UseLoopbackGuard();
        builder.Run(context =>
        {
            context.Response.StatusCode = 200;
            return Task.CompletedTask;
        });
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Host = new HostString(host);

        await builder.Build()(context);

        Assert.Equal(status, context.Response.StatusCode);
    }

    private static IConfiguration Configured(string urls) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = urls }).Build();
}
