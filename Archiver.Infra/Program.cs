using System.CommandLine;
using Archiver.Infra.Commands;

RootCommand root = new("Archiver's stack: the local cloud, and a check of what is deployed.") { UpCommand.Create(), ValidateCommand.Create() };
// A stop waits for what is under way, so it gets longer than the two seconds that a command has by default.
InvocationConfiguration configuration = new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };
return await root.Parse(args).InvokeAsync(configuration);
