namespace Archiver.Infra.Tests.Commands;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-check-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Validate_TheStackItself_HasNoFindings()
    {
        // Nothing is in the working directory, so the template is the one that the program carries.
        await using InfraProcess validate = InfraProcess.Start(_folder, "validate");

        Assert.Equal((0, ""), await validate.EndAsync());
        Assert.Matches(@"^\d+ resources, \d+ state machines: no findings$", Assert.Single(validate.Lines));
    }

    [Theory]
    [InlineData("template.yaml")]
    [InlineData("Archiver.Infra/template.yaml")]
    [InlineData("other.yaml", "other.yaml")]
    public async Task Validate_Broken_PrintsFindingsAndExits1(string file, params string[] arguments)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "Archiver.Infra"));
        await File.WriteAllTextAsync(Path.Combine(_folder, file), "Resources:\n  A: {Type: AWS::SSM::Parameter, Properties: {Value: !Ref B}}", TestContext.Current.CancellationToken);

        await using InfraProcess validate = InfraProcess.Start(_folder, ["validate", .. arguments]);

        Assert.Equal((1, ""), await validate.EndAsync());
        Assert.Equal(
            [$"{file}(2,54): error UNKNOWN_REFERENCE: B is not a parameter or a resource of the template.", "0 resources, 0 state machines: 1 error"],
            validate.Lines);
    }

    [Fact]
    public async Task Validate_WarningAlone_Exits0()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "template.yaml"),
            """
            Transform: AWS::Serverless-2016-10-31
            Parameters: {Size: {Type: Number, MaxValue: 9}}
            Resources:
              M:
                Type: AWS::Serverless::StateMachine
                Properties: {Definition: {StartAt: A, States: {A: {Type: Succeed}}}, DefinitionSubstitutions: {Unused: !Ref Size}}
            """,
            TestContext.Current.CancellationToken);

        await using InfraProcess good = InfraProcess.Start(_folder, "validate", "--parameter", "Size=9");
        await using InfraProcess bad = InfraProcess.Start(_folder, "validate", "--parameter", "Size=10");

        Assert.Equal((0, ""), await good.EndAsync());
        Assert.Equal(
            ["template.yaml(6,100): warning UNUSED_SUBSTITUTION: The definition of M does not use ${Unused}.", "2 resources, 1 state machine: 1 warning"], good.Lines);
        Assert.Equal((1, ""), await bad.EndAsync());
        Assert.StartsWith("template.yaml(2,14): error PARAMETER_VALUE: The parameter Size is '10'; it must be 9 at most.", bad.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_MissingFile_IsAFinding()
    {
        await using InfraProcess validate = InfraProcess.Start(_folder, "validate", "nowhere.yaml");

        (int exitCode, _) = await validate.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.StartsWith("nowhere.yaml(1,1): error UNREADABLE: The template can't be read: ", validate.Lines[0], StringComparison.Ordinal);
    }
}
