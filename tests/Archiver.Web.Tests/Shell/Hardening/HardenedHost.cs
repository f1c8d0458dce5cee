using System.Net.Sockets;
using Archiver.Web.Audit;
using Archiver.Web.Approvals;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.SignIn;
using Archiver.Web.Results;
using Archiver.Web.Runs;
using Archiver.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Tests.Shell.Hardening;

/// <summary>The dashboard's pages and endpoints behind its own middleware, in a real Kestrel, with nothing at work behind them.</summary>
internal sealed class HardenedHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HardenedHost(WebApplication app) => _app = app;

    /// <summary>Sends requests; it keeps cookies, and follows no redirect.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Where it answers.</summary>
    public Uri Address => Client.BaseAddress!;

    public static async Task<HardenedHost> StartAsync(CloudFixture cloud, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Archiver.Web" });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseStaticWebAssets();
        builder.Services.AddCloud(cloud.Connection).AddShell().AddIdentity().AddSignIn(new SignInOptions()).AddAudit().AddApprovals().AddRuns().AddResults();
        builder.Services.RemoveAll<IHostedService>();
        HardenedHost host = new(builder.Build());
        host._app.UseShell();
        host._app.MapShell();
        host._app.MapApprovals().MapRuns().MapResults();
        await host._app.StartAsync();
        host.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(host._app.Urls.First()) };
        return host;
    }

    /// <summary>How the server was set up.</summary>
    public KestrelServerOptions Kestrel => _app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;

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
