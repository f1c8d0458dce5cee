using Amazon.DynamoDBv2;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Commands;
using Bunit;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor;

namespace Archiver.Web.Tests.Shell;

public sealed class CommandExecutorTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private static readonly AuditSubject Subject = new("approval", "a");

    [Fact]
    public async Task Run_WhileTheSameIsUnderWay_IsIgnored()
    {
        CommandExecutor executor = Get<CommandExecutor>();
        TaskCompletionSource<CommandResult> slow = new();
        int calls = 0;
        Task<CommandResult?> first = executor.RunAsync("approve a", Operation.Decide, Subject, _ =>
        {
            calls++;
            return slow.Task;
        });

        Assert.True(executor.IsUnderWay("approve a"));
        Assert.Null(await executor.RunAsync("approve a", Operation.Decide, Subject, _ => throw new InvalidOperationException("twice")));
        slow.SetResult(CommandResult.Done("Done."));

        Assert.Equal("Done.", (await first)!.Message);
        Assert.False(executor.IsUnderWay("approve a"));
        Assert.Equal(1, calls);
        Assert.Equal(["Done."], Said);
    }

    [Fact]
    public async Task Run_TheCloudFails_SaysSoInWordsAndCanBeTriedAgain()
    {
        CommandExecutor executor = Get<CommandExecutor>();

        CommandResult? failed = await executor.RunAsync("x", Operation.Decide, Subject, _ => throw new AmazonDynamoDBException("The table is busy."));

        Assert.Equal(Severity.Error, failed!.Severity);
        Assert.Contains("The table is busy.", failed.Message, StringComparison.Ordinal);
        Assert.NotNull(await executor.RunAsync("x", Operation.Decide, Subject, _ => Task.FromResult(CommandResult.Note("Nothing to do."))));
    }

    [Fact]
    public async Task Run_ABug_IsNotSwallowed()
    {
        CommandExecutor executor = new(Get<CommandGate>(), Get<ISnackbar>(), NullLogger<CommandExecutor>.Instance);

        await Assert.ThrowsAsync<InvalidOperationException>(() => executor.RunAsync("x", Operation.Decide, Subject, _ => throw new InvalidOperationException()));

        Assert.False(executor.IsUnderWay("x"));
    }
}
