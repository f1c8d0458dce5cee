using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Archiver.Web.Cloud;

namespace Archiver.Crash.Tests;

/// <summary>One life of the program that is made to be killed.</summary>
internal sealed class Subject : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<Uri> _cloud = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CloudResources> _resources = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _point;
    private int _points;
    private bool _killed;

    private Subject(Process process, int point)
    {
        _process = process;
        _point = point;
    }

    /// <summary>The process' id.</summary>
    public int Id => _process.Id;

    /// <summary>The local cloud's endpoint, once it serves; of a subject that has one.</summary>
    public Task<Uri> Cloud => _cloud.Task;

    /// <summary>The stack's names, once the cloud is open.</summary>
    public Task<CloudResources> Resources => _resources.Task;

    /// <summary>Done when all of it works.</summary>
    public Task Started => _started.Task;

    /// <summary>Done at the point at which it is to be killed.</summary>
    public Task Reached => _reached.Task;

    /// <summary>How many decisions under way it found at its start, left by the life before; nothing where it did not come that far.</summary>
    public int? Found { get; private set; }

    /// <summary>Where it was last, in words.</summary>
    public string Last
    {
        get { lock (_lock) return _output.LastOrDefault(line => line.StartsWith("at ", StringComparison.Ordinal)) ?? "before its first call"; }
    }

    /// <summary>Starts a life.</summary>
    /// <param name="point">At how many points it is to be killed: each beginning and end of a call is one.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="settings">Settings, <c>--Key=value</c>.</param>
    public static Subject Start(int point, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory); // tests/THIS/bin/CONFIGURATION/FRAMEWORK
        string program = Path.Combine(
            framework.Parent!.Parent!.Parent!.Parent!.FullName, "Archiver.CrashSubject", "bin", framework.Parent.Name, framework.Name, "Archiver.CrashSubject");
        ProcessStartInfo start = new(program, settings) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        Subject subject = new(new Process { StartInfo = start, EnableRaisingEvents = true }, point);
        subject._process.OutputDataReceived += (_, line) => subject.Read(line.Data);
        subject._process.ErrorDataReceived += (_, line) => subject.Read(line.Data);
        subject._process.Exited += (_, _) => subject.Ended();
        subject._process.Start();
        subject._process.BeginOutputReadLine();
        subject._process.BeginErrorReadLine();
        return subject;
    }

    /// <summary>Throws where it ended by itself.</summary>
    public void MustLive()
    {
        if (_reached.Task.IsFaulted) throw new InvalidOperationException("The program must not end by itself.", _reached.Task.Exception);
    }

    /// <summary>Kills it, with what Unix calls SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        lock (_lock) _killed = true;
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null) return;
        lock (_lock) _output.Add(line);
        if (Rest(line, "cloud ") is { } cloud && Uri.TryCreate(cloud, UriKind.Absolute, out Uri? endpoint)) _cloud.TrySetResult(endpoint);
        if (Rest(line, "resources ") is { } resources) _resources.TrySetResult(JsonSerializer.Deserialize<CloudResources>(resources)!);
        if (Rest(line, "found ") is { } found) Found = int.Parse(found, CultureInfo.InvariantCulture);
        if (line == "started") _started.TrySetResult();
        if (line.StartsWith("at ", StringComparison.Ordinal) && ++_points >= _point) _reached.TrySetResult();
    }

    private static string? Rest(string line, string prefix) => line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : null;

    // By itself it ends only where something is broken; nobody is left waiting then.
    private void Ended()
    {
        lock (_lock)
        {
            if (_killed)
            {
                _cloud.TrySetCanceled();
                _resources.TrySetCanceled();
                _started.TrySetCanceled();
                return;
            }
            InvalidOperationException ended = new($"The program ended by itself:{Environment.NewLine}{string.Join(Environment.NewLine, _output.TakeLast(60))}");
            _cloud.TrySetException(ended);
            _resources.TrySetException(ended);
            _started.TrySetException(ended);
            _reached.TrySetException(ended);
        }
    }
}
