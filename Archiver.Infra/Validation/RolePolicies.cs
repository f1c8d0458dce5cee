using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Validation;

/// <summary>What the role of a state machine may do, as far as the template tells.</summary>
/// <param name="Name">The role, for a person.</param>
/// <param name="Statements">The statements that the template has.</param>
/// <param name="Unseen">The policies that the role has and the template does not show.</param>
internal sealed record RolePolicies(string Name, IReadOnlyList<PolicyStatement> Statements, IReadOnlyList<string> Unseen)
{
    /// <summary>Gathers the policies of a machine's role: its own, and those that are attached to it.</summary>
    /// <returns>Nothing when the role is not of this template.</returns>
    public static RolePolicies? Of(TemplateResource machine, PredictedResources resources, CloudIdentity identity)
    {
        string? arn = (machine.Properties["Role"] as JsonValue)?.ToString();
        (TemplateResource role, ProvisionedResource names) =
            resources.All.FirstOrDefault(known => known.Resource.Type == "AWS::IAM::Role" && known.Names.Attributes["Arn"] == arn);
        if (role is null)
            return null;
        List<PolicyStatement> statements = [];
        List<string> unseen = [];
        // SAM makes the role of what stands beside the machine; a role that the template declares makes it pass that over.
        if (role.LogicalId == machine.LogicalId + "Role" && role.Properties.Count == 0)
            Serverless(machine.Properties["Policies"], identity, resources, statements, unseen);
        foreach (JsonNode? policy in role.Properties["Policies"] as JsonArray ?? [])
            statements.AddRange(PolicyStatement.OfDocument((policy as JsonObject)?["PolicyDocument"]));
        foreach (JsonNode? policy in role.Properties["ManagedPolicyArns"] as JsonArray ?? [])
            Managed(policy?.ToString() ?? "", resources, statements, unseen);
        foreach ((TemplateResource policy, _) in resources.All.Where(known => known.Resource.Type is "AWS::IAM::Policy" or "AWS::IAM::ManagedPolicy"))
        {
            if ((policy.Properties["Roles"] as JsonArray)?.Any(attached => attached?.ToString() == names.Ref) == true)
                statements.AddRange(PolicyStatement.OfDocument(policy.Properties["PolicyDocument"]));
        }
        return new RolePolicies(role.LogicalId, statements, unseen);
    }

    /// <summary>SAM's <c>Policies</c>: names of managed policies, documents, policy templates; one or a list.</summary>
    private static void Serverless(
        JsonNode? policies, CloudIdentity identity, PredictedResources resources, List<PolicyStatement> statements, List<string> unseen)
    {
        foreach (JsonNode? policy in policies as JsonArray ?? [policies?.DeepClone()])
        {
            switch (policy)
            {
                case JsonValue name:
                    Managed(name.ToString(), resources, statements, unseen);
                    break;
                case JsonObject document when document.ContainsKey("Statement"):
                    statements.AddRange(PolicyStatement.OfDocument(document));
                    break;
                case JsonObject templates:
                    foreach ((string template, JsonNode? parameters) in templates)
                    {
                        if (ServerlessPolicyTemplates.Statement(template, parameters, identity) is { } statement)
                            statements.Add(statement);
                        else
                            unseen.Add(template);
                    }
                    break;
            }
        }
    }

    private static void Managed(string policy, PredictedResources resources, List<PolicyStatement> statements, List<string> unseen)
    {
        (TemplateResource own, _) = resources.All.FirstOrDefault(known => known.Resource.Type == "AWS::IAM::ManagedPolicy" && known.Names.Ref == policy);
        if (own is null)
            unseen.Add(policy);
        else
            statements.AddRange(PolicyStatement.OfDocument(own.Properties["PolicyDocument"]));
    }
}
