using Archiver.Infra.Validation;

namespace Archiver.Infra.Tests.Validation;

public sealed class StackValidatorTests : IDisposable
{
    private const string GoodTemplate = """
        Transform: AWS::Serverless-2016-10-31
        Parameters:
          Needed: {Type: String, MinLength: 1}
        Resources:
          Machine:
            Type: AWS::Serverless::StateMachine
            Properties:
              DefinitionUri: machines/m.asl.json
              DefinitionSubstitutions:
                FunctionArn: !GetAtt Function.Arn
                QueueUrl: !Ref Queue
                TableName: !Ref Table
              Policies:
                - LambdaInvokePolicy: {FunctionName: !Ref Function}
                - SQSSendMessagePolicy: {QueueName: !GetAtt Queue.QueueName}
                - Statement: {Effect: Allow, Action: dynamodb:Put*, Resource: !GetAtt Table.Arn}
          Function:
            Type: AWS::Serverless::Function
            Properties:
              Runtime: dotnet10
              Handler: Archiver.Lambdas::Archiver.Lambdas.Functions.Archive::HandleAsync
          Queue: {Type: AWS::SQS::Queue}
          Table: {Type: AWS::DynamoDB::Table}
        """;

    private const string GoodMachine = """
        {
          "StartAt": "Call",
          "States": {
            "Call": {
              "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
              "Parameters": {"FunctionName": "${FunctionArn}"},
              "Next": "Ask"
            },
            "Ask": {
              "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters": {"QueueUrl": "${QueueUrl}", "MessageBody": {"TaskToken.$": "$$.Task.Token"}},
              "Next": "Record"
            },
            "Record": {
              "Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem",
              "Parameters": {"TableName": "${TableName}", "Item": {"Id": {"S": "1"}}},
              "End": true
            }
          }
        }
        """;

    private const string File = "machines/m.asl.json";

    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-validate-").FullName;

