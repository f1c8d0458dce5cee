using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;
using Archiver.Infra.Tests.StatesLanguage;

namespace Archiver.Infra.Tests.Stack;

/// <summary>Every path of the deployed state machine, in the interpreter and with the deployed functions.</summary>
public sealed class ArchiverMachineTests
{
    [Fact]
    public void Definition_Validation_FindsNothing()
    {
        (StateMachine? machine, IReadOnlyList<Diagnostic> diagnostics) = StateMachine.Parse(ArchiverRun.Definition);

        Assert.NotNull(machine);
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("""{"simulate":{"archive":true,"quality":50}}""", "Archived", "ReadMetadata,ApprovalNeeded?,Archivable?,QualityAcceptable?,Archive,RecordResult")]
    [InlineData("""{"simulate":{"archive":true,"quality":49}}""", "Quality_Fail", "ReadMetadata,ApprovalNeeded?,Archivable?,QualityAcceptable?,QualityFail,RecordResult")]
    [InlineData("""{"simulate":{"archive":false,"quality":99}}""", "Unarchivable", "ReadMetadata,ApprovalNeeded?,Archivable?,Unarchivable,RecordResult")]
    public async Task Run_WithoutApproval_TakesTheAutomaticChoices(string input, string action, string states)
    {
        ArchiverRun run = await ArchiverRun.StartAsync(input);

        Assert.Equal(ExecutionStatus.Succeeded, run.Status);
        Assert.Equal(states, string.Join(',', run.States));
        Assert.Equal(action, (string?)run.Record["Action"]!["S"]);
        Assert.False((bool)run.Record["Approval"]!["BOOL"]!);
        Assert.Equal(action, (string?)run.Output!["Action"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"approval_needed":false}""")]
    public async Task Run_NoFile_Succeeds(string input)
    {
        ArchiverRun run = await ArchiverRun.StartAsync(input);

        Assert.Equal(ExecutionStatus.Succeeded, run.Status);
        Assert.Equal("run-1", (string?)run.Record["Id"]!["S"]);
        Assert.Equal(
            ["Action", "Approval", "Archive", "ContentType", "Day", "ExecutionArn", "FileName", "Id", "Quality", "QualityThreshold", "Size", "Timestamp"],
            run.Record.Select(attribute => attribute.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_ApprovalNeeded_SendsTheMessageAndWaits()
    {
        ArchiverRun run = await ArchiverRun.StartAsync("""{"approval_needed":true,"simulate":{"archive":true,"quality":35}}""");

        Assert.Equal(ExecutionStatus.Running, run.Status);
        JsonObject message = run.Message!;
        Assert.Equal(
            ["TaskToken", "ExecutionArn", "RequestedAt", "ExpiresAt", "Recommendation", "StartedBy", "File"], message.Select(member => member.Key));
        Assert.Equal(TestMachine.Identity.ExecutionArn, (string?)message["ExecutionArn"]);
        Assert.Equal("Quality_Fail", (string?)message["Recommendation"]);
        Assert.Equal(35, (int)message["File"]!["Quality"]!);
        Assert.Equal(50, (int)message["File"]!["QualityThreshold"]!);
        Assert.Equal(TimeSpan.FromDays(7), DateTimeOffset.Parse((string)message["ExpiresAt"]!, null) - DateTimeOffset.Parse((string)message["RequestedAt"]!, null));
        Assert.Null(message["StartedBy"]); // nobody is named
        Assert.Empty(run.Records);
    }

    [Fact]
    public async Task Run_WhoseInputNamesItsStarter_TellsTheReviewers()
    {
        ArchiverRun run = await ArchiverRun.StartAsync(
            """{"approval_needed":true,"startedBy":{"id":"https://id.example|42","name":"Ann","email":"ann@example.com"},"simulate":{"archive":true,"quality":35}}""");

        Assert.Equal("""{"id":"https://id.example|42","name":"Ann"}""", run.Message!["StartedBy"]!.ToJsonString());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"cron\"")]
    [InlineData("[{}]")]
    [InlineData("{}")]
    [InlineData("""{"name":"Ann"}""")]
    [InlineData("""{"id":7,"name":"Ann"}""")]
    [InlineData("""{"id":"","name":"Ann"}""")]
    public async Task Run_WhoseInputNamesNobodyThatCanBeTold_AsksAllTheSame(string starter)
    {
        ArchiverRun run = await ArchiverRun.StartAsync($$"""{"approval_needed":true,"startedBy":{{starter}}}""");

        Assert.Equal(ExecutionStatus.Running, run.Status);
        Assert.True(run.Message!.ContainsKey("StartedBy"));
        Assert.Null(run.Message["StartedBy"]);
    }

    [Fact]
    public async Task Run_WithoutApprovalThatNamesItsStarter_IsAsWithoutOne()
    {
        ArchiverRun run = await ArchiverRun.StartAsync("""{"startedBy":{"id":"i","name":"Ann"},"simulate":{"archive":true,"quality":50}}""");

        Assert.Equal(ExecutionStatus.Succeeded, run.Status);
        Assert.Equal("Archived", (string?)run.Record["Action"]!["S"]);
        Assert.DoesNotContain("Ann", run.Record.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"approved":true}""", "Archive", "Archived", true)]
    [InlineData("""{"approved":false}""", "Deny", "Denied", false)]
    [InlineData("""{"approved":false,"reviewer":"ada","comment":"No.","decidedAt":"2026-03-14T02:00:00Z"}""", "Deny", "Denied", false)]
    public async Task Run_Decided_DoesWhatTheReviewerSaid(string decision, string state, string action, bool approved)
    {
        ArchiverRun run = await ArchiverRun.StartAsync("""{"approval_needed":true,"simulate":{"archive":false,"quality":0}}""");

        await run.AnswerAsync(decision);

        Assert.Equal(ExecutionStatus.Succeeded, run.Status);
        Assert.Equal(["ReadMetadata", "ApprovalNeeded?", "RequestApproval", "Approved?", state, "RecordResult"], run.States);
        Assert.Equal(action, (string?)run.Record["Action"]!["S"]);
        Assert.Equal(approved, (bool)run.Record["Approved"]!["BOOL"]!);
        Assert.True((bool)run.Record["Approval"]!["BOOL"]!);
        JsonNode given = JsonNode.Parse(decision)!;
        Assert.Equal((string?)given["reviewer"], (string?)run.Record["Reviewer"]?["S"]);
        Assert.Equal((string?)given["comment"], (string?)run.Record["Comment"]?["S"]);
    }

