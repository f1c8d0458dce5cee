using System.Diagnostics;
using System.Globalization;
using Amazon.SQS.Model;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Intake;
using Archiver.Web.Approvals.Pages;
using Bunit;
using Row = Archiver.Web.Approvals.Pages.ApprovalRow;

namespace Archiver.Web.Tests.Approvals.Intake;

/// <summary>
/// Anybody's state machine may write to the human queue. Whatever a message has, it is taken in or refused with a reason, and what
/// was taken in can be shown, as text. <c>ARCHIVER_FUZZ_SECONDS</c> makes it longer, <c>ARCHIVER_FUZZ_SEED</c> repeats a run.
/// </summary>
public sealed class MessageFuzzTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private const int Fewest = 250;

    // Elements and attributes that would run something, or load it.
    private const string Runs = "script, img, iframe, object, [onerror], [onfocus], [onload], a[href^='javascript' i]";

    [Fact]
    public async Task TakeIn_AnyMessage_IsRefusedInWordsOrShownAsText()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("ARCHIVER_FUZZ_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        double seconds = double.TryParse(Environment.GetEnvironmentVariable("ARCHIVER_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double longer) ? longer : 0;
        MessageFuzz fuzz = new(seed);
        (int taken, int refused) = (0, 0);
        long begin = Stopwatch.GetTimestamp(), memory = 0;

        for (int number = 1; number <= Fewest || Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds; number++)
        {
            string body = fuzz.Next();
            try
            {
                string? reason = await Get<ApprovalIntake>().TakeInAsync(new Message { MessageId = $"{number}", Body = body }, TestContext.Current.CancellationToken);
                if (reason is not null)
                {
                    Assert.InRange(reason.Length, 10, 300);
                    refused++;
                    continue;
                }
                taken++;
                await ShowAsync(ApprovalMessageParser.Parse(body, Start).Approval!.Id);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"ARCHIVER_FUZZ_SEED={seed}, message {number}: {body[..Math.Min(body.Length, 4000)]}", exception);
            }
            if (number == Fewest) memory = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.True(taken > Fewest / 3 && refused > Fewest / 20, $"{taken} taken in and {refused} refused are no trial of both. ARCHIVER_FUZZ_SEED={seed}");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, memory + 256 * 1024 * 1024);
    }

    private async Task ShowAsync(string id)
    {
        Approval approval = (await Get<ApprovalsStore>().GetAsync(id, TestContext.Current.CancellationToken))!;
        IRenderedComponent<Row> row = Render<Row>(parameters => parameters.Add(one => one.Approval, approval));
        IRenderedComponent<ApprovalPage> page = Render<ApprovalPage>(parameters => parameters.Add(one => one.Id, id));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("h1")));
        Assert.Empty(row.FindAll(Runs));
        Assert.Empty(page.FindAll(Runs));
        await DisposeComponentsAsync();
    }
}
