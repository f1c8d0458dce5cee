using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Tests.Stack;

/// <summary>The express state machine: the standard one less the person.</summary>
public sealed class ExpressMachineTests
{
    private static readonly string[] HumanStates =
        ["RequestApproval", "Approved?", "NotDecided", "Deny", "Expire", "HumanAsked?", "HumanAsked"];

    [Fact]
    public void Definition_Validation_FindsNothing()
    {
        (StateMachine? machine, IReadOnlyList<Diagnostic> diagnostics) = StateMachine.Parse(ArchiverRun.ExpressDefinition, express: true);

        Assert.NotNull(machine);
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Definition_BesideTheStandardOne_HasTheSameStatesLessTheHumanOnes()
    {
        JsonObject standard = States(ArchiverRun.Definition);
        JsonObject express = States(ArchiverRun.ExpressDefinition);

        // All that may be different: where a person would be asked, and until when a task has to end within an execution of five minutes.
        foreach (string state in HumanStates) Assert.True(standard.Remove(state), state);
        Assert.True(express.Remove("NobodyToAsk"));
        standard["ApprovalNeeded?"]!["Choices"]![0]!["Next"] = "NobodyToAsk";
        standard["NothingRead"]!["Next"] = "ExplainError";
        foreach (string state in (string[])["ReadMetadata", "Archive", "QualityFail", "Unarchivable"]) standard[state]!["TimeoutSeconds"] = 110;

        Assert.Equal(standard.Select(state => state.Key), express.Select(state => state.Key));
        Assert.All(standard, state => Assert.True(JsonNode.DeepEquals(state.Value, express[state.Key]), $"{state.Key} is {express[state.Key]}, and should be {state.Value}"));
        Assert.Equal((string?)JsonNode.Parse(ArchiverRun.Definition)!["StartAt"], (string?)JsonNode.Parse(ArchiverRun.ExpressDefinition)!["StartAt"]);
    }

    [Theory]
    [InlineData("""{"simulate":{"archive":true,"quality":50}}""", "Archived", "ReadMetadata,ApprovalNeeded?,Archivable?,QualityAcceptable?,Archive,RecordResult")]
    [InlineData("""{"simulate":{"archive":true,"quality":49}}""", "Quality_Fail", "ReadMetadata,ApprovalNeeded?,Archivable?,QualityAcceptable?,QualityFail,RecordResult")]
    [InlineData("""{"simulate":{"archive":false,"quality":99}}""", "Unarchivable", "ReadMetadata,ApprovalNeeded?,Archivable?,Unarchivable,RecordResult")]
    public async Task Run_WithoutApproval_TakesTheAutomaticChoices(string input, string action, string states)
    {
        ArchiverRun run = await ArchiverRun.ExpressAsync(input);

        Assert.Equal(ExecutionStatus.Succeeded, run.Status);
        Assert.Equal(action, (string?)run.Record["Action"]!["S"]);
        Assert.Equal(states, string.Join(',', run.States));
    }

    [Fact]
    public async Task Run_ThatAsksForAPerson_IsRecordedAsErrorAndDecidesNothing()
    {
        ArchiverRun run = await ArchiverRun.ExpressAsync("""{"approval_needed":true,"simulate":{"archive":true,"quality":99}}""");

        Assert.Equal((ExecutionStatus.Failed, "ApprovalNotPossibleException"), (run.Status, run.Error));
        Assert.Equal("Error", (string?)run.Record["Action"]!["S"]);
        Assert.Contains("asks for an approval", (string?)run.Record["Comment"]!["S"], StringComparison.Ordinal);
        Assert.Equal(["ReadMetadata", "ExplainError", "putItem"], run.Calls);
    }

    [Fact]
    public async Task Run_InvalidInput_IsRecordedAsError()
    {
        ArchiverRun run = await ArchiverRun.ExpressAsync("[]");

        Assert.Equal((ExecutionStatus.Failed, "InvalidRunInputException"), (run.Status, run.Error));
        Assert.Equal("Error", (string?)run.Record["Action"]!["S"]);
    }

    private static JsonObject States(string definition) => JsonNode.Parse(definition)!["States"]!.AsObject();
}
