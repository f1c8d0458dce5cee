using Archiver.Web.Shell.Hardening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Web.Tests.Shell.Hardening;

public sealed class SameOriginGuardTests
{
    private const string Host = "archiver.example:8443";
    private const string Own = "https://archiver.example:8443";

    [Theory]
    [InlineData("GET", "/approvals", "https://evil.example", "cross-site", 200)] // a link on another site leads here
    [InlineData("POST", "/anything", Own, "same-origin", 200)]
    [InlineData("POST", "/anything", null, null, 200)] // no browser
    [InlineData("POST", "/anything", "https://evil.example", "cross-site", 403)]
    [InlineData("POST", "/anything", "https://evil.example", null, 403)]
    [InlineData("POST", "/anything", null, "cross-site", 403)]
    [InlineData("POST", "/anything", null, "same-site", 403)] // another name of the same domain is another site's page, too
    [InlineData("POST", "/anything", "null", "cross-site", 403)] // a sandboxed frame
    [InlineData("POST", "/anything", "null", null, 403)]
    [InlineData("PUT", "/runs/uploads/a/0", "https://archiver.example", null, 403)] // another port
    [InlineData("POST", "/anything", "https://archiver.example:8443.evil.example", null, 403)]
    [InlineData("GET", "/_blazor", Own, "same-origin", 200)]
    [InlineData("GET", "/_blazor", "https://evil.example", "cross-site", 403)]
    [InlineData("GET", "/_blazor/negotiate", "https://evil.example", null, 403)]
    [InlineData("GET", "/_BLAZOR", "https://evil.example", null, 403)]
    [InlineData("POST", "/signin-oidc", "https://provider.example", "cross-site", 200)] // the provider's answer
    public async Task Guard_WhatActs_IsForOwnPagesOnly(string method, string path, string? origin, string? site, int status)
    {
        ApplicationBuilder builder = new(new ServiceCollection().BuildServiceProvider());
        builder.UseSameOriginGuard("/signin-oidc");
        builder.Run(static context =>
        {
            context.Response.StatusCode = 200;
            return Task.CompletedTask;
        });
        DefaultHttpContext context = new() { RequestServices = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider() };
        context.Request.Method = method;
        context.Request.Scheme = "http"; // a proxy in front speaks https
        context.Request.Host = new HostString(Host);
        context.Request.Path = path;
        if (origin is not null) context.Request.Headers.Origin = origin;
        if (site is not null) context.Request.Headers["Sec-Fetch-Site"] = site;

        await builder.Build()(context);

        Assert.Equal(status, context.Response.StatusCode);
    }
}
