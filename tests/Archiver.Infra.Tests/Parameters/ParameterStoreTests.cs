using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Archiver.Infra.Tests.LocalCloud;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Infra.Tests.Parameters;

public sealed class ParameterStoreTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private TestCloud _cloud = null!;
    private AmazonSimpleSystemsManagementClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cloud = await TestCloud.StartAsync(_time);
        _client = Client(_cloud);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task PutParameter_ThenGet_GivesItBack()
    {
        PutParameterResponse put = await PutAsync("/a/b", "värde");

        Parameter parameter = (await GetAsync("/a/b")).Parameter;

        Assert.Equal((1, ParameterTier.Standard), (put.Version, put.Tier));
        Assert.Equal(("/a/b", "värde", ParameterType.String, 1L), (parameter.Name, parameter.Value, parameter.Type, parameter.Version ?? 0));
        Assert.Equal(("arn:aws:ssm:us-east-1:000000000000:parameter/a/b", "text"), (parameter.ARN, parameter.DataType));
        Assert.Equal(_time.GetUtcNow().UtcDateTime, parameter.LastModifiedDate?.ToUniversalTime());
    }

    [Fact]
    public async Task PutParameter_Existing_NeedsOverwrite()
    {
        await PutAsync("p", "one");

        ParameterAlreadyExistsException exception = await Assert.ThrowsAsync<ParameterAlreadyExistsException>(() => PutAsync("p", "two"));
        PutParameterResponse second = await _client.PutParameterAsync(new PutParameterRequest { Name = "p", Value = "two", Overwrite = true }, Cancellation);

        Assert.StartsWith("The parameter already exists.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, second.Version);
        Assert.Equal("two", (await GetAsync("p")).Parameter.Value);
        Assert.Equal("one", (await GetAsync("p:1")).Parameter.Value);
        Assert.Equal(":1", (await GetAsync("p:1")).Parameter.Selector);
        await Assert.ThrowsAsync<ParameterVersionNotFoundException>(() => GetAsync("p:3"));
    }

    [Fact]
    public async Task PutParameter_ManyVersions_KeepsTheLastHundred()
    {
        for (int i = 1; i <= 101; i++)
            await _client.PutParameterAsync(new PutParameterRequest { Name = "p", Value = $"v{i}", Type = ParameterType.String, Overwrite = true }, Cancellation);

        Assert.Equal("v2", (await GetAsync("p:2")).Parameter.Value);
        await Assert.ThrowsAsync<ParameterVersionNotFoundException>(() => GetAsync("p:1"));
    }

    [Fact]
    public async Task PutParameter_AtOnce_EveryVersionIsTakenOnce()
    {
        PutParameterResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _client.PutParameterAsync(
            new PutParameterRequest { Name = "p", Value = $"v{i}", Type = ParameterType.String, Overwrite = true }, Cancellation)));

        Assert.Equal(Enumerable.Range(1, 20).Select(version => (long)version), responses.Select(response => response.Version ?? 0).Order());
    }

    [Fact]
    public async Task GetParameter_SecureString_IsInTheClearOnlyWhenAsked()
    {
        await _client.PutParameterAsync(new PutParameterRequest { Name = "/s", Value = "secret", Type = ParameterType.SecureString }, Cancellation);

        Parameter closed = (await GetAsync("/s")).Parameter;
        Parameter open = (await _client.GetParameterAsync(new GetParameterRequest { Name = "/s", WithDecryption = true }, Cancellation)).Parameter;
        GetParametersByPathResponse byPath = await _client.GetParametersByPathAsync(new GetParametersByPathRequest { Path = "/", WithDecryption = true }, Cancellation);

        Assert.DoesNotContain("secret", closed.Value, StringComparison.Ordinal);
        Assert.Equal((ParameterType.SecureString, "secret"), (open.Type, open.Value));
        Assert.Equal("secret", Assert.Single(byPath.Parameters).Value);
        Assert.Equal("alias/aws/ssm", Assert.Single((await _client.DescribeParametersAsync(new DescribeParametersRequest(), Cancellation)).Parameters).KeyId);
    }

    [Fact]
    public async Task PutParameter_SecureString_IsNotInTheFiles()
    {
        await _client.PutParameterAsync(new PutParameterRequest { Name = "/s", Value = "a-very-secret-word", Type = ParameterType.SecureString }, Cancellation);

        foreach (string file in Directory.GetFiles(_cloud.DataDirectory, "parameters*"))
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("a-very-secret-word", await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Restart_Parameters_AreStillThere()
    {
        await using TestCloud first = await TestCloud.StartAsync(_time, dataDirectory: Directory.CreateTempSubdirectory("archiver-ssm-").FullName);
        using (AmazonSimpleSystemsManagementClient client = Client(first))
            await client.PutParameterAsync(new PutParameterRequest { Name = "/s", Value = "secret", Type = ParameterType.SecureString }, Cancellation);
        await first.Server.DisposeAsync();

        await using TestCloud second = await TestCloud.StartAsync(_time, dataDirectory: first.DataDirectory);
        using (AmazonSimpleSystemsManagementClient client = Client(second))
            Assert.Equal("secret", (await client.GetParameterAsync(new GetParameterRequest { Name = "/s", WithDecryption = true }, Cancellation)).Parameter.Value);
        await second.Server.DisposeAsync();
        Directory.Delete(first.DataDirectory, recursive: true);
    }

    [Fact]
    public async Task GetParameters_SomeMissing_AreNamed()
    {
        await PutAsync("a", "1");
        await PutAsync("/b", "2");

        GetParametersResponse response = await _client.GetParametersAsync(new GetParametersRequest { Names = ["a", "no", "/b", "a:9"] }, Cancellation);

        Assert.Equal(["1", "2"], response.Parameters.Select(parameter => parameter.Value));
        Assert.Equal(["no", "a:9"], response.InvalidParameters);
    }

    [Fact]
    public async Task GetParametersByPath_Levels_AreTakenAsAsked()
    {
        string[] names = ["/a", "/a/b", "/a/c", "/a/c/d", "/a0", "/ab/c", "plain"];
        foreach (string name in names)
            await PutAsync(name, name);

        Assert.Equal(["/a/b", "/a/c"], await ByPathAsync("/a", recursive: false));
        Assert.Equal(["/a/b", "/a/c", "/a/c/d"], await ByPathAsync("/a/", recursive: true));
        Assert.Equal(["/a", "/a0"], await ByPathAsync("/", recursive: false));
        Assert.Equal(["/a", "/a/b", "/a/c", "/a/c/d", "/a0", "/ab/c"], await ByPathAsync("/", recursive: true));
        Assert.Empty(await ByPathAsync("/nothing", recursive: true));
    }

    [Fact]
    public async Task GetParametersByPath_Pages_HoldEachParameterOnce()
    {
        for (int i = 0; i < 23; i++)
            await PutAsync($"/p/{i:00}", "x");
        List<string> names = [];
        string? token = null;
        int pages = 0;
        do
        {
            GetParametersByPathResponse page = await _client.GetParametersByPathAsync(new GetParametersByPathRequest { Path = "/p", NextToken = token }, Cancellation);
            names.AddRange(page.Parameters.Select(parameter => parameter.Name));
            token = page.NextToken;
            pages++;
        }
        while (token is not null);

        Assert.Equal(3, pages);
        Assert.Equal(Enumerable.Range(0, 23).Select(i => $"/p/{i:00}"), names);
    }

    [Fact]
    public async Task DescribeParameters_Filters_Narrow()
    {
        await PutAsync("/x/one", "1");
        await PutAsync("two", "2");
        await _client.PutParameterAsync(
            new PutParameterRequest { Name = "/x/y/list", Value = "a,b", Type = ParameterType.StringList, Description = "Both.", AllowedPattern = "a.*" }, Cancellation);

        Assert.Equal(["/x/one", "/x/y/list", "two"], await DescribeAsync());
        Assert.Equal(["two"], await DescribeAsync(new ParameterStringFilter { Key = "Name", Values = ["two"] }));
        Assert.Equal(["/x/one", "/x/y/list"], await DescribeAsync(new ParameterStringFilter { Key = "Name", Option = "BeginsWith", Values = ["/x"] }));
        Assert.Equal(["/x/y/list"], await DescribeAsync(new ParameterStringFilter { Key = "Name", Option = "Contains", Values = ["list"] }));
        Assert.Equal(["/x/y/list"], await DescribeAsync(new ParameterStringFilter { Key = "Type", Values = ["StringList"] }));
        Assert.Equal(["/x/one"], await DescribeAsync(new ParameterStringFilter { Key = "Path", Values = ["/x"] }));
        ParameterMetadata described = (await _client.DescribeParametersAsync(new DescribeParametersRequest { MaxResults = 2 }, Cancellation)).Parameters[1];
        Assert.Equal(("Both.", "a.*"), (described.Description, described.AllowedPattern));
    }

    [Fact]
    public async Task DeleteParameter_Gone_IsNotFound()
    {
        await PutAsync("p", "1");
        await PutAsync("q", "1");

        await _client.DeleteParameterAsync(new DeleteParameterRequest { Name = "p" }, Cancellation);
        DeleteParametersResponse response = await _client.DeleteParametersAsync(new DeleteParametersRequest { Names = ["p", "q"] }, Cancellation);

        await Assert.ThrowsAsync<ParameterNotFoundException>(() => GetAsync("p"));
        await Assert.ThrowsAsync<ParameterNotFoundException>(() => _client.DeleteParameterAsync(new DeleteParameterRequest { Name = "p" }, Cancellation));
        Assert.Equal(["q"], response.DeletedParameters);
        Assert.Equal(["p"], response.InvalidParameters);
    }

    [Theory]
    [InlineData("p", "arn:aws:ssm:us-east-1:000000000000:parameter/p")]
    [InlineData("/p", "arn:aws:ssm:us-east-1:000000000000:parameter/p:1")]
    [InlineData("/p/q", "arn:aws:ssm:us-east-1:000000000000:parameter/p/q")]
    public async Task GetParameter_ByArn_IsFound(string name, string arn)
    {
        await PutAsync(name, "v");

        Assert.Equal(name, (await GetAsync(arn)).Parameter.Name);
    }

    [Theory]
    [InlineData("", "v", "String", null, "ValidationException")]
    [InlineData("a/b", "v", "String", null, "ValidationException")]
    [InlineData("/a//b", "v", "String", null, "ValidationException")]
    [InlineData("a b", "v", "String", null, "ValidationException")]
    [InlineData("awsThing", "v", "String", null, "ValidationException")]
    [InlineData("/SSM/x", "v", "String", null, "ValidationException")]
    [InlineData("p", "", "String", null, "ValidationException")]
    [InlineData("p", "v", null, null, "ValidationException")]
    [InlineData("p", "v", "Int", null, "UnsupportedParameterType")]
    [InlineData("p", "a,,b", "StringList", null, "ValidationException")]
    [InlineData("p", "v", "String", "^x$", "ParameterPatternMismatchException")]
    [InlineData("p", "v", "String", "(", "InvalidAllowedPatternException")]
    [InlineData("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "v", "String", null, "HierarchyLevelLimitExceededException")]
    public async Task PutParameter_Wrong_HasTheServicesError(string name, string value, string? type, string? pattern, string code)
    {
        AmazonSimpleSystemsManagementException exception = await Assert.ThrowsAnyAsync<AmazonSimpleSystemsManagementException>(() => _client.PutParameterAsync(
            new PutParameterRequest { Name = name, Value = value, Type = type, AllowedPattern = pattern }, Cancellation));

        Assert.Equal(code, exception.ErrorCode);
    }

    [Theory]
    [InlineData(4096, null, null)]
    [InlineData(4097, null, "ValidationException")]
    [InlineData(8192, "Advanced", null)]
    [InlineData(8193, "Advanced", "ValidationException")]
    [InlineData(4097, "Intelligent-Tiering", null)]
    public async Task PutParameter_Length_IsLimitedByTier(int length, string? tier, string? code)
    {
        PutParameterRequest request = new() { Name = "p", Value = new string('x', length), Type = ParameterType.String, Tier = tier };

        Assert.Equal(code, (await Record.ExceptionAsync(() => _client.PutParameterAsync(request, Cancellation)) as AmazonSimpleSystemsManagementException)?.ErrorCode);
    }

    [Fact]
    public async Task PutParameter_OtherType_IsRefused()
    {
        await PutAsync("p", "1");

        await Assert.ThrowsAsync<HierarchyTypeMismatchException>(() => _client.PutParameterAsync(
            new PutParameterRequest { Name = "p", Value = "2", Type = ParameterType.SecureString, Overwrite = true }, Cancellation));
    }

    [Fact]
    public async Task Call_WhatIsNotThere_IsRefused()
    {
        int tooMany = 51; // a constant would be found by the SDK's own analyzer
        await AssertRefused("ValidationException", () => _client.PutParameterAsync(
            new PutParameterRequest { Name = "p", Value = "v", Type = ParameterType.String, Tags = [new Tag { Key = "k", Value = "v" }] }, Cancellation));
        await AssertRefused("UnknownOperationException", () => _client.GetParameterHistoryAsync(new GetParameterHistoryRequest { Name = "p" }, Cancellation));
        await AssertRefused("InvalidFilterKey", () => DescribeAsync(new ParameterStringFilter { Key = "tag:x", Values = ["y"] }));
        await AssertRefused("InvalidFilterOption", () => DescribeAsync(new ParameterStringFilter { Key = "Name", Option = "EndsWith", Values = ["y"] }));
        await AssertRefused("InvalidNextToken", () => _client.DescribeParametersAsync(new DescribeParametersRequest { NextToken = "?" }, Cancellation));
        await AssertRefused("ValidationException", () => _client.DescribeParametersAsync(new DescribeParametersRequest { MaxResults = tooMany }, Cancellation));
        await AssertRefused("ValidationException", () => _client.GetParametersByPathAsync(new GetParametersByPathRequest { Path = "x" }, Cancellation));
        await AssertRefused("ValidationException", () => _client.GetParametersAsync(new GetParametersRequest { Names = [.. Enumerable.Range(0, 11).Select(i => $"p{i}")] }, Cancellation));
        await AssertRefused("ParameterVersionNotFound", () => _client.GetParameterAsync(new GetParameterRequest { Name = "p:label" }, Cancellation));
    }

    private static async Task AssertRefused(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAnyAsync<AmazonSimpleSystemsManagementException>(call)).ErrorCode);

    private static AmazonSimpleSystemsManagementClient Client(TestCloud cloud) =>
        cloud.Client(new AmazonSimpleSystemsManagementConfig(), (credentials, config) => new AmazonSimpleSystemsManagementClient(credentials, config));

    private Task<PutParameterResponse> PutAsync(string name, string value) =>
        _client.PutParameterAsync(new PutParameterRequest { Name = name, Value = value, Type = ParameterType.String }, Cancellation);

    private Task<GetParameterResponse> GetAsync(string name) => _client.GetParameterAsync(new GetParameterRequest { Name = name }, Cancellation);

    private async Task<string[]> ByPathAsync(string path, bool recursive)
    {
        GetParametersByPathResponse response = await _client.GetParametersByPathAsync(new GetParametersByPathRequest { Path = path, Recursive = recursive }, Cancellation);
        return [.. (response.Parameters ?? []).Select(parameter => parameter.Name)];
    }

    private async Task<string[]> DescribeAsync(params ParameterStringFilter[] filters)
    {
        DescribeParametersResponse response = await _client.DescribeParametersAsync(new DescribeParametersRequest { ParameterFilters = [.. filters] }, Cancellation);
        return [.. (response.Parameters ?? []).Select(parameter => parameter.Name)];
    }
}
