using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.Tests.LocalCloud;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.Tests.Fuzz;

/// <summary>Alone, because it measures what the whole process takes.</summary>
[CollectionDefinition(nameof(WireFuzzTests), DisableParallelization = true)]
public class WireFuzzGroup;

/// <summary>
/// Requests over all four protocols, made by chance of valid ones: whatever comes, the answer is in the protocol's shape and no failure of
/// the server, which goes on. <c>ARCHIVER_FUZZ_SECONDS</c> makes it longer, <c>ARCHIVER_FUZZ_SEED</c> makes it the same again.
/// </summary>
[Collection(nameof(WireFuzzTests))]
public sealed partial class WireFuzzTests
{
    private const int AtOnce = 16;
    private const int MostFaults = 8;
    private const long AllowedGrowth = 256L * 1024 * 1024;

    // What the web server itself answers to what is no HTTP: it knows no protocol yet, and says nothing but a status.
    private static readonly int[] s_serverRefusals = [400, 408, 411, 413, 414, 431];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyRequest_IsAnsweredInItsProtocolAndHarmsNothing()
    {
        double seconds = double.TryParse(Environment.GetEnvironmentVariable("ARCHIVER_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double asked) ? asked : 15;
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable("ARCHIVER_FUZZ_SEED"), CultureInfo.InvariantCulture, out ulong given) ? given : 20261123;
        DirectoryInfo around = Directory.CreateTempSubdirectory("archiver-fuzz-");
        Directory.CreateDirectory(Path.Combine(around.FullName, "etc"));
        await File.WriteAllTextAsync(Path.Combine(around.FullName, "etc", "passwd"), "untouched", Cancellation);
        using FailureLog log = new();
        try
        {
            int count;
            long growth;
            await using (TestCloud cloud = await TestCloud.StartAsync(
                templatePath: new LocalCloudOptions().TemplatePath, dataDirectory: Path.Combine(around.FullName, "data"), loggers: log))
            {
                await PrepareAsync(cloud.Endpoint);
                long before = GC.GetTotalMemory(forceFullCollection: true);
                count = await RunAsync(cloud.Endpoint, seed, TimeSpan.FromSeconds(seconds), log);
                growth = GC.GetTotalMemory(forceFullCollection: true) - before;
                Assert.StartsWith("HTTP/1.1 200 ", await ExchangeAsync(cloud.Endpoint, ValidRequests.All.First(request => request.Speaks == Speaks.S3)), StringComparison.Ordinal);
            }
            TestContext.Current.SendDiagnosticMessage($"{count} requests, seed {seed}, {growth / 1024} KiB more memory");
            Assert.InRange(count, 100, int.MaxValue);
            Assert.True(growth < AllowedGrowth, $"{growth} bytes more memory after {count} requests (seed {seed}).");
            AssertOnlyOwnFiles(around.FullName);
        }
        finally
        {
            around.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ValidRequests_AsTheyAre_AreUnderstood()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(templatePath: new LocalCloudOptions().TemplatePath);
        await PrepareAsync(cloud.Endpoint);
        int good = 0;

        foreach (WireRequest request in ValidRequests.All)
        {
            string answer = await ExchangeAsync(cloud.Endpoint, request);
            Assert.Null(Fault(request, answer));
            good += answer.StartsWith("HTTP/1.1 2", StringComparison.Ordinal) ? 1 : 0;
        }

        // Some ask for what is not there, such as an upload; most must get past the first check, or the changes to them show nothing.
        Assert.InRange(good, ValidRequests.All.Length * 6 / 10, ValidRequests.All.Length);
    }

    private static Gen<WireRequest> Requests()
    {
        Gen<Mutation> mutation =
            from change in Gen.Elements(Enum.GetValues<Change>())
            from place in Gen.Choose(0, 10_000)
            from what in Gen.Choose(0, 10_000)
            from text in ArbMap.Default.GeneratorFor<string>()
            select new Mutation(change, place, what, text ?? "");
        return
            from request in Gen.Elements(ValidRequests.All)
            from count in Gen.Choose(1, 3)
            from mutations in Gen.ListOf(mutation, count)
            select Mutations.Apply(request, mutations);
    }

    private static async Task<int> RunAsync(Uri endpoint, ulong seed, TimeSpan time, FailureLog log)
    {
        Gen<WireRequest> requests = Requests();
        Stopwatch watch = Stopwatch.StartNew();
        int count = 0;
        Dictionary<string, string> faults = [];
        for (ulong round = 0; watch.Elapsed < time; round++)
        {
            WireRequest[] batch = [.. requests.Sample(30, new Rnd(seed + round), AtOnce)];
            string[] answers = await Task.WhenAll(batch.Select(request => ExchangeAsync(endpoint, request)));
            foreach ((WireRequest request, string answer) in batch.Zip(answers))
            {
                if (Fault(request, answer) is { } fault)
                {
                    faults.TryAdd(
                        fault + log.Cause,
                        $"{fault}\nARCHIVER_FUZZ_SEED={(seed + round).ToString(CultureInfo.InvariantCulture)} has it first.\n\n{request}\n\n{answer[..Math.Min(answer.Length, 1000)]}\n{log}");
                }
            }
            count += batch.Length;
            if (faults.Count == MostFaults)
                break;
        }
        Assert.True(faults.Count == 0, string.Join("\n\n==========\n\n", faults.Values));
        return count;
    }

    private static async Task PrepareAsync(Uri endpoint)
    {
        foreach (WireRequest request in ValidRequests.All.Where(request => request.Method == "PUT" && request.Target is "/fuzz-bucket" or "/fuzz-bucket/a/b"))
            Assert.StartsWith("HTTP/1.1 200 ", await ExchangeAsync(endpoint, request), StringComparison.Ordinal);
    }

    private static async Task<string> ExchangeAsync(Uri endpoint, WireRequest request)
    {
        using TcpClient client = new();
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        await client.ConnectAsync(endpoint.Host, endpoint.Port, patience.Token);
        NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request.ToBytes(), patience.Token);
            // What a broken chunk leaves out is not to be waited for.
            if (request.Headers.Any(header => header.StartsWith("Transfer-Encoding", StringComparison.Ordinal)))
                client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (IOException)
        {
            // Refused before all of it was sent; the answer may be there all the same.
        }
        return await RawHttp.ReadToEndAsync(stream, patience.Token);
    }

    /// <summary>What is wrong with an answer, in words; nothing when it is all right.</summary>
    private static string? Fault(WireRequest request, string answer)
    {
        bool brokenOff = request.Headers.Any(header => header.StartsWith("Transfer-Encoding", StringComparison.Ordinal));
        if (answer.Length == 0)
            return brokenOff ? null : "There is no answer.";
        Match head = StatusLine().Match(answer);
        if (!head.Success)
            return "The answer is no HTTP.";
        int status = int.Parse(head.Groups[1].Value, CultureInfo.InvariantCulture);
        if (status == 100)
            return Fault(request, answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        int end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string headers = answer[..end];
        string body = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(answer[(end + 4)..]));
        if (headers.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
            body = Dechunk(body);
        if (status >= 500 && !(status == 501 && (request.Method == "HEAD" || body.Contains("<Code>NotImplemented</Code>", StringComparison.Ordinal))))
            return $"The server failed with {status}.";
        if (status < 400 || request.Method == "HEAD")
            return null;
        if (body.Length == 0 && s_serverRefusals.Contains(status) && !headers.Contains("x-amz", StringComparison.OrdinalIgnoreCase))
            return null;
        return IsError(request, headers, body) ? null : "The error is not in the protocol's shape.";
    }

    private static bool IsError(WireRequest request, string headers, string body)
    {
        // A mark of a browser, or of another protocol, makes it another's error.
        bool json = headers.Contains("application/x-amz-json", StringComparison.Ordinal) || headers.Contains("application/json", StringComparison.Ordinal);
        if (json)
        {
            JsonNode? node = JsonNode.Parse(body);
            bool own = request.Speaks is Speaks.Json or Speaks.Lambda || body.Contains("AccessDeniedException", StringComparison.Ordinal);
            return own && (node?["__type"] is not null && node["message"] is not null || (node?["Type"] is not null && node["Message"] is not null));
        }
        XElement root = XDocument.Load(System.Xml.XmlReader.Create(new StringReader(body), new System.Xml.XmlReaderSettings { CheckCharacters = false })).Root!;
        if (headers.Contains("Content-Type: text/xml", StringComparison.Ordinal))
            return request.Speaks != Speaks.Json && root.Name.LocalName == "ErrorResponse" && root.Descendants().Any(element => element.Name.LocalName == "Code" && element.Value.Length > 0);
        bool routed = request.Speaks != Speaks.Json || !request.Headers.Any(header => header.StartsWith("X-Amz-Target", StringComparison.Ordinal));
        return routed && root.Name.LocalName == "Error" && ((string[])["Code", "Message", "RequestId"]).All(name => root.Element(name) is { Value.Length: > 0 });
    }

    private static string Dechunk(string body)
    {
        StringBuilder whole = new();
        for (int at = 0; ;)
        {
            int line = body.IndexOf("\r\n", at, StringComparison.Ordinal);
            if (line < 0 || !int.TryParse(body.AsSpan(at, line - at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int size) || size == 0)
                return whole.ToString();
            whole.Append(body, line + 2, Math.Min(size, body.Length - line - 2));
            at = Math.Min(body.Length, line + 2 + size + 2);
        }
    }

    private static void AssertOnlyOwnFiles(string around)
    {
        Assert.Equal(["data", "etc"], Directory.EnumerateFileSystemEntries(around).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("untouched", File.ReadAllText(Path.Combine(around, "etc", "passwd")));
        Assert.Equal(["passwd"], Directory.EnumerateFileSystemEntries(Path.Combine(around, "etc")).Select(Path.GetFileName));
        string blobs = Path.Combine(around, "data", "s3", "blobs");
        Assert.All(
            Directory.EnumerateFiles(Path.Combine(around, "data"), "*", SearchOption.AllDirectories),
            file => Assert.True(file.StartsWith(blobs, StringComparison.Ordinal) ? BlobPath().IsMatch(file) : OwnFile().IsMatch(file), file));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(around, "data", "s3", "drafts")));
    }

    [GeneratedRegex(@"^HTTP/1\.1 (\d{3}) ")]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"/[0-9a-f]{2}/[0-9a-f]{32}$")]
    private static partial Regex BlobPath();

    [GeneratedRegex(@"/data/(\.lock|[a-z0-9-]+\.(db|sqlite|key)(-wal|-shm)?|[a-z0-9.-]+)$")]
    private static partial Regex OwnFile();

    /// <summary>Keeps the last errors that were logged, to be shown beside the request that caused them.</summary>
    private sealed class FailureLog : ILoggerFactory, ILogger
    {
        private readonly Lock _gate = new();
        private string _last = "";

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            lock (_gate)
                _last = $"{formatter(state, exception)}\n{exception}";
        }

        /// <summary>Where the last error came from, to tell one fault from another.</summary>
        public string? Cause => ToString().Split('\n').FirstOrDefault(line => line.Contains("at Archiver.", StringComparison.Ordinal));

        public override string ToString()
        {
            lock (_gate)
                return _last;
        }
    }
}
