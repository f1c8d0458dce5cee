using System.Net.Sockets;
using Archiver.Web.Tests.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Tests.Shell.Hardening;

/// <summary>The whole dashboard in a real Kestrel, with nothing at work behind it.</summary>
internal sealed class HardenedHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HardenedHost(WebApplication app) => _app = app;

    /// <summary>Sends requests as somebody who has every role; it follows no redirect.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The cookie of that person's session.</summary>
    public string Session { get; private set; } = "";

    /// <summary>Where it answers.</summary>
    public Uri Address => Client.BaseAddress!;

    /// <summary>How the server was set up.</summary>
    public KestrelServerOptions Kestrel => _app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;

    public static async Task<HardenedHost> StartAsync(CloudFixture cloud, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Archiver.Web" });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        Dashboard.Register(builder, cloud.Connection);
        builder.Services.RemoveAll<IHostedService>();
        WebApplication app = builder.Build();
        Dashboard.Map(app);
        HardenedHost host = new(app);
        await app.StartAsync();
        host.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) };
        host.Session = await app.Services.SignInAsync(host.Address, Permits.Someone("Ann"));
        host.Client.DefaultRequestHeaders.Add("Cookie", host.Session);
        return host;
    }

    /// <summary>Opens a bare connection.</summary>
    public async Task<NetworkStream> ConnectAsync()
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Address.Host, Address.Port, TestContext.Current.CancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
