using Archiver.Web.Audit;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Local;
using Archiver.Web.Tests.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Archiver.Web.Tests.Identity;

/// <summary>The whole dashboard as the program puts it together, in a real Kestrel, with nothing at work behind its pages.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardHost(WebApplication app, FakeTrail trail)
    {
        _app = app;
        Trail = trail;
    }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>What it put on record.</summary>
    public FakeTrail Trail { get; }

    /// <summary>Where it answers.</summary>
    public Uri Address => new(_app.Urls.First());

    public static async Task<DashboardHost> StartAsync(CloudFixture cloud, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Archiver.Web" });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Configuration["Limits:Burst"] = "10000"; // tests ask faster than people
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Dashboard.Register(builder, cloud.Connection);
        builder.Services.RemoveAll<IHostedService>();
        FakeTrail trail = new();
        builder.Services.AddSingleton<IAuditTrail>(trail).AddSingleton(new Terminal(TextWriter.Null));
        if (time is not null) builder.Services.AddSingleton(time);
        DashboardHost host = new(Dashboard.Map(builder.Build()), trail);
        await host._app.StartAsync();
        return host;
    }

    /// <summary>A browser of sorts: it keeps cookies, follows nothing, and asks as a program does.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>One that is signed in.</summary>
    public async Task<HttpClient> ClientAsync(Person? person)
    {
        HttpClient client = Client();
        if (person is not null) client.DefaultRequestHeaders.Add("Cookie", await Services.SignInAsync(Address, person));
        return client;
    }

    /// <summary>Stops it, when what it has begun to answer is answered.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
