using System.Net;
using Archiver.Web.Api.Requests;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Web.Tests.Api;

/// <summary>Who may do what over the API: the table, and every endpoint held to it.</summary>
public sealed class AccessApiTests(CloudFixture cloud)
{
    private const string Nobody = "nobody", NoRole = "no role";

    // Every operation of the API, and whom it lets in. An operation without a row fails Table_EveryEndpoint_HasARow.
    private static readonly Dictionary<string, Role[]> Table = new()
    {
        ["GET /api/v1/approvals"] = [Role.Viewer, Role.Reviewer, Role.Operator],
        ["GET /api/v1/approvals/{id}"] = [Role.Viewer, Role.Reviewer, Role.Operator],
        ["POST /api/v1/approvals/{id}/decision"] = [Role.Reviewer],
        ["DELETE /api/v1/approvals/{id}/decision"] = [Role.Reviewer],
        ["POST /api/v1/approvals/decisions"] = [Role.Reviewer],
        ["POST /api/v1/approvals/{id}/claim"] = [Role.Reviewer],
        ["DELETE /api/v1/approvals/{id}/claim"] = [Role.Reviewer],
        ["PUT /api/v1/approvals/{id}/claim"] = [Role.Operator],
        ["GET /api/v1/runs"] = [Role.Viewer, Role.Reviewer, Role.Operator],
        ["GET /api/v1/runs/{name}"] = [Role.Viewer, Role.Reviewer, Role.Operator],
        ["POST /api/v1/runs"] = [Role.Operator],
        ["POST /api/v1/runs/{name}/stop"] = [Role.Operator],
        ["POST /api/v1/runs/{name}/redrive"] = [Role.Operator],
        ["GET /api/v1/results"] = [Role.Viewer, Role.Reviewer, Role.Operator],
        ["DELETE /api/v1/results"] = [Role.Operator],
    };

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string endpoint in Table.Keys)
        {
            foreach (string who in new[] { Nobody, NoRole }.Concat(Enum.GetNames<Role>())) cases.Add(endpoint, who);
        }
        return cases;
    }

    [Fact]
    public async Task Table_EveryEndpoint_HasARow()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);

        string[] endpoints = [.. Endpoints(api).Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null).Select(Name)];

        Assert.Equal(Table.Keys.Order(StringComparer.Ordinal), endpoints.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Endpoints_OfTheApi_EachNamesItsOperationAndTakesNoCookie()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);
        string[] others = ["* /api/{**address}", "GET /api/docs", "GET /api/docs/scalar.js", "GET /api/v1/openapi.json", "POST /api/v1/tokens", "GET /api", "HEAD /api", "* /api"];

        foreach (RouteEndpoint endpoint in Endpoints(api).Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api", StringComparison.Ordinal)))
        {
            if (endpoint.Metadata.GetMetadata<ApiOperation>() is null)
            {
                Assert.Contains(others, other => other.EndsWith(" /" + endpoint.RoutePattern.RawText!.Trim('/'), StringComparison.Ordinal)
                    || endpoint.RoutePattern.RawText!.Contains("api-docs", StringComparison.Ordinal));
                continue;
            }
            Assert.Single(endpoint.Metadata.OfType<AllowAttribute>());
            Assert.Contains(endpoint.Metadata.OfType<AuthorizeAttribute>(), one => one.AuthenticationSchemes == "api");
            Assert.Empty(endpoint.Metadata.OfType<AllowAnonymousAttribute>());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Send_ByEachRole_IsAsTheTableSays(string endpoint, string who)
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud, cloud.Resources with { ArchiveTable = "archiver-NoTable" });
        string token = who switch { Nobody => "", NoRole => api.TokenOfNobody(), _ => api.Token(who, Enum.Parse<Role>(who)) };
        bool allowed = Enum.TryParse(who, out Role role) && Table[endpoint].Contains(role);
        string[] parts = endpoint.Split(' ');
        string path = parts[1].Replace("{id}", "nobody", StringComparison.Ordinal).Replace("{name}", "nobody", StringComparison.Ordinal);

        Said answer = await api.SendAsync(parts[0], path, parts[0] == "POST" ? """{"unknown":1}""" : null, token);

        // Whoever is let in is told that there is no such thing, or that the request can't be; what is there is no matter here.
        if (who == Nobody) Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), (answer.Status, answer.Problem));
        else if (!allowed) Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (answer.Status, answer.Problem));
        else Assert.DoesNotContain(answer.Status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        bool isOnRecord = api.Trail.Entries.Any(entry => entry.Phase == AuditPhase.Refused && entry.By.Id.Length > 0);
        Assert.Equal(!allowed && who != Nobody && parts[0] != "GET", isOnRecord);
    }

    [Theory]
    [InlineData("GET", "/api/v1/approvals")]
    [InlineData("POST", "/api/v1/runs")]
    [InlineData("DELETE", "/api/v1/results?confirm=all")]
    public async Task Send_WithACookieAlone_IsRefused(string method, string path)
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);
        string cookie = await api.CookieAsync();

        Said answer = await api.SendAsync(method, path, token: "", headers: [("Cookie", cookie), ("X-Archiver", "1"), ("Origin", api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority))]);

        Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task Send_WithSomebodysTokenAndAnothersCookie_IsTheTokens()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);
        Approval approval = await api.AskAsync();
        string cookie = await api.CookieAsync("Carol");

        Said answer = await api.SendAsync(
            "POST", $"/api/v1/approvals/{approval.Id}/decision", """{"approved":true,"version":1}""", api.Token("Bob", Role.Reviewer), headers: [("Cookie", cookie)]);

        Assert.Equal("Bob", answer.Json["approval"]!["decision"]!["reviewer"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/api/v2/approvals", HttpStatusCode.NotFound, "not-found")]
    [InlineData("PATCH", "/api/v1/approvals", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("DELETE", "/api/v1/runs", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    public async Task Send_ToNoAddress_IsAProblem(string method, string path, HttpStatusCode status, string problem)
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);

        Said answer = await api.SendAsync(method, path);

        Assert.Equal((status, problem, "application/problem+json"), (answer.Status, answer.Problem, answer.ContentType));
    }

    [Fact]
    public async Task Send_TooMuch_IsToldWhenToComeAgainAndOthersAreNot()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud, settings: [("Api:Burst", "5"), ("Api:RequestsPerSecond", "1")]);
        string token = api.Token();

        List<Said> answers = [];
        for (int i = 0; i < 12; i++) answers.Add(await api.SendAsync("GET", "/api/v1/approvals/nobody", token: token));

        Said refused = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        Assert.Equal("too-many-requests", refused.Problem);
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NotFound, (await api.SendAsync("GET", "/api/v1/approvals/nobody", token: api.Token("Bob"))).Status);
    }

    [Fact]
    public async Task Send_WhereTheCloudFails_IsAProblemWithoutWhatItLooksLikeInside()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud, cloud.Resources with { ApprovalsTable = "archiver-NoTable" });

        Said answer = await api.SendAsync("GET", "/api/v1/approvals");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "cloud"), (answer.Status, answer.Problem));
        Assert.DoesNotContain("archiver-NoTable", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static IEnumerable<RouteEndpoint> Endpoints(ApiHost api) => api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static string Name(RouteEndpoint endpoint) =>
        $"{string.Join(',', endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)} /{endpoint.RoutePattern.RawText!.Trim('/')}";
}
