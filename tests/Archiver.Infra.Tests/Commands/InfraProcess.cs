using System.Diagnostics;

namespace Archiver.Infra.Tests.Commands;

/// <summary>The program as a process of its own, as a person starts it.</summary>
internal sealed class InfraProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private Task<string>? _error;

    private InfraProcess(Process process) => _process = process;

    /// <summary>What it has printed so far.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The endpoint that it printed.</summary>
    public Uri Endpoint => new(_lines.Single(line => line.StartsWith("endpoint", StringComparison.Ordinal)).Split(' ')[^1]);

    public static InfraProcess Start(string workingDirectory, params IEnumerable<string> arguments) => StartWithSecret(workingDirectory, null, arguments);

    /// <param name="secret">The secret of the key, in the environment; nothing for none.</param>
    public static InfraProcess StartWithSecret(string workingDirectory, string? secret, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ARCHIVER_SECRET_ACCESS_KEY");
        if (secret is not null)
            start.Environment["ARCHIVER_SECRET_ACCESS_KEY"] = secret;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Archiver.Infra.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        InfraProcess process = new(Process.Start(start)!);
        process._error = process._process.StandardError.ReadToEndAsync();
        return process;
    }

    /// <summary>Reads its output until a line comes; fails with all that it said when it ends before that.</summary>
    public async Task UntilAsync(string expected)
    {
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            _lines.Add(line);
            if (line == expected)
                return;
        }
        Assert.Fail($"It ended without '{expected}': {string.Join('\n', _lines)}\n{await _error!}");
    }

    /// <summary>Sends it a signal, such as <c>TERM</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            _lines.Add(line);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, (await _error!).Trim());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
    }
}
