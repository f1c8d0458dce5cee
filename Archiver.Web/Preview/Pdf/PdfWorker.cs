using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Archiver.Web.Preview.Pdf;

/// <summary>Disarms documents where nothing that they are made of can do harm.</summary>
internal interface IPdfWorker
{
    /// <summary>Disarms a document.</summary>
    Task<DisarmedPdf> DisarmAsync(byte[] content, CancellationToken cancellationToken);
}

/// <summary>
/// Disarms each document in a process of its own, with bounds on its memory and its time and without the dashboard's environment: a
/// file that is made to unpack without end, or to keep a parser busy, ends that process and nothing else. It is the dashboard's own program,
/// started for this one thing.
/// </summary>
internal sealed partial class PdfWorker(TimeProvider time, ILogger<PdfWorker> logger) : IPdfWorker, IDisposable
{
    /// <summary>The program's argument.</summary>
    public const string Command = "--disarm-pdf";

    // In hexadecimal, as the runtime reads it: 512 MB.
    private const string HeapLimit = "20000000";

    // What a disarmed document can be larger than what it was made of: streams are shared, not repeated, and names are a little longer.
    private const int MostGrowth = 2;

    private const int MostHeader = 64 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly string[] Environment = ["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "DOTNET_ROOT", "SystemRoot"];

    private readonly SemaphoreSlim _turns = new(2);

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    /// <inheritdoc/>
    public async Task<DisarmedPdf> DisarmAsync(byte[] content, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        using CancellationTokenSource limit = new(Limit, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using Process process = new() { StartInfo = Start() };
        try
        {
            process.Start();
            Task writing = WriteAsync(process.StandardInput.BaseStream, content, both.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(both.Token);
            DisarmedPdf? disarmed = await ReadAsync(process.StandardOutput.BaseStream, content.Length, both.Token);
            await writing;
            await process.WaitForExitAsync(both.Token);
            if (disarmed is not null && process.ExitCode == 0) return disarmed;
            LogEnded(logger, process.ExitCode, await errors);
            return Failed(PdfProblem.TooMuch);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(PdfProblem.TooLong);
        }
        catch (Win32Exception exception)
        {
            LogNotStarted(logger, exception);
            return Failed(PdfProblem.NotStarted);
        }
        finally
        {
            End(process);
            _turns.Release();
        }
    }

    /// <summary>What the program does instead of serving: reads a document, and writes what came of it.</summary>
    public static async Task<int> RunAsync(Stream input, Stream output)
    {
        using MemoryStream content = new();
        await input.CopyToAsync(content);
        DisarmedPdf disarmed = PdfDisarmer.Disarm(content.ToArray());
        await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(disarmed with { Document = null }));
        output.WriteByte((byte)'\n');
        if (disarmed.Document is { } document) await output.WriteAsync(document);
        await output.FlushAsync();
        return 0;
    }

    private static ProcessStartInfo Start()
    {
        // The program's own file, or what runs it; another program that has the dashboard within it is neither.
        string folder = AppContext.BaseDirectory, name = typeof(PdfWorker).Assembly.GetName().Name!;
        string program = Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);
        ProcessStartInfo start = File.Exists(program)
            ? new ProcessStartInfo(program, [Command])
            : new ProcessStartInfo("dotnet", [Path.Combine(folder, $"{name}.dll"), Command]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        Dictionary<string, string?> kept = Environment.Where(start.Environment.ContainsKey).ToDictionary(one => one, one => start.Environment[one]);
        start.Environment.Clear(); // it holds keys
        foreach ((string variable, string? value) in kept) start.Environment[variable] = value;
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }

    private static async Task WriteAsync(Stream input, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await using (input) await input.WriteAsync(content, cancellationToken);
        }
        catch (IOException)
        {
            // It ended before it had read all; what it said tells why.
        }
    }

    private static async Task<DisarmedPdf?> ReadAsync(Stream output, int length, CancellationToken cancellationToken)
    {
        using MemoryStream answer = new();
        byte[] buffer = new byte[64 * 1024];
        while (await output.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            answer.Write(buffer, 0, read);
            if (answer.Length > MostHeader + ((long)MostGrowth * (length + MostHeader))) return null;
        }
        ReadOnlySpan<byte> all = answer.GetBuffer().AsSpan(0, (int)answer.Length);
        int end = all.IndexOf((byte)'\n');
        if (end < 0) return null;
        DisarmedPdf? said = JsonSerializer.Deserialize<DisarmedPdf>(all[..end]);
        return said is { Problem: null } ? said with { Document = all[(end + 1)..].ToArray() } : said;
    }

    private static DisarmedPdf Failed(PdfProblem problem) => new(null, [], problem);

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It never started, or has ended since.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Disarming a PDF ended with {ExitCode}: {Output}")]
    private static partial void LogEnded(ILogger logger, int exitCode, string output);

    [LoggerMessage(Level = LogLevel.Error, Message = "The process that disarms PDFs can't be started.")]
    private static partial void LogNotStarted(ILogger logger, Exception exception);
}
