using System.Globalization;
using Amazon.DynamoDBv2;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Tests.Shell.Language;
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
    public async Task Run_ForSomebodyWhoSpeaksGerman_IsOnRecordInEnglish()
    {
        using InLanguage german = InLanguage.German();

        CommandResult? result = await Get<CommandExecutor>().RunAsync(
            "x", Operation.StartRun, Subject, _ => Task.FromResult(CommandResult.Done(() => string.Create(CultureInfo.CurrentCulture, $"{CultureInfo.CurrentUICulture.Name}: {1234:N0}"))));

        Assert.Equal("de: 1.234", result!.Message);
        Assert.Equal(["de: 1.234"], Said);
        Assert.Equal("en: 1,234", Trail.Entries[^1].Detail);
        Assert.Equal("de", CultureInfo.CurrentUICulture.Name);
    }

    [Fact]
    public async Task Run_ABug_IsNotSwallowed()
    {
        CommandExecutor executor = new(Get<CommandGate>(), Get<ISnackbar>(), NullLogger<CommandExecutor>.Instance);

        await Assert.ThrowsAsync<InvalidOperationException>(() => executor.RunAsync("x", Operation.Decide, Subject, _ => throw new InvalidOperationException()));

        Assert.False(executor.IsUnderWay("x"));
    }
}
