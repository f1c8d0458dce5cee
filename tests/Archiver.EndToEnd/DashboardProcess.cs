using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Microsoft.Playwright;

namespace Archiver.EndToEnd;

/// <summary>A program of Archiver's in a process of its own, on free ports, with a data directory of its own.</summary>
internal sealed partial class DashboardProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<Uri> _cloud = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Channel<string> _links = Channel.CreateUnbounded<string>();
    private string? _lastLink;

    private DashboardProcess(Process process) => _process = process;

    /// <summary>Where the dashboard answers.</summary>
    public Uri Address => _address.Task.Result;

    /// <summary>Where its local cloud answers.</summary>
    public Uri CloudEndpoint => _cloud.Task.Result;

    /// <summary>The process' id.</summary>
    public int Id => _process.Id;

    /// <summary>The most memory that it had so far, in bytes.</summary>
    public long PeakMemory()
    {
        _process.Refresh();
        return _process.PeakWorkingSet64;
    }

    /// <summary>Everything that the process printed.</summary>
    public string Output
    {
        get { lock (_output) return string.Join(Environment.NewLine, _output); }
    }

    /// <summary>Starts the published dashboard and waits until it serves.</summary>
    public static async Task<DashboardProcess> StartAsync(string dataDirectory, params string[] arguments)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "dashboard");
        DashboardProcess dashboard = Launch(folder, Path.Combine(folder, "Archiver.Web"),
            ["--urls", "http://127.0.0.1:0", "--Cloud:Local:Port", "0", "--Cloud:Local:DataDirectory", dataDirectory, .. arguments]);
        await Task.WhenAll(dashboard._cloud.Task, dashboard._address.Task);
        return dashboard;
    }

    /// <summary>Starts the published dashboard as one of several over a cloud that is there already, and waits until it serves.</summary>
    /// <param name="cloud">The cloud's AWS endpoint.</param>
    public static async Task<DashboardProcess> StartReplicaAsync(Uri cloud, params string[] arguments)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "dashboard");
        DashboardProcess dashboard = Launch(
            folder, Path.Combine(folder, "Archiver.Web"), ["--urls", "http://127.0.0.1:0", "--Cloud:Mode", "Aws", .. arguments],
            new() { ["AWS_ENDPOINT_URL"] = cloud.ToString(), ["AWS_REGION"] = "us-east-1", ["AWS_ACCESS_KEY_ID"] = "local", ["AWS_SECRET_ACCESS_KEY"] = "local" });
        await dashboard._address.Task;
        return dashboard;
    }

    /// <summary>Starts the dashboard as a checkout is run, with <c>dotnet run</c> over what is built, and waits until it serves.</summary>
    public static async Task<DashboardProcess> StartCheckoutAsync(string dataDirectory)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        DashboardProcess dashboard = Launch(Repository.Path(), "dotnet",
            ["run", "--no-build", "--configuration", configuration, "--project", "Archiver.Web", "--",
                "--urls", "http://127.0.0.1:0", "--Cloud:Local:Port", "0", "--Cloud:Local:DataDirectory", dataDirectory]);
        await Task.WhenAll(dashboard._cloud.Task, dashboard._address.Task);
        return dashboard;
    }

    /// <summary>Starts the local cloud alone, <c>up</c>, and waits until it serves.</summary>
    public static async Task<DashboardProcess> StartCloudAsync(string dataDirectory, params string[] arguments)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "cloud");
        DashboardProcess cloud = Launch(folder, Path.Combine(folder, "Archiver.Infra"), ["up", "--port", "0", "--data", dataDirectory, .. arguments]);
        await cloud._cloud.Task;
        return cloud;
    }

    /// <summary>Waits for a link that signs in and that nobody had from here yet. Each is good once; then the dashboard prints the next.</summary>
    public async Task<string> NextLinkAsync() => await _links.Reader.ReadAsync();

    /// <summary>Signs the page's browser in, with the link that the dashboard printed, and waits until it is in.</summary>
    public async Task SignInAsync(IPage page)
    {
        await page.GotoAsync(await NextLinkAsync());
        await page.WaitForURLAsync(new Uri(Address, "/approvals").ToString(), new() { WaitUntil = WaitUntilState.Commit });
    }

    /// <summary>Ends it as a person does, with an interrupt, and waits for it.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited) return;
        using Process kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static DashboardProcess Launch(string folder, string program, string[] arguments, Dictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        foreach ((string name, string value) in environment ?? []) start.Environment[name] = value;
        DashboardProcess started = new(new Process { StartInfo = start, EnableRaisingEvents = true });
        started._process.OutputDataReceived += (_, line) => started.Read(line.Data);
        started._process.ErrorDataReceived += (_, line) => started.Read(line.Data);
        started._process.Exited += (_, _) => started.Ended();
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    private void Read(string? line)
    {
        if (line is null) return;
        lock (_output) _output.Add(line);
        if (CloudLine().Match(line) is { Success: true } cloud) _cloud.TrySetResult(new Uri(cloud.Groups[1].Value));
        if (LinkLine().Match(line) is { Success: true } signIn && signIn.Groups[1].Value is var link && link != _lastLink)
            _links.Writer.TryWrite(_lastLink = link);
        if (AddressLine().Match(line) is { Success: true } address) _address.TrySetResult(new Uri(address.Groups[1].Value));
    }

    private void Ended()
    {
        InvalidOperationException ended = new($"The program ended before it served:{Environment.NewLine}{Output}");
        _cloud.TrySetException(ended);
        _address.TrySetException(ended);
        _links.Writer.TryComplete(ended);
    }

    [GeneratedRegex(@"endpoint:? +(http://127\.0\.0\.1:\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex CloudLine();

    [GeneratedRegex(@"^Sign in: (http://\S+/sign-in#\S+)$")]
    private static partial Regex LinkLine();

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex AddressLine();
}
