using Archiver.Web.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Tests.Webhooks;

public sealed class WebhookSettingsTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void Validate_WhatCanNotBe_IsAllNamedAndNoSecretSaid()
    {
        WebhookOptionsReader reader = Reader(
            ("Webhooks:0:Url", "http://evil.example/hook"), ("Webhooks:0:Secret", "whsec_dGlueQ=="), ("Webhooks:0:Events", "asked,lost"),
            ("Webhooks:1:Url", "https://user:pass@example.com"), ("Webhooks:2:Url", "ftp://x"), ("Webhooks:2:Secret", Secret), ("Webhooks:x", "1"), ("Webhooks:3:Uri", "https://a"));

        string[] problems = [.. reader.Validate(null, new WebhookOptions()).Failures!];

        foreach (string key in new[] { "Webhooks:0:Url", "Webhooks:0:Secret", "Webhooks:0:Events", "Webhooks:1:Url", "Webhooks:1:Secret", "Webhooks:2:Url", "Webhooks:x", "Webhooks:3:Uri" })
            Assert.Contains(problems, problem => problem.StartsWith(key, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, problem => problem.Contains("dGlueQ", StringComparison.Ordinal) || problem.Contains("pass", StringComparison.Ordinal) && problem.Contains("user:", StringComparison.Ordinal));
    }

    [Fact]
    public void Configure_WhatIsWell_IsTaken()
    {
        WebhookOptions options = new();
        Reader(("Webhooks:0:Url", "https://example.com/a"), ("Webhooks:0:Secret", Secret), ("Webhooks:7:Url", "http://localhost:9/b"), ("Webhooks:7:Secret", Secret), ("Webhooks:7:Events:0", "Decided")).Configure(options);

        Assert.Equal([0, 7], options.All.Select(webhook => webhook.Number));
        Assert.Equal(2, options.All[0].Events.Count);
        Assert.Equal([WebhookEvent.Decided], options.All[1].Events);
        Assert.DoesNotContain("example.com", options.All[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ASecretOnTheCommandLine_IsRefused()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Webhooks:0:Url"] = "https://example.com/a" })
            .AddCommandLine([$"--Webhooks:0:Secret={Secret}"]).Build();

        ValidateOptionsResult result = new WebhookOptionsReader(configuration).Validate(null, new WebhookOptions());

        Assert.Contains("environment", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, null, 0, 3)]
    [InlineData(1, null, 1, 5)]
    [InlineData(4, null, 1, 40)]
    [InlineData(30, null, 1, 21600)]
    [InlineData(1, 100, 0, 100)]
    [InlineData(1, 1_000_000, 0, 43200)]
    [InlineData(1, -5, 0, 3)]
    public void Delay_GrowsWithinBounds(int attempt, int? retryAfter, double random, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), WebhookBackoff.Delay(attempt, retryAfter is { } after ? TimeSpan.FromSeconds(after) : null, random));

    private static WebhookOptionsReader Reader(params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => (string?)one.Value)).Build());
}
