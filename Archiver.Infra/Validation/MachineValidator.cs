using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Validation;

/// <summary>Checks one state machine against the template that it is deployed with.</summary>
internal sealed class MachineValidator(PredictedResources resources, CloudIdentity identity, string templatePath, ICollection<Finding> findings)
{
    /// <summary>Checks the definition, and that everything it calls is there and allowed.</summary>
    public void Check(ResourceDeclaration declaration, TemplateResource machine)
    {
        if (MachineDefinition.Load(declaration, machine.Properties, templatePath, findings) is not { } definition)
            return;
        (StateMachine? parsed, IReadOnlyList<Diagnostic> diagnostics) = StateMachine.Parse(definition.Text, definition.IsExpress);
        foreach (Diagnostic diagnostic in diagnostics)
            findings.Add(new Finding(diagnostic.Severity, diagnostic.Code, diagnostic.Message, definition.Locate(diagnostic.Path, diagnostic.Line, diagnostic.Column)));
        if (parsed is null)
            return;
        RolePolicies? role = RolePolicies.Of(machine, resources, identity);
        if (role is null)
            findings.Add(Finding.Warning("UNKNOWN_ROLE", $"The role of {machine.LogicalId} is not in the template: what it may do is not checked.", declaration.Properties["Role"]?.At ?? declaration.At));
        foreach (TaskReference task in parsed.Tasks)
        {
            if (TaskUse.Of(task) is { } use)
                Check(task, use, role, definition.Locate(task.Path, task.Line, task.Column));
        }
    }

    private void Check(TaskReference task, TaskUse use, RolePolicies? role, SourceLocation at)
    {
        if (resources.Find(use.Kind, use.Name) is not var (resource, arn))
        {
            findings.Add(Finding.Error(use.Kind.Code, $"The state {task.StateName} uses the {use.Kind.Word} {use.Name}, which is not in the template.", at));
            return;
        }
        if (role is null || PolicyStatement.Allow(role.Statements, use.Action, arn))
            return;
        findings.Add(role.Unseen.Count == 0
            ? Finding.Error("NOT_ALLOWED", $"The state {task.StateName} needs {use.Action} on {resource.LogicalId}, which the role {role.Name} does not allow.", at)
            : Finding.Warning("MAYBE_NOT_ALLOWED", $"The state {task.StateName} needs {use.Action} on {resource.LogicalId}; whether the role {role.Name} allows it rests on {string.Join(", ", role.Unseen)}, which the template does not show.", at));
    }
}
