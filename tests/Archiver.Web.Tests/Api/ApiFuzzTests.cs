using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Archiver.Web.Tests.Api;

/// <summary>
/// Requests of every kind: whatever comes, there is no 5xx, and what is refused is refused with problem details.
/// ARCHIVER_FUZZ_SECONDS makes the run longer.
/// </summary>
public sealed class ApiFuzzTests(CloudFixture cloud)
{
    private static readonly string[] Paths =
    [
        "/api/v1/approvals", "/api/v1/approvals/{0}", "/api/v1/approvals/{0}/decision", "/api/v1/approvals/{0}/claim", "/api/v1/approvals/decisions", "/api/v1/runs", "/api/v1/runs/{0}", "/api/v1/runs/{0}/stop",
        "/api/v1/runs/{0}/redrive", "/api/v1/results", "/api/v1/{0}", "/api/{0}/x",
    ];

    private static readonly string[] Methods = ["GET", "POST", "DELETE", "PUT", "PATCH", "OPTIONS"];
    private static readonly string[] Names = ["status", "limit", "cursor", "text", "machine", "order", "day", "from", "to", "last", "zone", "action", "human", "min-quality", "confirm", "approved", "comment", "version", "items", "id", "count", "key", "bucket", "input", "approvalNeeded", "to"];

    private static readonly Gen<string> Text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements("pending", "oldest", "1", "-1", "99999999999999999999", "2026-03-01", "0001-01-01", "9999-12-31", "asked", "UTC", "../..", "\0", "\ud800", "WyJhIiwiYiIsImMiXQ", "WyJQZW5kaW5nIiwiMjAyNi0wMy0wMVQxNDowMDowMC4wMDBaIiwieCJd", "%", "{}", "null", "Archived,Denied", "all2"),
        Gen.Choose(1, 3000).Select(length => new string('x', length)));

    private static readonly Gen<string> Json = Gen.Sized(size => Value(Math.Min(size, 4)));

    private static readonly Gen<(string Method, string Path, string Query, string? Body, string Key, string Type)> Requests =
        from method in Gen.Elements(Methods)
        from path in Gen.Elements(Paths)
        from segment in Text
        from query in Gen.Zip(Gen.Elements(Names), Text).ListOf(3)
        from body in Gen.OneOf(Gen.Constant((string?)null), Json.Select(text => (string?)text), Text.Select(text => (string?)text))
        from key in Gen.OneOf(Gen.Constant(""), Gen.Elements("a", "b", "c"), Gen.Choose(1, 300).Select(length => new string('k', length)))
        from type in Gen.Elements("application/json", "application/json", "application/json; charset=utf-8", "text/plain", "application/json; charset=utf-16", "x")
        select (method, string.Format(CultureInfo.InvariantCulture, path, Uri.EscapeDataString(Sound(segment[..Math.Min(segment.Length, 300)]).Replace('\0', '?'))),
            string.Join('&', query.Take(segment.Length % 4).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(Sound(pair.Item2))}")), body, key, type);

    [Fact]
    public async Task Send_Anything_IsNeverAServerErrorAndAlwaysAProblemWhereItIsRefused()
    {
        TimeProvider clock = TimeProvider.System;
        double seconds = double.TryParse(Environment.GetEnvironmentVariable("ARCHIVER_FUZZ_SECONDS"), NumberStyles.Float, CultureInfo.InvariantCulture, out double given) ? given : 12;
        await using ApiHost api = await ApiHost.StartAsync(cloud, settings: [("Api:Burst", "1000000"), ("Limits:Burst", "1000000")]);
        string token = api.Token();
        long began = clock.GetTimestamp();
        int count = 0;

        while (clock.GetElapsedTime(began).TotalSeconds < seconds)
        {
            await Parallel.ForEachAsync(Requests.Sample(100, 20), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, async (one, _) =>
            {
                if (one.Path.Length + one.Query.Length > 7000) return; // the server takes 8 KiB of a request's first line, and says no by itself
                using HttpRequestMessage request = new(new HttpMethod(one.Method), one.Path + (one.Query.Length > 0 ? "?" + one.Query : ""));
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
                if (one.Key.Length > 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", one.Key);
                if (one.Body is not null && one.Method != "GET")
                {
                    request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(one.Body));
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", one.Type);
                }
                Said answer = await api.SendAsync(request);
                Interlocked.Increment(ref count);
                Assert.True((int)answer.Status < 500, $"{one} -> {answer.Status} {answer.Text}");
                if ((int)answer.Status >= 400) Assert.True(answer.ContentType == "application/problem+json" && answer.Problem.Length > 0, $"{one} -> {answer.Status} {answer.ContentType} {answer.Text}");
            });
        }

        Assert.True(count >= 100);
    }

    private static Gen<string> Value(int depth)
    {
        Gen<string> leaf = Gen.OneOf(
            Gen.Elements("null", "true", "false", "0", "1", "-1", "1e400", "1.5", "99999999999999999999", "\"\\ud800\"", "[]", "{}"),
            Text.Select(text => System.Text.Json.JsonSerializer.Serialize(Sound(text))));
        if (depth <= 0) return leaf;
        Gen<string> inner = Value(depth - 1);
        Gen<string> members = Gen.Zip(Gen.Elements(Names), inner).ListOf(3).Select(list => "{" + string.Join(',', list.Select(pair => $"\"{pair.Item1}\":{pair.Item2}")) + "}");
        return Gen.OneOf(members, members, inner.ListOf(3).Select(list => "[" + string.Join(',', list) + "]"), leaf);
    }

    // A zero in a path is the server's own to refuse. Half a surrogate pair can't be written in an address or as UTF-8.
    private static string Sound(string text) => new([.. text.Select(character => char.IsSurrogate(character) ? '?' : character)]);
}