    /// <summary>A change of the template, a change of the machine, and what is then found, each by how it begins.</summary>
    public static TheoryData<string, string, string, string, string[]> Broken => new()
    {
        // the reader's own
        { "!Ref Queue", "!Ref Quue", "", "", ["t.yaml(11,19): error UNKNOWN_REFERENCE: Quue is not a parameter or a resource of the template."] },
        {
            "!GetAtt Table.Arn", "!GetAtt Table.Arm", "", "",
            ["t.yaml(16,71): error UNKNOWN_ATTRIBUTE: Table (AWS::DynamoDB::Table) has no attribute Arm; it has Arn."]
        },
        {
            "AWS::SQS::Queue", "AWS::SNS::Topic", "", "",
            [
                "t.yaml(15,45): error UNKNOWN_ATTRIBUTE: Queue (AWS::SNS::Topic) has no attribute QueueName; it has Id.",
                "t.yaml(22,3): error UNKNOWN_TYPE: The local cloud has no AWS::SNS::Topic, which Queue is.",
            ]
        },
        // substitutions
        {
            "        QueueUrl: !Ref Queue\n", "", "", "",
            [
                $"{File}(10,35): error UNKNOWN_QUEUE: The state Ask uses the queue ${{QueueUrl}}, which is not in the template.",
                $"{File}(11,35): error UNFILLED_SUBSTITUTION: Nothing fills ${{QueueUrl}}: Machine has no QueueUrl in DefinitionSubstitutions.",
            ]
        },
        {
            "        QueueUrl: !Ref Queue", "        QueueUrl: !Ref Queue\n        Extra: 1", "", "",
            ["t.yaml(12,9): warning UNUSED_SUBSTITUTION: The definition of Machine does not use ${Extra}."]
        },
        // the machine itself
        { "", "", "\"Next\": \"Ask\"", "\"Next\": \"Aks\"", [
                $"{File}(7,15): error MISSING_TRANSITION_TARGET: Missing 'Next' target", $"{File}(9,5): error MISSING_TRANSITION_TARGET: State \"Ask\" is not reachable.",
                $"{File}(14,5): error MISSING_TRANSITION_TARGET: State \"Record\" is not reachable.",
            ] },
        { "", "", "\"StartAt\": \"Call\"", "\"StartAt\": \"Ask\"", [$"{File}(4,5): "] },
        { "", "", "\"End\": true", "\"End\": true,", [$"{File}(18,5): error "] },
        { "", "", "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::dynamodb:putItem\"", "\"Type\": \"Taks\"", [$"{File}(15,15): error "] },
        { "m.asl.json", "n.asl.json", "", "", ["t.yaml(8,22): error NO_DEFINITION: The definition of Machine can't be read: "] },
        {
            "DefinitionUri: machines/m.asl.json", "Name: m", "", "",
            ["t.yaml(5,3): error NO_DEFINITION: The state machine Machine has no definition that can be read here."]
        },
        {
            "DefinitionUri: machines/m.asl.json", "Definition: {StartAt: A, States: {A: {Type: Pass, Next: B}}}", "", "",
            [
                "t.yaml(8,57): error MISSING_TRANSITION_TARGET: ", "t.yaml(10,9): warning UNUSED_SUBSTITUTION: ",
                "t.yaml(11,9): warning UNUSED_SUBSTITUTION: ", "t.yaml(12,9): warning UNUSED_SUBSTITUTION: ",
            ]
        },
        // what it calls
        {
            "FunctionArn: !GetAtt Function.Arn", "FunctionArn: !Sub 'arn:aws:lambda:us-east-1:${AWS::AccountId}:function:other'", "", "",
            [$"{File}(5,35): error UNKNOWN_FUNCTION: The state Call uses the function arn:aws:lambda:us-east-1:000000000000:function:other, which is not in the template."]
        },
        {
            "TableName: !Ref Table", "TableName: others", "", "",
            [$"{File}(15,35): error UNKNOWN_TABLE: The state Record uses the table others, which is not in the template."]
        },
        {
            "QueueUrl: !Ref Queue", "QueueUrl: !GetAtt Queue.QueueName", "", "",
            [$"{File}(10,35): error UNKNOWN_QUEUE: The state Ask uses the queue archiver-Queue, which is not in the template."]
        },
        {
            "FunctionArn: !GetAtt Function.Arn", "FunctionArn: !Ref Queue",
            "\"FunctionName\": \"${FunctionArn}\"", "\"FunctionName.$\": \"$.f\", \"Payload\": \"${FunctionArn}\"", []
        },
        {
            "", "",
            "\"Resource\": \"arn:aws:states:::lambda:invoke\",\n      \"Parameters\": {\"FunctionName\": \"${FunctionArn}\"}", "\"Resource\": \"${FunctionArn}\"", []
        },
        // what its role may do
        {
            "- LambdaInvokePolicy: {FunctionName: !Ref Function}", "- LambdaInvokePolicy: {FunctionName: other}", "", "",
            [$"{File}(5,35): error NOT_ALLOWED: The state Call needs lambda:InvokeFunction on Function, which the role MachineRole does not allow."]
        },
        {
            "dynamodb:Put*", "[dynamodb:GetItem, dynamodb:UpdateItem]", "", "",
            [$"{File}(15,35): error NOT_ALLOWED: The state Record needs dynamodb:PutItem on Table, which the role MachineRole does not allow."]
        },
        {
            "Resource: !GetAtt Table.Arn", "Resource: !Sub '${Table.Arn}/index/*'", "", "",
            [$"{File}(15,35): error NOT_ALLOWED: The state Record needs dynamodb:PutItem on Table, which the role MachineRole does not allow."]
        },
        {
            "Effect: Allow", "Effect: Deny", "", "",
            [$"{File}(15,35): error NOT_ALLOWED: The state Record needs dynamodb:PutItem on Table, which the role MachineRole does not allow."]
        },
        {
            "- SQSSendMessagePolicy: {QueueName: !GetAtt Queue.QueueName}", "- AmazonSQSFullAccess", "", "",
            [$"{File}(10,35): warning MAYBE_NOT_ALLOWED: The state Ask needs sqs:SendMessage on Queue; whether the role MachineRole allows it rests on AmazonSQSFullAccess, which the template does not show."]
        },
        {
            "DefinitionUri: machines", "Role: arn:aws:iam::000000000000:role/other\n      DefinitionUri: machines", "", "",
            ["t.yaml(8,13): warning UNKNOWN_ROLE: The role of Machine is not in the template: what it may do is not checked."]
        },
        // the functions
        { "Functions.Archive::", "Functions.Arkive::", "", "", ["t.yaml(21,16): error HANDLER: The handler 'Archiver.Lambdas::Archiver.Lambdas.Functions.Arkive::HandleAsync' names the type"] },
        { "Archive::HandleAsync", "Archive::Handle", "", "", ["t.yaml(21,16): error HANDLER: The handler 'Archiver.Lambdas::Archiver.Lambdas.Functions.Archive::Handle' names the method"] },
        { "Handler: Archiver.Lambdas::", "Handler: Nowhere.Lambdas::", "", "", ["t.yaml(21,16): error HANDLER: The assembly Nowhere.Lambdas"] },
        { "Archiver.Lambdas::Archiver.Lambdas.Functions.Archive::HandleAsync", "Archive", "", "", ["t.yaml(21,16): error HANDLER: The handler 'Archive' is not of the form"] },
        {
            "Runtime: dotnet10", "Runtime: python3.14", "", "",
            ["t.yaml(20,16): error RUNTIME: The function Function has the runtime python3.14; the local cloud runs dotnet functions."]
        },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Validate_TheyFit_FindsNothing()
    {
        ValidationReport report = Validate(GoodTemplate, GoodMachine);

        Assert.Equal([], report.Findings.Select(Text));
        Assert.Equal("6 resources, 1 state machine: no findings", report.Summary);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Validate_TheyDoNotFit_SaysWhatAndWhere(string oldTemplate, string newTemplate, string oldMachine, string newMachine, string[] expected)
    {
        ValidationReport report = Validate(Change(GoodTemplate, oldTemplate, newTemplate), Change(GoodMachine, oldMachine, newMachine));

        string[] findings = [.. report.Findings.Select(Text)];
        Assert.True(findings.Length == expected.Length, string.Join('\n', findings));
        Assert.All(expected.Zip(findings), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_SubstitutionMovesColumns_TheyAreTheFilesOwn()
    {
        string machine = Change(GoodMachine, "\"FunctionName\": \"${FunctionArn}\"}", "\"FunctionName\": \"${FunctionArn}\"}, \"Nxt\": 1");

        string finding = Assert.Single(Validate(GoodTemplate, machine).Findings.Select(Text));

        Assert.StartsWith($"{File}(6,57): ", finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}}]}", "")]
    [InlineData("{ManagedPolicyArns: [!Ref P]}", "P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: {Effect: Allow, NotAction: 'iam:*', Resource: '*'}}}}")]
    [InlineData("{}", "P: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref R], PolicyDocument: {Statement: [{Effect: Allow, Action: ['lambda:*', 'sqs:*', 'dynamodb:*'], NotResource: 'arn:x'}]}}}")]
    [InlineData("{}", "", "Call", "Ask", "Record")]
    [InlineData("{Policies: [{PolicyDocument: {Statement: [{Effect: Allow, Action: '*', Resource: '*'}, {Effect: Deny, Action: 'SQS:sendmessage', Resource: '*'}]}}]}", "", "Ask")]
    public void Validate_RoleOfTheTemplate_IsReadWithWhatIsAttached(string role, string policy, params string[] refused)
    {
        int policies = GoodTemplate.IndexOf("      Policies:", StringComparison.Ordinal), function = GoodTemplate.IndexOf("  Function:", StringComparison.Ordinal);
        string template = $"{GoodTemplate[..policies]}      Role: !GetAtt R.Arn\n{GoodTemplate[function..]}\n  R: {{Type: AWS::IAM::Role, Properties: {role}}}\n  {policy}\n";

        ValidationReport report = Validate(template, GoodMachine);

        Assert.Equal(refused, report.Findings.Select(finding => finding.Message.Split(' ')[2]));
        Assert.All(report.Findings, finding => Assert.Equal("NOT_ALLOWED", finding.Code));
    }

    [Fact]
    public void Validate_ResourceThatIsNotCreated_IsNotThereForTheMachine()
    {
        string template = Change(GoodTemplate, "Resources:\n", "Conditions: {Nay: !Equals [1, 2]}\nResources:\n");
        template = Change(template, "TableName: !Ref Table", "TableName: archiver-Table");
        template = Change(template, "Resource: !GetAtt Table.Arn", "Resource: '*'");
        template = Change(template, "{Type: AWS::DynamoDB::Table}", "{Type: AWS::DynamoDB::Table, Condition: Nay}");

        Assert.Equal(
            [$"{File}(15,35): error UNKNOWN_TABLE: The state Record uses the table archiver-Table, which is not in the template."],
            Validate(template, GoodMachine).Findings.Select(Text));
    }

    [Theory]
    [InlineData(0, 0, "no findings")]
    [InlineData(1, 0, "1 error")]
    [InlineData(0, 2, "2 warnings")]
    [InlineData(2, 1, "2 errors, 1 warning")]
    public void Summary_Findings_AreCounted(int errors, int warnings, string expected)
    {
        ValidationReport report = new(
            [
                .. Enumerable.Range(0, errors).Select(i => Infra.LocalCloud.Stack.Finding.Error("E", $"{i}", default)),
                .. Enumerable.Range(0, warnings).Select(i => Infra.LocalCloud.Stack.Finding.Warning("W", $"{i}", default)),
            ],
            1, 2);

        Assert.Equal($"1 resource, 2 state machines: {expected}", report.Summary);
        Assert.Equal(errors, report.Errors);
    }

    [Fact]
    public void Validate_TheStackItself_FindsNothing()
    {
        string template = Path.Combine(AppContext.BaseDirectory, "template.yaml");

        ValidationReport report = StackValidator.Validate(template, "archiver", new Dictionary<string, string>());

        Assert.Equal([], report.Findings.Select(finding => finding.ToString()));
        Assert.Equal(System.IO.File.ReadLines(template).Count(line => line.Trim() == "Type: AWS::Serverless::StateMachine"), report.StateMachines);
    }

    private static string Change(string text, string old, string changed)
    {
        if (old.Length == 0) return text;
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, changed, StringComparison.Ordinal);
    }

    private ValidationReport Validate(string template, string machine)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "machines"));
        System.IO.File.WriteAllText(Path.Combine(_folder, "t.yaml"), template);
        System.IO.File.WriteAllText(Path.Combine(_folder, File), machine);
        return StackValidator.Validate(Path.Combine(_folder, "t.yaml"), "archiver", new Dictionary<string, string>());
    }

    private string Text(Infra.LocalCloud.Stack.Finding finding) => finding.ToString().Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
