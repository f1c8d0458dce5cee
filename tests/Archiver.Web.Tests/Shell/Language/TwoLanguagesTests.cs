using System.Globalization;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Runs;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Display;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Shell.Language;

/// <summary>Two people at one server, each in a language: what is shared tells each in theirs, whoever causes it.</summary>
public sealed class TwoLanguagesTests(CloudFixture cloud)
{
    [Fact]
    public async Task Ticker_OfTwoCircuits_IsReadByEachInTheirLanguage()
    {
        FakeTimeProvider time = new();
        using SecondTicker ticker = new(time);
        await using BunitContext english = Circuit(time, ticker), german = Circuit(time, ticker);
        IRenderedComponent<Ago> here = Render(english), there;
        using (InLanguage.German()) there = Render(german);

        // In nobody's culture, as the timer's thread is.
        time.Advance(TimeSpan.FromSeconds(2_500));

        await here.WaitForAssertionAsync(() => Assert.Equal("41 min 40 s ago", here.Find("time span").TextContent));
        await there.WaitForAssertionAsync(() => Assert.Equal("vor 41 min 40 s", there.Find("time span").TextContent));

        IRenderedComponent<Ago> Render(BunitContext circuit) => circuit.Render<Ago>(parameters => parameters.Add(ago => ago.Moment, time.GetUtcNow()).Add(ago => ago.SaysAgo, true));
    }

    [Fact]
    public async Task Reader_SharedByTwoCircuits_CallsEachInTheirCulture()
    {
        await using Person one = new(cloud);
        RunsLive live = one.Get<RunsLive>();
        TaskCompletionSource<string> here = new(TaskCreationOptions.RunContinuationsAsynchronously), there = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IAsyncDisposable first = live.Follow(null, null, _ => here.TrySetResult(CultureInfo.CurrentUICulture.Name)), second;
        using (InLanguage.German()) second = live.Follow(null, null, _ => there.TrySetResult(CultureInfo.CurrentUICulture.Name));

        Assert.Equal(CultureInfo.CurrentUICulture.Name, await here.Task.WaitAsync(BunitContext.DefaultWaitTimeout, TestContext.Current.CancellationToken));
        Assert.Equal("de", await there.Task.WaitAsync(BunitContext.DefaultWaitTimeout, TestContext.Current.CancellationToken));
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task Refusal_OfSomebodyWhoSpeaksGerman_IsOnRecordInEnglish()
    {
        await using Person viewer = new(cloud);
        viewer.Get<Caller>().Become(Permits.Someone("Vic", Role.Viewer), "127.0.0.1");
        using InLanguage german = InLanguage.German();

        await viewer.Get<CommandExecutor>().RunAsync("x", Operation.StartRun, new("runs"), _ => Task.FromResult(CommandResult.Done("Never.")));

        Assert.Equal(["Dafür braucht es die Rolle Betreiber, die Sie nicht haben."], viewer.Heard);
        Assert.Equal("This takes the role Operator, which you don't have.", viewer.Recorded[^1]);
    }

    [Fact]
    public void Numbers_InGerman_AreWrittenSo()
    {
        using InLanguage german = InLanguage.German();
        ViewerTime viewer = new(new FakeTimeProvider());
        viewer.SetZone("Europe/Vienna");

        Assert.Equal("12,3 s", Durations.Precise(TimeSpan.FromSeconds(12.34)));
        Assert.Equal("1,5 KB", FileSize.Text(1536));
        Assert.Equal("02.07.2026 00:30:00", viewer.Exact(new DateTimeOffset(2026, 7, 1, 22, 30, 0, TimeSpan.Zero)));
        Assert.Equal("00:30", viewer.TimeOfDay(new DateTimeOffset(2026, 7, 1, 22, 30, 0, TimeSpan.Zero)));
        Assert.Equal("02.07.2026", viewer.Day(new DateOnly(2026, 7, 2)));
    }

    private static BunitContext Circuit(FakeTimeProvider time, SecondTicker ticker)
    {
        BunitContext circuit = new();
        circuit.Services.AddSingleton<TimeProvider>(time).AddSingleton(ticker).AddScoped<ViewerTime>();
        return circuit;
    }

    private sealed class Person(CloudFixture cloud) : DashboardContext(cloud)
    {
        public IReadOnlyList<string> Heard => Said;

        public IReadOnlyList<string?> Recorded => [.. Trail.Entries.Select(entry => entry.Detail)];

        public new T Get<T>() where T : notnull => base.Get<T>();
    }
}
