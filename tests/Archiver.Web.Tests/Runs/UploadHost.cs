using System.Net.Http.Json;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Local;
using Archiver.Web.Identity.SignIn;
using Archiver.Web.Runs;
using Archiver.Web.Shell;
using Archiver.Web.Tests.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Archiver.Web.Tests.Runs;

/// <summary>The upload endpoint behind the dashboard's own middleware, in a real Kestrel: a test server holds no body to a limit.</summary>
internal sealed class UploadHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<long?> _limit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private UploadHost(WebApplication app, long? limit)
    {
        _app = app;
        app.UseShell();
        app.Use(async (context, next) =>
        {
            if (!HttpMethods.IsPut(context.Request.Method))
            {
                await next(context);
                return;
            }
            IHttpMaxRequestBodySizeFeature size = context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>();
            _limit.TrySetResult(size.MaxRequestBodySize);
            if (limit is not null) size.MaxRequestBodySize = limit;
            try
            {
                await next(context);
            }
            finally
            {
                _handled.TrySetResult();
            }
        });
        app.MapRuns();
    }

    /// <summary>Sends requests; it keeps cookies.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The cookie of the session that the client has.</summary>
    public string Session { get; private set; } = "";

    /// <summary>The most bytes that the first upload could have, in the eyes of the server.</summary>
    public Task<long?> Limit => _limit.Task;

    /// <summary>Done when the server is done with the first upload, whether somebody was there for the answer or not.</summary>
    public Task Handled => _handled.Task;

    /// <summary>Starts the endpoint.</summary>
    /// <param name="resources">The stack's names; nothing for the cloud's own.</param>
    /// <param name="who">Who sends; an operator where nobody is named.</param>
    /// <param name="limit">The most bytes of a body, so that a test need not send a gigabyte; nothing to leave the endpoint its own.</param>
    public static async Task<UploadHost> StartAsync(CloudFixture cloud, CloudResources? resources = null, long? limit = null, Person? who = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddCloud(cloud.Connection).AddShell().AddIdentity().AddSignIn(new SignInOptions()).AddAudit().AddRuns();
        builder.Services.AddSingleton(new Terminal(TextWriter.Null));
        if (resources is not null) builder.Services.AddSingleton(resources);
        UploadHost host = new(builder.Build(), limit);
        await host._app.StartAsync();
        host.Client = new HttpClient { BaseAddress = new Uri(host._app.Urls.First()) };
        who ??= Permits.Someone("Olga", Role.Operator);
        host.Session = await host._app.Services.SignInAsync(host.Client.BaseAddress, who);
        host.Client.DefaultRequestHeaders.Add("Cookie", host.Session);
        return host;
    }

    /// <summary>Makes an upload's request, with a good token.</summary>
    public async Task<HttpRequestMessage> RequestAsync(string click, string name, HttpContent content)
    {
        UploadToken token = (await Client.GetFromJsonAsync<UploadToken>("/runs/uploads/token"))!;
        HttpRequestMessage request = new(HttpMethod.Put, Address(click, name)) { Content = content };
        request.Headers.Add(token.Header, token.Value);
        return request;
    }

    /// <summary>Where a click's first file goes.</summary>
    public static string Address(string click, string name) => $"/runs/uploads/{click}/0?name={Uri.EscapeDataString(name)}";

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
