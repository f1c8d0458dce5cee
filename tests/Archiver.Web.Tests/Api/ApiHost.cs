using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Archiver.Web.Api;
using Archiver.Web.Api.Tokens;
using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Local;
using Archiver.Web.Results;
using Archiver.Web.Runs;
using Archiver.Web.Shell;
using Archiver.Web.Tests.Approvals;
using Archiver.Web.Tests.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Archiver.Web.Tests.Api;

/// <summary>An answer, read whole.</summary>
internal sealed record Said(HttpStatusCode Status, string? ContentType, string Text, HttpResponseHeaders Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The kind of problem, less what all kinds begin with.</summary>
    public string Problem => Json["type"]!.GetValue<string>()["urn:archiver:problem:".Length..];
}

/// <summary>The dashboard with its API in a real Kestrel on the shared cloud, with nothing at work behind it.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app) => _app = app;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Sends requests; it keeps no cookies and follows no redirect.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The dashboard's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>What was put on record.</summary>
    public KeptTrail Trail { get; } = new();

    public static async Task<ApiHost> StartAsync(
        CloudFixture cloud, CloudResources? resources = null, TimeProvider? time = null, Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Archiver.Web" });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Dashboard.Register(builder, cloud.Connection);
        builder.Services.RemoveAll<IHostedService>();
        if (resources is not null) builder.Services.AddSingleton(resources);
        if (time is not null) builder.Services.AddSingleton(time);
        services?.Invoke(builder.Services);
        KeptTrail? trail = null;
        builder.Services.AddSingleton<IAuditTrail>(_ => trail!).AddSingleton(new Terminal(TextWriter.Null));
        ApiHost host = new(builder.Build());
        trail = host.Trail;
        Dashboard.Map(host._app);
        await host._app.StartAsync();
        host.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(host._app.Urls.First()) };
        return host;
    }

    /// <summary>A token of somebody's; of somebody with every role where none is given.</summary>
    public string Token(string name = "Ann", params Role[] roles) => Services.GetRequiredService<LocalTokens>().Create(Permits.Someone(name, roles)).Token;

    /// <summary>A token of somebody without a role.</summary>
    public string TokenOfNobody() => Services.GetRequiredService<LocalTokens>().Create(new Person("test|nobody", "Nobody", new HashSet<Role>())).Token;

    /// <summary>The cookie of somebody who is signed in at the pages.</summary>
    public Task<string> CookieAsync(string name = "Ann", params Role[] roles) => Services.SignInAsync(Client.BaseAddress!, Permits.Someone(name, roles));

    /// <summary>Sends a request.</summary>
    /// <param name="token">The bearer token; one of somebody with every role where none is given, none where it is empty.</param>
    /// <param name="body">The body, JSON.</param>
    public async Task<Said> SendAsync(string method, string path, string? body = null, string? token = null, string? key = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if ((token ??= Token()) is { Length: > 0 }) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await SendAsync(request);
    }

    public async Task<Said> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await Client.SendAsync(request, Cancel);
        return new Said(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Cancel), response.Headers);
    }

    /// <summary>Puts an approval that waits into the table.</summary>
    public async Task<Approval> AskAsync(string name = "ledger.pdf", DateTimeOffset? requestedAt = null)
    {
        string token = Guid.NewGuid().ToString("N");
        Approval approval = Samples.Pending(TaskTokenHash.Of(token), name, requestedAt) with { ExecutionArn = $"arn:aws:states:us-east-1:000000000000:execution:archiver-ArchiverStateMachine:{token}" };
        return (await Services.GetRequiredService<ApprovalsStore>().AddAsync(approval, token, Cancel)).Approval!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
