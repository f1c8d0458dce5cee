using System.Globalization;
using System.Net;
using System.Text;
using Amazon.DynamoDBv2;
using Archiver.Web.Audit;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Export;
using Archiver.Web.Audit.Trail;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Tests.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Archiver.Web.Tests.Audit;

/// <summary>The download over HTTP, from a server that has this feature alone.</summary>
public sealed class AuditExportTests(CloudFixture cloud) : IAsyncLifetime
{
    private const string Address = "/audit/export.jsonl";

    private readonly HttpClient _client = new();
    private AuditTables _table = null!;
    private WebApplication _app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _table = await AuditTables.CreateAsync(cloud);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IAmazonDynamoDB>(cloud.DynamoDb).AddSingleton(_table.Resources).AddSingleton(TimeProvider.System);
        builder.Services.AddIdentity().AddAudit();
        // Who may is the gate's business here; the sign-in that the endpoint's rule asks for is tested with it.
        builder.Services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true);
        _app = builder.Build();
        _app.UseCaller(Permits.Someone("Ann"));
        _app.MapAudit();
        await _app.StartAsync(Cancel);
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _table.Dispose();
    }

    [Fact]
    public async Task Get_TheChain_VerifiesWithoutAnyCloudUntilAByteIsFlipped()
    {
        await FillAsync(40);

        using HttpResponseMessage response = await _client.GetAsync(Address, Cancel);

        byte[] body = await response.Content.ReadAsByteArrayAsync(Cancel);
        Assert.Equal(("application/jsonl; charset=utf-8", "attachment"), (response.Content.Headers.ContentType?.ToString(), response.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Equal("archiver-audit.jsonl", response.Content.Headers.ContentDisposition?.FileName);
        Assert.True(response.Headers.CacheControl?.NoStore);
        List<AuditLink> links = Links(body);
        Assert.Equal(41, Assert.IsType<ChainFinding.Intact>(Chains.Follow(links)).Head.Sequence); // its own attempt is the last
        body[Encoding.ASCII.GetString(body).IndexOf("approval\",\"id\":\"17", StringComparison.Ordinal)] ^= 1;
        Assert.Equal(17, Assert.IsType<ChainFinding.Broken>(Chains.Follow(Links(body))).Sequence);
    }

    [Fact]
    public async Task Get_TheChain_IsOnRecordItself()
    {
        await FillAsync(3);

        await _client.GetByteArrayAsync(Address, Cancel);
        await _app.Services.GetRequiredService<AuditTrail>().DrainAsync(Cancel);

        List<AuditRecord> records = await _table.RecordsAsync();
        Assert.Equal(["Attempted", "Done"], records.Skip(3).Select(record => record.Phase));
        Assert.All(records.Skip(3), record => Assert.Equal((nameof(Operation.ExportAudit), "audit"), (record.Operation, record.On.Kind)));
        Assert.Equal("Entries 1 to 4 exported.", records[^1].Detail);
    }

    [Fact]
    public async Task Get_APart_IsThatPartWithWhatItFollows()
    {
        await FillAsync(50);

        List<AuditLink> links = Links(await _client.GetByteArrayAsync($"{Address}?from=13&to=37", Cancel));

        Assert.Equal(25, links.Count);
        ChainFinding.Intact found = Assert.IsType<ChainFinding.Intact>(Chains.Follow(links, isPart: true));
        Assert.Equal((13, 37), (found.First, found.Head.Sequence));
        Assert.Equal("13-to-37", (await _table.RecordsAsync())[^1].On.Id);
    }

    [Theory]
    [InlineData("from=0")]
    [InlineData("from=x")]
    [InlineData("to=-1")]
    [InlineData("from=3&to=2")]
    public async Task Get_WhatIsNoPart_IsRefused(string query)
    {
        using HttpResponseMessage response = await _client.GetAsync($"{Address}?{query}", Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await _table.BlocksAsync());
    }

    [Fact]
    public void Endpoint_HasTheRuleThatKeepsOthersOut() => Assert.Equal(
        Operation.ExportAudit,
        _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Single().Metadata.GetRequiredMetadata<AllowAttribute>().Operation);

    private async Task FillAsync(int count)
    {
        AuditTrail trail = _table.Trail();
        for (int i = 1; i <= count; i++)
        {
            trail.Add(Chains.Entry(i.ToString(CultureInfo.InvariantCulture), TimeProvider.System.GetUtcNow()));
            if (i % 7 == 0) await trail.DrainAsync(Cancel);
        }
        await trail.DrainAsync(Cancel);
    }

    private static List<AuditLink> Links(byte[] body)
    {
        List<AuditLink> links = [];
        foreach (string line in Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.True(AuditLine.TryRead(Encoding.UTF8.GetBytes(line), out AuditLink link), line);
            links.Add(link);
        }
        return links;
    }
}