    [Fact]
    public async Task Run_NobodyAnswers_ExpiresAfterTheTimeout()
    {
        ArchiverRun run = await ArchiverRun.StartAsync("""{"approval_needed":true}""");

        await run.TimeOutAsync();

        Assert.Equal(ExecutionStatus.Succeeded, run.Status);
        Assert.Equal(TimeSpan.FromDays(7), run.Now - TestMachine.Identity.StartTime);
        Assert.Equal("Expired", (string?)run.Record["Action"]!["S"]);
        Assert.True((bool)run.Record["Approval"]!["BOOL"]!);
        Assert.False(run.Record.ContainsKey("Approved"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"approved\"")]
    [InlineData("""{"approved":"true"}""")]
    [InlineData("""{"approved":null}""")]
    [InlineData("[true]")]
    public async Task Run_AnswerThatDoesNotDecide_IsRecordedAsErrorAndFails(string answer)
    {
        ArchiverRun run = await ArchiverRun.StartAsync("""{"approval_needed":true}""");

        await run.AnswerAsync(answer);

        AssertFailed(run, "InvalidDecisionException", "must be an object with a boolean member");
        Assert.True((bool)run.Record["Approval"]!["BOOL"]!);
        Assert.False(run.Record.ContainsKey("Approved"));
    }

    [Theory]
    [InlineData("""{"approval_needed":"yes"}""", "“approval_needed” must be true or false")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("\"text\"", "must be a JSON object")]
    [InlineData("7", "must be a JSON object")]
    [InlineData("""{"approval_needed":null}""", "“approval_needed” must be true or false")]
    [InlineData("""{"bucket":"inbox"}""", "only one of them")]
    public async Task Run_InvalidInput_IsRecordedAsErrorAndFails(string input, string reason)
    {
        ArchiverRun run = await ArchiverRun.StartAsync(input);

        AssertFailed(run, "InvalidRunInputException", reason);
        Assert.False((bool)run.Record["Approval"]!["BOOL"]!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_FileThatIsNotThere_IsRecordedWithItsNameAndTheApprovalAsAsked(bool approval)
    {
        ArchiverRun run = await ArchiverRun.StartAsync(
            $$"""{"bucket":"inbox","key":"2026/a.pdf","approval_needed":{{(approval ? "true" : "false")}}}""",
            ("ReadMetadata", "ObjectNotFoundException", """{"errorType":"ObjectNotFoundException","errorMessage":"It is not there.","stackTrace":[]}"""));

        AssertFailed(run, "ObjectNotFoundException", "It is not there.");
        Assert.Equal("a.pdf", (string?)run.Record["FileName"]!["S"]);
        Assert.Equal("inbox", (string?)run.Record["Bucket"]!["S"]);
        Assert.Equal("2026/a.pdf", (string?)run.Record["Key"]!["S"]);
        Assert.Equal(approval, (bool)run.Record["Approval"]!["BOOL"]!);
    }

    [Theory]
    [InlineData("Archive", """{"simulate":{"archive":true,"quality":99}}""")]
    [InlineData("QualityFail", """{"simulate":{"archive":true,"quality":1}}""")]
    [InlineData("Unarchivable", """{"simulate":{"archive":false,"quality":1}}""")]
    public async Task Run_ActionFails_IsRecordedWithWhatIsKnown(string function, string input)
    {
        ArchiverRun run = await ArchiverRun.StartAsync(input, (function, "StorageRefusedException", """{"errorMessage":"S3 refused."}"""));

        AssertFailed(run, "StorageRefusedException", "S3 refused.");
        Assert.True(run.Record.ContainsKey("FileName"));
    }

    [Fact]
    public async Task Run_ActionFailsAfterTheDecision_KeepsTheDecision()
    {
        ArchiverRun run = await ArchiverRun.StartAsync("""{"approval_needed":true}""", ("Deny", "Broken", "Plain words."));

        await run.AnswerAsync("""{"approved":false,"reviewer":"ada"}""");

        AssertFailed(run, "Broken", "Broken: Plain words.");
        Assert.False((bool)run.Record["Approved"]!["BOOL"]!);
        Assert.Equal("ada", (string?)run.Record["Reviewer"]!["S"]);
    }

    [Theory]
    [InlineData("Refused", "By hand.", "Refused", "Refused: By hand.")]
    [InlineData(null, null, "States.TaskFailed", "without a cause")]
    public async Task Run_TaskFailedByTheTokensHolder_IsRecordedAsErrorAndFails(string? error, string? cause, string expected, string reason)
    {
        ArchiverRun run = await ArchiverRun.StartAsync("""{"approval_needed":true}""");

        await run.RefuseAsync(error, cause);

        AssertFailed(run, expected, reason);
        Assert.True((bool)run.Record["Approval"]!["BOOL"]!);
    }

    [Theory]
    [InlineData("Lambda.ServiceException")]
    [InlineData("Lambda.AWSLambdaException")]
    [InlineData("Lambda.SdkClientException")]
    [InlineData("Lambda.TooManyRequestsException")]
    [InlineData("StorageUnavailableException")]
    public async Task Run_FaultThatPasses_IsTriedAgain(string error)
    {
        ArchiverRun run = await ArchiverRun.StartAsync("{}", faults: [("ReadMetadata", error, "Later."), ("ReadMetadata", error, "Later.")], once: true);

        Assert.Equal(ExecutionStatus.Succeeded, run.Status);
        Assert.Equal(3, run.Calls.Count(call => call == "ReadMetadata"));
        Assert.Single(run.Records);
    }

    [Fact]
    public async Task Run_FaultThatStays_IsTriedSixTimesMoreAndThenRecorded()
    {
        ArchiverRun run = await ArchiverRun.StartAsync("{}", ("ReadMetadata", "Lambda.ServiceException", "Down."));

        AssertFailed(run, "Lambda.ServiceException", "Lambda.ServiceException: Down.");
        Assert.Equal(7, run.Calls.Count(call => call == "ReadMetadata"));
    }

    [Fact]
    public async Task Run_ErrorOfTheFunctionItself_IsNotTriedAgain()
    {
        ArchiverRun run = await ArchiverRun.StartAsync("{}", ("ReadMetadata", "InvalidRunInputException", "No."));

        Assert.Equal(["ReadMetadata", "ExplainError", "putItem"], run.Calls);
    }

    [Theory]
    [InlineData("Archive", """{"simulate":{"archive":true,"quality":99}}""")]
    [InlineData("QualityFail", """{"simulate":{"archive":true,"quality":1}}""")]
    [InlineData("Unarchivable", """{"simulate":{"archive":false,"quality":1}}""")]
    public async Task Run_FileThatChanged_IsNotTriedAgain(string function, string input)
    {
        ArchiverRun run = await ArchiverRun.StartAsync(input, (function, "ObjectChangedException", """{"errorMessage":"It is no longer the one."}"""));

        AssertFailed(run, "ObjectChangedException", "It is no longer the one.");
        Assert.Equal(["ReadMetadata", function, "ExplainError", "putItem"], run.Calls);
    }

    [Fact]
    public async Task Run_NoFunctionAnswers_StillLeavesARecord()
    {
        ArchiverRun run = await ArchiverRun.StartAsync(
            """{"approval_needed":true}""",
            ("ReadMetadata", "Lambda.ServiceException", "Down."), ("ExplainError", "Lambda.ServiceException", "Down, too."));

        Assert.Equal(ExecutionStatus.Failed, run.Status);
        Assert.Equal("Error", (string?)run.Record["Action"]!["S"]);
        Assert.True((bool)run.Record["Approval"]!["BOOL"]!);
        Assert.Equal("run-1", (string?)run.Record["Id"]!["S"]);
        Assert.Equal("2026-03-14", (string?)run.Record["Day"]!["S"]);
        Assert.Contains("Down.", (string?)run.Record["Comment"]!["S"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ResultThatIsNotRecorded_IsRecordedAsErrorAndFails()
    {
        ArchiverRun run = await ArchiverRun.StartAsync(
            """{"simulate":{"archive":true,"quality":99}}""", faults: [("putItem", "DynamoDB.ValidationException", "No such item.")], once: true);

        AssertFailed(run, "DynamoDB.ValidationException", "No such item.");
    }

    [Fact]
    public async Task Run_NothingIsRecorded_FailsWithWhatWentWrongFirst()
    {
        ArchiverRun run = await ArchiverRun.StartAsync(
            "[]", ("putItem", "DynamoDB.ResourceNotFoundException", "No such table."));

        Assert.Equal(ExecutionStatus.Failed, run.Status);
        Assert.Equal("InvalidRunInputException", run.Error);
        Assert.Empty(run.Records);
    }

    private static void AssertFailed(ArchiverRun run, string error, string reason)
    {
        Assert.Equal(ExecutionStatus.Failed, run.Status);
        Assert.Equal(error, run.Error);
        Assert.Contains(reason, run.Cause, StringComparison.Ordinal);
        JsonObject record = Assert.Single(run.Records);
        Assert.Equal("Error", (string?)record["Action"]!["S"]);
        Assert.Equal(run.Cause, (string?)record["Comment"]!["S"]);
        Assert.All((string[])["Id", "Timestamp", "Day", "Archive", "Quality", "Approval", "ExecutionArn"], name => Assert.True(record.ContainsKey(name), name));
    }
}
