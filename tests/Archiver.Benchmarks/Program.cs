using Archiver.Benchmarks;

// dotnet run --configuration Release --project tests/Archiver.Benchmarks [-- startup|runs|inbox|intake|decisions|waiting|drops|metadata|pages|dashboards] [SIZE=NUMBER]
// Sizes are few, approvals and results of pages; dashboards, changes (a second) and seconds of dashboards.
// Every figure stands beside a baseline taken in the same run, because machines differ and are noisy.
(string Name, Func<Task> Run)[] benchmarks =
[
    ("startup", StartupBenchmark.RunAsync),
    ("runs", RunsBenchmark.RunAsync),
    ("inbox", InboxBenchmark.RunAsync),
    ("intake", IntakeBenchmark.RunAsync),
    ("decisions", DecisionsBenchmark.RunAsync),
    ("waiting", WaitingBenchmark.RunAsync),
    ("drops", DropsBenchmark.RunAsync),
    ("metadata", MetadataBenchmark.RunAsync),
    ("pages", PagesBenchmark.RunAsync),
    ("dashboards", DashboardsBenchmark.RunAsync),
];

string[] named = Sizes.Take(args);
string[] wanted = named.Length == 0 ? [.. benchmarks.Select(benchmark => benchmark.Name)] : named;
if (wanted.Except(benchmarks.Select(benchmark => benchmark.Name)).ToArray() is { Length: > 0 } unknown)
{
    await Console.Error.WriteLineAsync($"There is no benchmark {string.Join(", ", unknown)}; there are {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}.");
    return 1;
}
foreach ((string name, Func<Task> run) in benchmarks.Where(benchmark => wanted.Contains(benchmark.Name)))
{
    Console.WriteLine($"== {name}");
    await run();
}
return 0;
