using System.CommandLine;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.Commands;

/// <summary><c>up</c>: the local cloud alone, until it is told to stop.</summary>
internal static class UpCommand
{
    /// <summary>Where the secret comes from: a command line is there for every user of the machine to read.</summary>
    private const string SecretVariable = "ARCHIVER_SECRET_ACCESS_KEY";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        LocalCloudOptions defaults = new();
        Option<int> port = new("--port") { Description = "The loopback port of the AWS endpoint; 0 takes a free one.", DefaultValueFactory = _ => defaults.Port };
        Option<string> data = new("--data") { Description = "The folder that keeps the state.", HelpName = "DIRECTORY", DefaultValueFactory = _ => defaults.DataDirectory };
        Option<string?> template = new("--template") { Description = "The template to create, in place of the one that the program carries.", HelpName = "FILE" };
        Option<string> stack = new("--stack") { Description = "The stack's name.", HelpName = "NAME", DefaultValueFactory = _ => defaults.StackName };
        Option<string?> accessKeyId = new("--access-key-id")
        {
            Description = $"Takes only requests that are signed with this key; its secret is in the environment variable {SecretVariable}.",
            HelpName = "ID",
        };
        Option<string[]> parameters = ParameterOption.Create();
        Command command = new("up", "Starts the local cloud and creates the stack in it; Ctrl+C stops it.") { port, data, template, stack, accessKeyId, parameters };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            LocalCloudOptions options = new()
            {
                Port = arguments.GetValue(port),
                DataDirectory = arguments.GetValue(data)!,
                StackName = arguments.GetValue(stack)!,
                TemplatePath = arguments.GetValue(template) ?? defaults.TemplatePath,
                AccessKeyId = arguments.GetValue(accessKeyId),
                SecretAccessKey = Environment.GetEnvironmentVariable(SecretVariable),
            };
            foreach ((string name, string value) in ParameterOption.Read(arguments.GetValue(parameters)))
                options.Parameters[name] = value;
            return await RunAsync(options, arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(LocalCloudOptions options, TextWriter output, TextWriter error, CancellationToken stop)
    {
        try
        {
            await using ServiceProvider services = new ServiceCollection()
                .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true))
                .Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
                .BuildServiceProvider();
            await using LocalCloudServer server = await LocalCloudServer.StartAsync(
                options, TimeProvider.System, services.GetRequiredService<ILoggerFactory>(), stop);
            await output.WriteLineAsync($"endpoint  {server.Endpoint}");
            await output.WriteLineAsync($"data      {Path.GetFullPath(options.DataDirectory)}");
            if (options.AccessKeyId is { } accessKeyId)
                await output.WriteLineAsync($"key       {accessKeyId}");
            if (server.Stack is { } stack)
                await PrintAsync(stack, output);
            await output.WriteLineAsync("ready");
            await output.FlushAsync(CancellationToken.None);
            TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (stop.Register(stopped.SetResult))
                await stopped.Task;
            return 0;
        }
        catch (LocalCloudException exception)
        {
            await error.WriteLineAsync(InTermsOfOptions(exception.Message));
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0; // told to stop while it started
        }
    }

    /// <summary>Whoever starts this command mends a setting with its option.</summary>
    private static string InTermsOfOptions(string message) => message
        .Replace("Cloud:Local:Port", "--port", StringComparison.Ordinal)
        .Replace("Cloud:Local:DataDirectory", "--data", StringComparison.Ordinal)
        .Replace("Cloud:Local:TemplatePath", "--template", StringComparison.Ordinal)
        .Replace("Cloud:Local:AccessKeyId", "--access-key-id", StringComparison.Ordinal)
        .Replace("Cloud:Local:SecretAccessKey", SecretVariable, StringComparison.Ordinal)
        .Replace("Cloud:StackName", "--stack", StringComparison.Ordinal);

    private static async Task PrintAsync(StackDescription stack, TextWriter output)
    {
        await output.WriteLineAsync($"stack     {stack.Name}");
        await TableAsync(output, "resources", [.. stack.Resources.Select(resource => (string[])[resource.LogicalId, resource.Type, resource.PhysicalId])]);
        await TableAsync(output, "outputs", [.. stack.Outputs.Select(item => (string[])[item.Name, item.Value])]);
        await output.WriteLineAsync();
    }

    /// <summary>Prints rows with every column but the last as wide as its longest cell.</summary>
    private static async Task TableAsync(TextWriter output, string title, string[][] rows)
    {
        if (rows.Length == 0)
            return;
        await output.WriteLineAsync();
        await output.WriteLineAsync(title);
        int[] widths = [.. Enumerable.Range(0, rows[0].Length - 1).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            await output.WriteLineAsync("  " + string.Concat(row.Select((cell, column) => column < widths.Length ? cell.PadRight(widths[column] + 2) : cell)));
    }
}
