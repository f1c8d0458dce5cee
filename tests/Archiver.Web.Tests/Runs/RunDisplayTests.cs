using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Runs;
using Archiver.Web.Shell.Display;

namespace Archiver.Web.Tests.Runs;

public sealed class RunDisplayTests
{
    [Theory]
    [InlineData("RUNNING", "Running")]
    [InlineData("SUCCEEDED", "Succeeded")]
    [InlineData("FAILED", "Failed")]
    [InlineData("TIMED_OUT", "Timed out")]
    [InlineData("ABORTED", "Stopped")]
    [InlineData("PENDING_REDRIVE", "Pending redrive")]
    [InlineData("SOMETHING_NEW", "SOMETHING_NEW")]
    public void Of_EveryStatus_HasAWordAndAnIcon(string status, string word)
    {
        StatusDisplay display = RunStatusDisplay.Of(new ExecutionStatus(status));

        Assert.Equal(word, display.Text);
        Assert.NotEmpty(display.Icon);
    }

    [Fact]
    public void FromQuery_WhatToQueryGave_IsTheStatus() =>
        Assert.All(RunStatusDisplay.All, status => Assert.Equal(status, RunStatusDisplay.FromQuery(RunStatusDisplay.ToQuery(status))));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("moo")]
    public void FromQuery_NoStatus_IsNone(string? text) => Assert.Null(RunStatusDisplay.FromQuery(text));

    [Fact]
    public void Read_AnEventWithDetails_NamesItsSubjectAndHidesTokens()
    {
        RunEvent read = RunEventReader.Read(new HistoryEvent
        {
            Id = 10,
            Timestamp = new DateTime(2026, 3, 1, 14, 0, 0, DateTimeKind.Utc),
            Type = HistoryEventType.TaskScheduled,
            TaskScheduledEventDetails = new TaskScheduledEventDetails
            {
                Resource = "sendMessage.waitForTaskToken",
                ResourceType = "sqs",
                Parameters = """{"MessageBody":{"TaskToken":"secret"}}""",
                TimeoutInSeconds = 60,
            },
        });

        Assert.Equal(10, read.Id);
        Assert.Equal("TaskScheduled", read.Type);
        Assert.Equal("sendMessage.waitForTaskToken", read.Subject);
        Assert.Contains(read.Details, detail => detail is { Name: "TimeoutInSeconds", Value: "60" });
        Assert.DoesNotContain(read.Details, detail => detail.Value.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_AStatesEvent_NamesTheState()
    {
        RunEvent read = RunEventReader.Read(new HistoryEvent
        {
            Id = 2,
            Timestamp = DateTime.UnixEpoch,
            Type = HistoryEventType.TaskStateEntered,
            StateEnteredEventDetails = new StateEnteredEventDetails { Name = "ReadMetadata", Input = "{}" },
        });

        Assert.Equal("ReadMetadata", read.Subject);
        Assert.Equal("Input", Assert.Single(read.Details).Name);
    }

    [Theory]
    [InlineData("a.pdf", 0, null)]
    [InlineData("a.pdf", 1073741824, null)]
    [InlineData("a.pdf", 1073741825, "larger than 1 GB")]
    [InlineData("", 1, "no name")]
    public void Refuse_AFile_SaysWhy(string name, long size, string? reason)
    {
        string? refusal = InboxUploads.Refuse(name, size);

        if (reason is null) Assert.Null(refusal);
        else Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuse_ANameByItsBytes_TakesNineHundred()
    {
        Assert.Null(InboxUploads.Refuse(new string('名', 300), 1));
        Assert.NotNull(InboxUploads.Refuse(new string('名', 301), 1));
    }

    [Fact]
    public void Name_OfAClicksRuns_IsOneThatStepFunctionsTakes() => Assert.Equal("abc-1000", RunStarter.Name("abc", 999));
}
