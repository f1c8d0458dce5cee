using System.Diagnostics;
using Archiver.EndToEnd;

namespace Archiver.Benchmarks;

/// <summary>
/// <c>dotnet run --project Archiver.Web</c> to the first page that answers: from a clean clone with a warm package cache, and
/// when it is built. The baseline of the second is <c>dotnet run</c> of the smallest console program.
/// </summary>
internal static class StartupBenchmark
{
    private const int Counted = 5;

    public static async Task RunAsync()
    {
        using TemporaryDirectory work = new();
        string clone = Path.Combine(work.Path, "clone");
        await RunToEndAsync(work.Path, "git", "clone", "--quiet", Repository.Path(), clone);
        Figures clean = new("clean clone, dotnet run to first page"), built = new("built, dotnet run to first page"), hello = new("built, dotnet run of an empty program");
        clean.Add(await FirstPageAsync(clone));
        clean.Print();

        string empty = Path.Combine(work.Path, "empty");
        await RunToEndAsync(work.Path, "dotnet", "new", "console", "--output", empty);
        await RunToEndAsync(empty, "dotnet", "build");
        for (int i = 0; i < Counted; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await RunToEndAsync(empty, "dotnet", "run");
            hello.Add(Stopwatch.GetElapsedTime(start));
            built.Add(await FirstPageAsync(clone));
        }
        hello.Print();
        built.Print(hello);
    }

    private static async Task<TimeSpan> FirstPageAsync(string clone)
    {
        const string address = "http://127.0.0.1:5097";
        using HttpClient client = new();
        long start = Stopwatch.GetTimestamp();
        using Process run = Start(clone, "dotnet", "run", "--project", "Archiver.Web", "--", "--urls", address, "--Cloud:Local:Port", "0");
        try
        {
            while (true)
            {
                if (run.HasExited) throw new InvalidOperationException("The dashboard ended before it answered.");
                try
                {
                    using HttpResponseMessage response = await client.GetAsync(new Uri(address + "/approvals"));
                    if (response.IsSuccessStatusCode) return Stopwatch.GetElapsedTime(start);
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(20); // not listening yet
                }
            }
        }
        finally
        {
            run.Kill(entireProcessTree: true);
            await run.WaitForExitAsync();
        }
    }

    private static async Task RunToEndAsync(string folder, string program, params string[] arguments)
    {
        using Process process = Start(folder, program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static Process Start(string folder, string program, params string[] arguments)
    {
        Process process = new() { StartInfo = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true } };
        process.StartInfo.Environment.Remove("ASPNETCORE_URLS");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
