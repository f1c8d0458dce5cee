using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Archiver.Infra.Tests.LocalCloud;
using Archiver.Lambdas.Functions;

namespace Archiver.Infra.Tests.Actions;

/// <summary>An action that is killed at any of its calls to S3 and tried again ends as one that was not.</summary>
public sealed class KilledActionTests : IAsyncLifetime
{
    private const string Key = "reports/q1.bin";

    private TestCloud _cloud = null!;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync() => _cloud = await TestCloud.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Theory]
    [InlineData(nameof(Archive), false, true, 12)] // is it there, is it the one, copy, delete; of each checksum file: is it here, is it there, copy, delete
    [InlineData(nameof(Archive), false, false, 12)]
    [InlineData(nameof(Archive), true, true, 17)] // its tags, begin, two parts, complete, read the copy
    [InlineData(nameof(Archive), true, false, 17)]
    [InlineData(nameof(Unarchivable), false, true, 12)]
    [InlineData(nameof(QualityFail), false, true, 12)]
    [InlineData(nameof(Deny), false, true, 12)]
    [InlineData(nameof(Expire), false, true, 2)]
    [InlineData(nameof(Expire), false, false, 3)]
    public async Task Action_KilledAtAnyCallAndTriedAgain_EndsTheSame(string function, bool byParts, bool versioned, int calls)
    {
        byte[] content = new byte[byParts ? (5 * 1024 * 1024) + 100 : 1000];
        new Random(1).NextBytes(content);
        (string expected, string expectedResult, int made) = await EndAsync(function, content, versioned, int.MaxValue, false);
        Assert.Equal(calls, made);
        Assert.DoesNotContain("archiver-left-out", expected, StringComparison.Ordinal);

        for (int kill = 1; kill <= made; kill++)
        {
            foreach (bool takesEffect in (bool[])[false, true])
            {
                (string state, string result, _) = await EndAsync(function, content, versioned, kill, takesEffect);
                Assert.True(expected == state, $"Killed at call {kill}, {(takesEffect ? "after" : "before")} it took effect:\n{state}\nand not\n{expected}");
                Assert.Equal(expectedResult, result);
            }
        }
    }

    private async Task<(string State, string Result, int Calls)> EndAsync(string function, byte[] content, bool versioned, int kill, bool takesEffect)
    {
        using ActionBench bench = await ActionBench.MakeAsync(_cloud, versioned);
        await bench.PutAsync("reports/other.bin", [1, 2, 3]);
        await bench.PutAsync(Key, [1]);
        await bench.PutAsync(Key, content, request =>
        {
            request.ContentType = "application/octet-stream";
            request.Metadata["owner"] = "ann";
            request.TagSet = [new() { Key = "project", Value = "p1" }];
        });
        await bench.PutAsync(Key + ".sha256", Encoding.UTF8.GetBytes(Convert.ToHexStringLower(SHA256.HashData(content))));
        await bench.PutAsync(Key + ".md5", Encoding.UTF8.GetBytes("not looked at"));
        JsonObject run = await bench.ReadAsync(Key);
        DateTimeOffset enteredAt = Now;
        if (kill < int.MaxValue)
        {
            bench.Http.KillAt(kill, takesEffect);
            await Record.ExceptionAsync(() => bench.ActAsync(function, run, enteredAt));
            Assert.True(bench.Http.Made >= kill);
        }

        bench.Http.KillAt(int.MaxValue, false);
        JsonObject output = await bench.ActAsync(function, run, enteredAt);
        int made = bench.Http.Made;
        JsonNode result = output["Result"]!;
        string bucket = (string)result["Bucket"]!;
        string key = (string)result["Key"]!;
        Assert.Equal((await bench.HeadAsync(bucket, key)).VersionId, (string?)result["VersionId"]);
        foreach (string name in (string[])["Timestamp", "Day", "VersionId", "Bucket", "Key"]) result.AsObject().Remove(name);
        return (Undated(await bench.DescribeAsync()), $"{Undated(key)} {result.ToJsonString()}", made);
    }

    // Two runs are at two times.
    private static string Undated(string text) => System.Text.RegularExpressions.Regex.Replace(
        System.Text.RegularExpressions.Regex.Replace(text, @"\d{4}-\d{2}-\d{2}T[0-9:.]+Z", "TIME"), @"\d{4}/\d{2}/\d{2}/", "DAY/");
}
