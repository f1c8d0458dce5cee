using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>State machines as the template declares them.</summary>
public sealed class StateMachineProviderTests : IDisposable
{
    private const string Definition = """
        {
          "StartAt": "Work",
          "States": {
            "Work": {
              "Type": "Pass",
              "Result": {"threshold": ${Threshold}, "table": "${Table}"},
              "End": true
            }
          }
        }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("archiver-machine-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task ProvisionAsync_FileAndSubstitutions_CreatesTheMachine()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        ProvisionedResource machine = await ProvisionAsync(cloud, Properties(Definition));
        Assert.Equal("arn:aws:states:us-east-1:000000000000:stateMachine:archiver-Machine", machine.Ref);
        Assert.Equal((machine.Ref, "archiver-Machine"), (machine.Attributes["Arn"], machine.Attributes["Name"]));
        JsonObject execution = await cloud.SettledAsync(await cloud.StartAsync(machine.Ref));
        Assert.Equal("""{"threshold":50,"table":"results"}""", (string?)execution["output"]);
        JsonObject described = await cloud.CallAsync("DescribeStateMachine", new JsonObject { ["stateMachineArn"] = machine.Ref });
        Assert.Equal("arn:aws:iam::000000000000:role/archiver-MachineRole", (string?)described["roleArn"]);
    }

    [Fact]
    public async Task ProvisionAsync_Again_ChangesNothingOrToWhatTheTemplateSays()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        string arn = (await ProvisionAsync(cloud, Properties(Definition))).Ref;
        JsonObject named = new() { ["stateMachineArn"] = arn };
        await ProvisionAsync(cloud, Properties(Definition));
        Assert.Null((await cloud.CallAsync("DescribeStateMachine", named))["revisionId"]);
        await ProvisionAsync(cloud, Properties(Definition.Replace("Work", "Other", StringComparison.Ordinal)));
        JsonObject changed = await cloud.CallAsync("DescribeStateMachine", named);
        Assert.NotNull(changed["revisionId"]);
        Assert.Contains("Other", (string?)changed["definition"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProvisionAsync_DeletedWhileExecutionsWait_IsBack()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        string arn = (await ProvisionAsync(cloud, Properties(Definitions.WaitHour))).Ref;
        JsonObject named = new() { ["stateMachineArn"] = arn };
        await cloud.StartAsync(arn);
        await cloud.CallAsync("DeleteStateMachine", named);
        await ProvisionAsync(cloud, Properties(Definitions.WaitHour));
        Assert.Equal("ACTIVE", (string?)(await cloud.CallAsync("DescribeStateMachine", named))["status"]);
        await cloud.StartAsync(arn);
    }

    [Fact]
    public async Task ProvisionAsync_InlineDefinition_CreatesTheMachine()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        ProvisionedResource machine = await ProvisionAsync(cloud, new JsonObject
        {
            ["Name"] = "inline", ["Type"] = "EXPRESS", ["Definition"] = JsonNode.Parse(Definitions.Pass), ["Role"] = StatesCloud.RoleArn,
        });
        JsonObject described = await cloud.CallAsync("DescribeStateMachine", new JsonObject { ["stateMachineArn"] = machine.Ref });
        Assert.Equal(("inline", "EXPRESS", StatesCloud.RoleArn), ((string?)described["name"], (string?)described["type"], (string?)described["roleArn"]));
    }

    [Fact]
    public async Task ProvisionAsync_PlaceholderThatNothingFills_SaysFileLineAndName()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        JsonObject properties = Properties(Definition);
        properties["DefinitionSubstitutions"] = new JsonObject { ["Threshold"] = 50 };
        string message = (await Assert.ThrowsAsync<LocalCloudException>(() => ProvisionAsync(cloud, properties))).Message;
        Assert.StartsWith($"{properties["DefinitionUri"]}(6,55): ", message, StringComparison.Ordinal);
        Assert.Contains("${Table}", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProvisionAsync_InvalidDefinition_SaysFileLineAndFinding()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        JsonObject properties = Properties(Definition.Replace("\"End\": true", "\"Next\": \"Nowhere\"", StringComparison.Ordinal));
        string message = (await Assert.ThrowsAsync<LocalCloudException>(() => ProvisionAsync(cloud, properties))).Message;
        Assert.StartsWith($"{properties["DefinitionUri"]}(7,", message, StringComparison.Ordinal);
        Assert.Contains("MISSING_TRANSITION_TARGET", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Type", "\"FAST\"")]
    [InlineData("Events", "{}")]
    [InlineData("DefinitionUri", "\"/nowhere/at/all.json\"")]
    [InlineData("DefinitionUri", """{"Bucket":"b","Key":"k"}""")]
    [InlineData("Name", "\"two words\"")]
    public async Task ProvisionAsync_PropertyThatCantBe_SaysWhereAndWhat(string property, string value)
    {
        await using StatesCloud cloud = StatesCloud.Open();
        JsonObject properties = Properties(Definition);
        properties[property] = JsonNode.Parse(value);
        string message = (await Assert.ThrowsAsync<LocalCloudException>(() => ProvisionAsync(cloud, properties))).Message;
        Assert.StartsWith("template.yaml(12,3): The state machine Machine can't be created:", message, StringComparison.Ordinal);
    }

    private JsonObject Properties(string definition)
    {
        string file = Path.Combine(_directory, "machine.asl.json");
        File.WriteAllText(file, definition);
        return new JsonObject
        {
            ["DefinitionUri"] = file,
            ["DefinitionSubstitutions"] = new JsonObject { ["Threshold"] = 50, ["Table"] = "results" },
            ["Policies"] = new JsonArray(),
        };
    }

    private static Task<ProvisionedResource> ProvisionAsync(StatesCloud cloud, JsonObject properties) => cloud.Get<IResourceProvider>()
        .ProvisionAsync(new TemplateResource("Machine", "AWS::Serverless::StateMachine", properties, "template.yaml(12,3)"), TestContext.Current.CancellationToken);
}
