using System.Text;
using System.Text.Json.Nodes;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Pages;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Downloads;
using Bunit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Archiver.Web.Tests.Approvals.Record;

/// <summary>What an approval's record keeps, shows and gives out.</summary>
public sealed class RecordTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    private ApprovalsStore Store => Get<ApprovalsStore>();

    [Fact]
    public async Task Record_OfAWholeLife_HasALineForEachStepInOrder()
    {
        Approval approval = await AddAsync();
        await Store.MarkSeenAsync(approval.Id, "Ann", Cancel);
        Time.Advance(TimeSpan.FromSeconds(1));
        Approval decided = (await DecideAsync(approval, true, "Ann", null)).Approval!;
        Time.Advance(TimeSpan.FromSeconds(1));
        Approval again = (await Store.UndoAsync(decided, Permits.Someone("Ann"), Cancel)).Approval!;
        Approval denied = (await DecideAsync(again, false, "Bob", "Not the final version")).Approval!;
        Approval sending = (await Store.BeginSendingAsync(denied.Id, denied.Version, Cancel)).Approval!;
        await Store.MarkDeliveredAsync(sending.Id, sending.Version, null, Cancel);

        ApprovalRecord record = (await Store.GetRecordAsync(approval.Id, Cancel))!;

        Assert.Equal(ApprovalStatus.Delivered, record.Approval.Status);
        Assert.Equal(
            [
                new ApprovalEvent(approval.RequestedAt, ApprovalEventKind.Asked),
                new ApprovalEvent(Start, ApprovalEventKind.FirstSeen, "Ann"),
                new ApprovalEvent(Start.AddSeconds(1), ApprovalEventKind.Approved, "Ann", null, "test|Ann"),
                new ApprovalEvent(Start.AddSeconds(2), ApprovalEventKind.Undone, "Ann", null, "test|Ann"),
                new ApprovalEvent(Start.AddSeconds(2), ApprovalEventKind.Denied, "Bob", "Not the final version", "test|Bob"),
                new ApprovalEvent(Start.AddSeconds(2), ApprovalEventKind.Delivered),
            ],
            record.Events);
    }

    [Fact]
    public async Task Record_OfARefusedDecision_SaysWhy()
    {
        Approval approval = await AddAsync();
        Approval decided = (await DecideAsync(approval, true, "Ann", null)).Approval!;

        await Store.CloseAsync(decided, new Closing(ClosedReason.TimedOut, Start.AddMinutes(-1)), Cancel);

        ApprovalRecord record = (await Store.GetRecordAsync(approval.Id, Cancel))!;
        Assert.Equal(new Closing(ClosedReason.TimedOut, Start.AddMinutes(-1)), record.Approval.Closing);
        Assert.Equal(new ApprovalEvent(Start, ApprovalEventKind.Refused, null, "Nobody answered in time: the time ran out."), record.Events[^1]);
    }

    [Fact]
    public async Task MarkSeen_TheSecondTime_AddsNothingAndTakesNobodysVersion()
    {
        Approval approval = await AddAsync();

        Assert.True(await Store.MarkSeenAsync(approval.Id, "Ann", Cancel));
        Assert.False(await Store.MarkSeenAsync(approval.Id, "Bob", Cancel));

        Assert.True((await DecideAsync(approval, true, "Carol", null)).Won);
        Assert.False(await Store.MarkSeenAsync("no such approval", "Ann", Cancel));
    }

    [Fact]
    public async Task Seen_InFrontOfAReviewer_IsNotedOnce()
    {
        Approval approval = await AddAsync();
        Get<ApprovalsFeed>().Publish(approval);
        Get<Archiver.Web.Identity.Caller>().Become(Permits.Someone("Ann"), null);

        IRenderedComponent<ApprovalPage> page = Render<ApprovalPage>(parameters => parameters.Add(one => one.Id, approval.Id));
        await page.WaitForElementAsync(".record");
        await Get<SeenNotes>().WriteAsync(Cancel);

        Assert.Equal(Start, (await Store.GetAsync(approval.Id, Cancel))!.FirstSeenAt);
    }

    [Fact]
    public async Task Page_OfASettledApproval_ShowsItsRecord()
    {
        Approval approval = await AddAsync();
        await DecideAsync(approval, false, "Bob <b>", "Not & final");

        IRenderedComponent<ApprovalPage> page = Render<ApprovalPage>(parameters => parameters.Add(one => one.Id, approval.Id));

        await page.WaitForElementAsync(".record");
        Assert.Equal(2, page.FindAll(".record li").Count);
        Assert.Contains("Denied", page.FindAll(".record li")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("by Bob <b>", page.FindAll(".record li")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Not & final", page.FindAll(".record li")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfAnApproval_HasItsRecordAndNoToken()
    {
        Approval approval = await AddAsync();
        await DecideAsync(approval, true, "Ann", null);

        DefaultHttpContext context = new() { RequestServices = Services };
        using MemoryStream body = new();
        context.Response.Body = body;
        RecordedDownload file = Assert.IsType<RecordedDownload>((await RecordExport.HandleAsync(approval.Id, Store, context)).Result);
        await file.ExecuteAsync(context);

        string text = Encoding.UTF8.GetString(body.ToArray());
        Assert.Equal($"attachment; filename=approval-{approval.Id}.json; filename*=UTF-8''approval-{approval.Id}.json", context.Response.Headers.ContentDisposition);
        Assert.Equal([AuditPhase.Attempted, AuditPhase.Done], Trail.Entries.Select(entry => entry.Phase));
        Assert.All(Trail.Entries, entry => Assert.Equal((Operation.ExportApproval, approval.Id), (entry.Operation, entry.On.Id)));
        Assert.DoesNotContain("secret token", text, StringComparison.Ordinal);
        JsonNode json = JsonNode.Parse(text)!;
        Assert.Equal("Decided", (string?)json["approval"]!["status"]);
        Assert.Equal(["Asked", "Approved"], json["events"]!.AsArray().Select(line => (string?)line!["kind"]));
        Assert.IsType<NotFound>((await RecordExport.HandleAsync("no such approval", Store, new DefaultHttpContext())).Result);
    }

    [Fact]
    public async Task Export_OfAnApprovalOfSeveralPeople_HasWhoStartedVotedAndIsOnIt()
    {
        Approval approval = Samples.Pending(Guid.NewGuid().ToString("N")) with { StartedBy = new Starter("i|1", "Sue") };
        await Store.AddAsync(approval, "secret token", Cancel);
        Approval endorsed = (await Store.EndorseAsync(approval, new Vote("i|2", "Ann", Start, "fine"), "1 of 2: fine", Cancel)).Approval!;
        await Store.ClaimAsync(endorsed, new ApprovalClaim("i|3", "Bob", Start), ApprovalEventKind.Claimed, Permits.Someone("Bob"), null, Cancel);

        DefaultHttpContext context = new() { RequestServices = Services };
        using MemoryStream body = new();
        context.Response.Body = body;
        await Assert.IsType<RecordedDownload>((await RecordExport.HandleAsync(approval.Id, Store, context)).Result).ExecuteAsync(context);

        JsonNode json = JsonNode.Parse(body.ToArray())!;
        Assert.Equal("""{"id":"i|1","name":"Sue"}""", json["approval"]!["startedBy"]!.ToJsonString());
        Assert.Equal(["personId", "name", "at", "comment"], Assert.Single(json["approval"]!["votes"]!.AsArray())!.AsObject().Select(member => member.Key));
        Assert.Equal("i|3", (string?)json["approval"]!["claim"]!["personId"]);
        Assert.Equal(["Asked", "Endorsed", "Claimed"], json["events"]!.AsArray().Select(line => (string?)line!["kind"]));
        Assert.Equal("i|2", (string?)json["events"]![1]!["byId"]);
    }

    private Task<ChangeOutcome> DecideAsync(Approval approval, bool approved, string reviewer, string? comment) => Store.DecideAsync(
        approval, Samples.Settle(approved, reviewer, comment, Time.GetUtcNow()), Cancel);

    private async Task<Approval> AddAsync()
    {
        Approval approval = Samples.Pending(Guid.NewGuid().ToString("N"));
        await Store.AddAsync(approval, "secret token " + approval.Id, Cancel);
        return approval;
    }
}
