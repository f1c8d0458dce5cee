using System.CommandLine;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.Validation;

namespace Archiver.Infra.Commands;

/// <summary><c>validate</c>: checks a template and its state machines before any deploy.</summary>
internal static class ValidateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        LocalCloudOptions defaults = new();
        Argument<string?> template = new("TEMPLATE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The template; without it ./template.yaml, ./Archiver.Infra/template.yaml, or the one that the program carries.",
        };
        Option<string> stack = new("--stack") { Description = "The stack's name.", HelpName = "NAME", DefaultValueFactory = _ => defaults.StackName };
        Option<string[]> parameters = ParameterOption.Create();
        Command command = new("validate", "Checks a template with its state machines and functions; exits 1 on an error.") { template, stack, parameters };
        command.SetAction(arguments =>
        {
            ValidationReport report = StackValidator.Validate(
                arguments.GetValue(template) ?? DefaultTemplate(defaults), arguments.GetValue(stack)!, ParameterOption.Read(arguments.GetValue(parameters)));
            TextWriter output = arguments.InvocationConfiguration.Output;
            foreach (Finding finding in report.Findings)
                output.WriteLine(finding);
            output.WriteLine(report.Summary);
            return report.Errors == 0 ? 0 : 1;
        });
        return command;
    }

    private static string DefaultTemplate(LocalCloudOptions defaults) =>
        ((string[])["template.yaml", Path.Combine("Archiver.Infra", "template.yaml")]).FirstOrDefault(File.Exists) ?? defaults.TemplatePath!;
}
