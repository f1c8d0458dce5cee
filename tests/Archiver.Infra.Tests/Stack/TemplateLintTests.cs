using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Archiver.Lambdas.Functions;

namespace Archiver.Infra.Tests.Stack;

/// <summary>The deployed template, looked at with AWS's own linter, and against the code that it deploys.</summary>
public sealed partial class TemplateLintTests
{
    private static readonly string Template = Path.Combine(AppContext.BaseDirectory, "template.yaml");

    [Fact]
    public async Task Template_CfnLint_FindsNothing()
    {
        ProcessStartInfo start = new("cfn-lint") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--non-zero-exit-code");
        start.ArgumentList.Add("informational");
        start.ArgumentList.Add("--include-checks");
        start.ArgumentList.Add("I");
        start.ArgumentList.Add("--template");
        start.ArgumentList.Add(Template);
        using Process process = new() { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            Assert.Skip("cfn-lint is not installed: pip install cfn-lint.");
        }

        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string findings = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", findings.Trim());
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Template_Handlers_AreTheFunctionsOfTheCode()
    {
        string template = await File.ReadAllTextAsync(Template, TestContext.Current.CancellationToken);

        string[] handlers = [.. Handler().Matches(template).Select(match => match.Groups[1].Value)];

        Assert.Equal(
            typeof(ReadMetadata).Assembly.GetExportedTypes().Where(type => type.GetMethod("HandleAsync") is not null)
                .Select(type => $"Archiver.Lambdas::{type.FullName}::HandleAsync").Order(StringComparer.Ordinal),
            handlers.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("archiver.asl.json")]
    [InlineData("archiver-express.asl.json")]
    public async Task Template_Substitutions_AreThoseOfTheStateMachine(string file)
    {
        string template = await File.ReadAllTextAsync(Template, TestContext.Current.CancellationToken);
        string definition = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "statemachines", file), TestContext.Current.CancellationToken);

        string machine = template[template.IndexOf($"DefinitionUri: statemachines/{file}\n", StringComparison.Ordinal)..];
        string block = Substitutions().Match(machine).Groups[1].Value;
        IEnumerable<string> given = block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.IndexOf(':')].Trim());

        Assert.Equal(
            Placeholder().Matches(definition).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal),
            given.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^ +Handler: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Handler();

    [GeneratedRegex(@"^ {6}DefinitionSubstitutions:\n((?: {8}\S.*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Substitutions();

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Placeholder();
}
