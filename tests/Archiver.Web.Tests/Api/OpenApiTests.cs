using System.Net;
using System.Text.Json.Nodes;
using Archiver.Web.Api.Docs;
using Archiver.Web.Api.Requests;
using Archiver.Web.Approvals.Inbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Web.Tests.Api;

public sealed class OpenApiTests(CloudFixture cloud) : IAsyncLifetime
{
    private ApiHost _api = null!;
    private JsonNode _document = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiHost.StartAsync(cloud);
        Said answer = await _api.SendAsync("GET", ApiDocument.Address);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        _document = answer.Json;
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public void Document_Operations_AreTheEndpoints()
    {
        string[] documented = [.. _document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}"))];
        string[] mapped =
        [
            .. _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null)
                .Select(endpoint => $"{endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0]} /{endpoint.RoutePattern.RawText!.Trim('/')}"),
        ];

        Assert.NotEmpty(mapped);
        Assert.Equal(mapped.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Document_EveryOperation_IsWhole()
    {
        foreach ((string path, JsonNode? methods) in _document["paths"]!.AsObject())
        {
            foreach ((string method, JsonNode? operation) in methods!.AsObject())
            {
                string name = $"{method} {path}";
                Assert.True(operation!["summary"]?.GetValue<string>().Length > 0, name);
                Assert.True(operation["operationId"]?.GetValue<string>().Length > 0, name);
                Assert.Equal(path.Count(character => character == '{'), operation["parameters"]?.AsArray().Count(parameter => parameter!["in"]!.GetValue<string>() == "path") ?? 0);
                Assert.All(operation["parameters"]?.AsArray() ?? [], parameter => Assert.NotNull(parameter!["description"]));
                JsonObject responses = operation["responses"]!.AsObject();
                foreach (string status in new[] { "400", "401", "403", "429", "500", "503" }) Assert.True(responses[status]?["content"]?["application/problem+json"]?["schema"] is not null, $"{name} {status}");
                JsonNode[] good = [.. responses.Where(response => response.Key[0] == '2').Select(response => response.Value!["content"]!["application/json"]!["schema"]!)];
                Assert.NotEmpty(good);
                Assert.All(good, schema => Assert.True(schema["$ref"] is not null || schema["type"] is not null, name));
                if (method == "get") continue;
                Assert.Contains(operation["parameters"]!.AsArray(), parameter => parameter!["name"]!.GetValue<string>() == "Idempotency-Key");
                foreach (string status in new[] { "409", "413", "415", "422" }) Assert.NotNull(responses[status]);
                if (operation["requestBody"] is { } body) Assert.NotNull(body["content"]!["application/json"]!["example"]);
            }
        }
        Assert.Equal(["Approvals", "Runs", "Results"], _document["tags"]!.AsArray().Select(tag => tag!["name"]!.GetValue<string>()));
        Assert.Equal("http", _document["components"]!["securitySchemes"]!["bearer"]!["type"]!.GetValue<string>());
        Assert.NotEmpty(_document["security"]!.AsArray());
    }

    [Fact]
    public async Task Document_RealAnswers_AreAsItSays()
    {
        Approval approval = await _api.AskAsync();
        string run = (await _api.SendAsync("POST", "/api/v1/runs", """{"approvalNeeded":true}""")).Json["started"]![0]!.GetValue<string>();
        (string Method, string Template, string Path, string? Body)[] calls =
        [
            ("get", "/api/v1/approvals", "/api/v1/approvals?limit=2", null),
            ("get", "/api/v1/approvals/{id}", $"/api/v1/approvals/{approval.Id}", null),
            ("post", "/api/v1/approvals/{id}/decision", $"/api/v1/approvals/{approval.Id}/decision", """{"approved":true,"version":1}"""),
            ("post", "/api/v1/approvals/{id}/decision", $"/api/v1/approvals/{approval.Id}/decision", """{"approved":true,"version":1}"""),
            ("delete", "/api/v1/approvals/{id}/decision", $"/api/v1/approvals/{approval.Id}/decision", null),
            ("post", "/api/v1/approvals/decisions", "/api/v1/approvals/decisions", """{"items":[{"id":"nobody","approved":true,"version":1}]}"""),
            ("get", "/api/v1/approvals/{id}", "/api/v1/approvals/nobody", null),
            ("get", "/api/v1/runs", "/api/v1/runs?limit=2", null),
            ("get", "/api/v1/runs/{name}", $"/api/v1/runs/{run}", null),
            ("post", "/api/v1/runs", "/api/v1/runs", "{}"),
            ("post", "/api/v1/runs/{name}/stop", $"/api/v1/runs/{run}/stop", null),
            ("post", "/api/v1/runs/{name}/redrive", $"/api/v1/runs/{run}/redrive", null),
            ("get", "/api/v1/results", "/api/v1/results?limit=2", null),
            ("delete", "/api/v1/results", "/api/v1/results?confirm=no", null),
        ];

        foreach ((string method, string template, string path, string? body) in calls)
        {
            Said answer = await _api.SendAsync(method.ToUpperInvariant(), path, body);
            JsonNode? described = _document["paths"]![template]![method]!["responses"]![((int)answer.Status).ToString(System.Globalization.CultureInfo.InvariantCulture)];
            Assert.True(described is not null, $"{method} {path}: {answer.Status} is not described");
            JsonNode schema = described["content"]![answer.ContentType!]!["schema"]!;
            List<string> problems = [];
            SchemaCheck.Check(answer.Json, schema, _document, "$", problems);
            Assert.True(problems.Count == 0, $"{method} {path}: {string.Join("; ", problems)}\n{answer.Text}");
        }
    }

    [Fact]
    public async Task DocumentAndPage_ForNobody_AreNotThere()
    {
        Said document = await _api.SendAsync("GET", ApiDocument.Address, token: "");
        Said page = await _api.SendAsync("GET", DocsPage.Address, token: "");
        Said withSession = await _api.SendAsync("GET", DocsPage.Address, token: "", headers: [("Cookie", await _api.CookieAsync())]);
        Said documentWithSession = await _api.SendAsync("GET", ApiDocument.Address, token: "", headers: [("Cookie", await _api.CookieAsync())]);
        Said script = await _api.SendAsync("GET", "/api/docs/scalar.js", token: "", headers: [("Cookie", await _api.CookieAsync())]);

        Assert.Equal(HttpStatusCode.Unauthorized, document.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, page.Status);
        Assert.Equal(HttpStatusCode.OK, documentWithSession.Status);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (withSession.Status, withSession.ContentType));
        Assert.All(withSession.Text.Split("<script").Skip(1), one => Assert.Matches("\\A src=\"/[^\"]+\"></script>", one));
        Assert.DoesNotContain("http", withSession.Text.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("text/javascript", script.ContentType);
        Assert.Contains("createApiReference", script.Text, StringComparison.Ordinal);
    }
}
