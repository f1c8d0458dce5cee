using System.Text.Json.Nodes;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>The calls about state machines, over the wire.</summary>
public class StateMachineApiTests
{
    private const string Role = StatesCloud.RoleArn;

    [Fact]
    public async Task DescribeStateMachine_Created_GivesWhatItWasCreatedWith()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        string arn = await wire.CreateAsync(Definitions.Pass, "first");
        Assert.Equal("arn:aws:states:us-east-1:000000000000:stateMachine:first", arn);
        DescribeStateMachineResponse machine = await wire.Client.DescribeStateMachineAsync(
            new DescribeStateMachineRequest { StateMachineArn = arn }, TestContext.Current.CancellationToken);
        Assert.Equal("first", machine.Name);
        Assert.Equal(Definitions.Pass, machine.Definition);
        Assert.Equal(Role, machine.RoleArn);
        Assert.Equal(StateMachineType.STANDARD, machine.Type);
        Assert.Equal(StateMachineStatus.ACTIVE, machine.Status);
        Assert.NotNull(machine.CreationDate);
    }

    [Fact]
    public async Task CreateStateMachine_SameAgain_IsAnsweredAsIfNew()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        Assert.Equal(await wire.CreateAsync(Definitions.Pass), await wire.CreateAsync(Definitions.Pass));
    }

    [Fact]
    public async Task CreateStateMachine_SameNameOtherDefinition_IsStateMachineAlreadyExists()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        await wire.CreateAsync(Definitions.Pass);
        await AssertRefusedAsync(wire, "CreateStateMachine", Create("machine", Definitions.Fail), "StateMachineAlreadyExists");
    }

    [Theory]
    [InlineData("""{"StartAt":"Nowhere","States":{"A":{"Type":"Pass","End":true}}}""", "MISSING_TRANSITION_TARGET")]
    [InlineData("not json", "INVALID_JSON_DESCRIPTION")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass"}}}""", "SCHEMA_VALIDATION_FAILED")]
    public async Task CreateStateMachine_BadDefinition_IsInvalidDefinitionWithTheFindings(string definition, string finding)
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        string message = await AssertRefusedAsync(wire, "CreateStateMachine", Create("machine", definition), "InvalidDefinition");
        Assert.StartsWith($"Invalid State Machine Definition: '{finding}: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateStateMachine_ExpressThatWaitsForAToken_IsInvalidDefinition()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        JsonObject request = Create("machine", Definitions.Ask);
        request["type"] = "EXPRESS";
        Assert.Contains("waitForTaskToken", await AssertRefusedAsync(wire, "CreateStateMachine", request, "InvalidDefinition"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("definition")]
    [InlineData("roleArn")]
    public async Task CreateStateMachine_MemberMissing_IsValidationException(string member)
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        JsonObject request = Create("machine", Definitions.Pass);
        request.Remove(member);
        Assert.Contains($"at '{member}' failed to satisfy constraint: Member must not be null", await AssertRefusedAsync(wire, "CreateStateMachine", request, "ValidationException"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("publish", "true")]
    [InlineData("tags", """[{"key":"a","value":"b"}]""")]
    [InlineData("encryptionConfiguration", """{"type":"CUSTOMER_MANAGED_KMS_KEY","kmsKeyId":"k"}""")]
    public async Task CreateStateMachine_WhatTheLocalCloudHasNot_IsRefused(string member, string value)
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        JsonObject request = Create("machine", Definitions.Pass);
        request[member] = JsonNode.Parse(value);
        await AssertRefusedAsync(wire, "CreateStateMachine", request, "ValidationException");
    }

    [Fact]
    public async Task CreateStateMachine_BadName_IsInvalidName()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        await AssertRefusedAsync(wire, "CreateStateMachine", Create("two words", Definitions.Pass), "InvalidName");
    }

    [Fact]
    public async Task UpdateStateMachine_ExecutionRuns_GoesOnAsItBeganAndTheNextIsNew()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        string arn = await wire.CreateAsync(Definitions.WaitHour);
        string old = await wire.RunAsync(arn);
        (int status, JsonObject updated, _) = await wire.PostAsync(
            "UpdateStateMachine", new JsonObject { ["stateMachineArn"] = arn, ["definition"] = Definitions.Pass }.ToJsonString());
        Assert.Equal(200, status);
        Assert.NotNull(updated["revisionId"]);
        Assert.Equal(ExecutionStatus.SUCCEEDED, (await wire.DescribeAsync(await wire.RunAsync(arn))).Status);
        DescribeStateMachineForExecutionResponse machine = await wire.Client.DescribeStateMachineForExecutionAsync(
            new DescribeStateMachineForExecutionRequest { ExecutionArn = old }, TestContext.Current.CancellationToken);
        Assert.Equal(Definitions.WaitHour, machine.Definition);
        Assert.Equal(arn, machine.StateMachineArn);
    }

    [Fact]
    public async Task UpdateStateMachine_NothingToChange_IsMissingRequiredParameter()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        string arn = await wire.CreateAsync(Definitions.Pass);
        await AssertRefusedAsync(wire, "UpdateStateMachine", new JsonObject { ["stateMachineArn"] = arn }, "MissingRequiredParameter");
    }

    [Fact]
    public async Task DeleteStateMachine_NothingRuns_IsGoneAndDeletingAgainIsNoError()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        string arn = await wire.CreateAsync(Definitions.Pass);
        string request = new JsonObject { ["stateMachineArn"] = arn }.ToJsonString();
        Assert.Equal(200, (await wire.PostAsync("DeleteStateMachine", request)).Status);
        Assert.Equal(200, (await wire.PostAsync("DeleteStateMachine", request)).Status);
        await Assert.ThrowsAsync<StateMachineDoesNotExistException>(() => wire.Client.DescribeStateMachineAsync(
            new DescribeStateMachineRequest { StateMachineArn = arn }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task DescribeStateMachine_AnotherName_IsStateMachineDoesNotExist()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        string arn = await wire.CreateAsync(Definitions.Pass);
        await Assert.ThrowsAsync<StateMachineDoesNotExistException>(() => wire.Client.DescribeStateMachineAsync(
            new DescribeStateMachineRequest { StateMachineArn = arn + "X" }, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("machine")]
    [InlineData("arn:aws:states:us-east-1:000000000000")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:queue:x")]
    [InlineData("arn:aws:states:us-east-1:000000000000:execution:machine:run")]
    public async Task DescribeStateMachine_NoMachinesArn_IsInvalidArn(string arn)
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        await Assert.ThrowsAsync<InvalidArnException>(() => wire.Client.DescribeStateMachineAsync(
            new DescribeStateMachineRequest { StateMachineArn = arn }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ListStateMachines_Pages_GiveEveryMachineOnce()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        for (int number = 0; number < 5; number++)
            await wire.CreateAsync(Definitions.Pass, $"m{number}");
        List<string> names = [];
        string? token = null;
        do
        {
            ListStateMachinesResponse page = await wire.Client.ListStateMachinesAsync(
                new ListStateMachinesRequest { MaxResults = 2, NextToken = token }, TestContext.Current.CancellationToken);
            names.AddRange(page.StateMachines.Select(machine => machine.Name));
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal(["m0", "m1", "m2", "m3", "m4"], names);
    }

    [Fact]
    public async Task ListStateMachines_ForeignToken_IsInvalidToken()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        await Assert.ThrowsAsync<InvalidTokenException>(() => wire.Client.ListStateMachinesAsync(
            new ListStateMachinesRequest { NextToken = "nonsense" }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ValidateStateMachineDefinition_GoodAndBad_GivesResultAndDiagnostics()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        (_, JsonObject good, _) = await wire.PostAsync("ValidateStateMachineDefinition", new JsonObject { ["definition"] = Definitions.Pass }.ToJsonString());
        Assert.Equal("OK", (string?)good["result"]);
        Assert.Empty(good["diagnostics"]!.AsArray());
        (_, JsonObject bad, _) = await wire.PostAsync("ValidateStateMachineDefinition", new JsonObject { ["definition"] = "{}" }.ToJsonString());
        Assert.Equal("FAIL", (string?)bad["result"]);
        Assert.NotEmpty(bad["diagnostics"]!.AsArray());
    }

    [Fact]
    public async Task UnknownOperation_IsRefused()
    {
        await using StatesWire wire = await StatesWire.StartAsync();
        await AssertRefusedAsync(wire, "CreateActivity", [], "UnknownOperationException");
    }

    private static JsonObject Create(string name, string definition) => new() { ["name"] = name, ["definition"] = definition, ["roleArn"] = Role };

    private static async Task<string> AssertRefusedAsync(StatesWire wire, string operation, JsonObject request, string code)
    {
        (int status, JsonObject body, _) = await wire.PostAsync(operation, request.ToJsonString());
        Assert.Equal(400, status);
        Assert.EndsWith("#" + code, (string?)body["__type"], StringComparison.Ordinal);
        return (string)body["message"]!;
    }
}
