using System.Net;
using System.Reflection;
using System.Security.Claims;
using Archiver.Web.Api.Tokens;
using Archiver.Web.Audit;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Tests.Audit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archiver.Web.Tests.Identity;

/// <summary>Each role at each endpoint, page and command, as <see cref="AccessTable"/> has it; what is not in the table fails here.</summary>
public sealed class AccessTableTests(CloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_OfTheDashboard_AreAllInTheTable()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);

        Assert.Equal(
            AccessTable.Endpoints.Select(row => row.Endpoint).Order(StringComparer.Ordinal),
            Endpoints(host).Where(name => !name.Contains("/_blazor", StringComparison.Ordinal) && !name.Contains("/_framework/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Endpoints_ForEveryColumn_LetThroughWhomTheTableSays()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        List<string> wrong = [];
        foreach ((string endpoint, string address, string who) in AccessTable.Endpoints)
        {
            foreach (((string column, Person? person), int index) in AccessTable.People.Select((one, index) => (one, index)))
            {
                string method = endpoint.Split(' ')[0].Split(',')[0];
                HttpStatusCode status = await AskAsync(host, method == "ANY" ? "GET" : method, address, person);
                HttpStatusCode? refused = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? status : null;
                HttpStatusCode? expected = AccessTable.Lets(who, index) ? null : person is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden;
                if (refused != expected) wrong.Add($"{endpoint} for {column}: {status}");
            }
        }
        Assert.Empty(wrong);
    }

    // Whatever the framework maps for circuits today or in its next version.
    [Fact]
    public async Task Circuits_EveryAddress_NeedASession()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        string[] circuits = [.. Endpoints(host).Where(name => name.Contains("/_blazor", StringComparison.Ordinal)).Distinct()];

        Assert.NotEmpty(circuits);
        foreach (string endpoint in circuits)
        {
            string[] parts = endpoint.Split(' ');
            string method = parts[0] == "ANY" ? "POST" : parts[0].Split(',')[0];
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(host, method, parts[1], null));
            Assert.NotEqual(HttpStatusCode.Unauthorized, await AskAsync(host, method, parts[1], AccessTable.People[1].Person));
        }
    }

    [Fact]
    public async Task Pages_ForEveryColumn_AreShownToWhomTheTableSays()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        IAuthorizationService authorization = host.Services.GetRequiredService<IAuthorizationService>();
        IAuthorizationPolicyProvider policies = host.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        List<string> wrong = [];
        (Type Page, string Template)[] pages = [.. typeof(Dashboard).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>().Select(route => (type, route.Template)))];

        Assert.NotEmpty(pages);
        foreach ((Type page, string template) in pages)
        {
            string who = Assert.Single(AccessTable.Endpoints, row => row.Endpoint.EndsWith(' ' + template, StringComparison.Ordinal)).Who;
            Assert.Single(page.GetCustomAttributes(), attribute => attribute is AllowAttribute or IAllowAnonymous);
            if (page.IsDefined(typeof(AllowAnonymousAttribute))) continue;
            AuthorizationPolicy policy = (await AuthorizationPolicy.CombineAsync(policies, page.GetCustomAttributes().OfType<IAuthorizeData>()))!;
            foreach (((string column, Person? person), int index) in AccessTable.People.Select((one, index) => (one, index)))
            {
                ClaimsPrincipal principal = new(person is null ? new ClaimsIdentity() : new ClaimsIdentity(PersonClaims.Of(person), "test"));
                if ((await authorization.AuthorizeAsync(principal, null, policy)).Succeeded != AccessTable.Lets(who, index)) wrong.Add($"{template} for {column}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void Operations_OfTheDashboard_AreAllInTheTable() =>
        Assert.Equal(Enum.GetValues<Operation>(), AccessTable.Operations.Select(row => row.Operation).Order());

    [Fact]
    public async Task Commands_ForEveryColumn_LetThroughWhomTheTableSays()
    {
        List<string> wrong = [];
        foreach ((Operation operation, string who) in AccessTable.Operations)
        {
            foreach (((string column, Person? person), int index) in AccessTable.People.Select((one, index) => (one, index)))
            {
                Caller caller = new();
                caller.Become(person, null);
                bool done = false;
                FakeTrail trail = new();
                await new CommandGate(caller, trail, TimeProvider.System, NullLogger<CommandGate>.Instance).RunAsync(
                    operation, new AuditSubject("test"),
                    permit =>
                    {
                        permit.Demand(operation);
                        return Task.FromResult(done = true);
                    },
                    _ => new CommandEnd(AuditPhase.Done, null), Cancel);
                bool recorded = trail.Entries[^1].Phase == (done ? AuditPhase.Done : AuditPhase.Refused);
                if (done != AccessTable.Lets(who, index) || !recorded) wrong.Add($"{operation} for {column}");
            }
        }
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Endpoints(DashboardHost host) => host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
        .Select(endpoint => $"{(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods.Count: > 0 } methods ? string.Join(',', methods.HttpMethods.Order(StringComparer.Ordinal)) : "ANY")} /{endpoint.RoutePattern.RawText!.TrimStart('/')}");

    private static async Task<HttpStatusCode> AskAsync(DashboardHost host, string method, string address, Person? person)
    {
        using HttpClient client = await host.ClientAsync(person);
        using HttpRequestMessage request = new(new HttpMethod(method), address);
        request.Headers.Accept.ParseAdd("application/json");
        if (person is not null) request.Headers.Authorization = new("Bearer", host.Services.GetRequiredService<LocalTokens>().Create(person).Token); // what the API goes by
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return response.StatusCode;
    }
}
