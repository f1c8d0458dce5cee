using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// The properties that can name a file or folder beside the template. A deployment uploads what they name; here they become
/// absolute, so that whoever creates the resource need not know where the template was.
/// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-cli-command-reference-sam-package.html
/// </summary>
internal static class LocalPaths
{
    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        ["AWS::Serverless::Function"] = "CodeUri",
        ["AWS::Serverless::StateMachine"] = "DefinitionUri",
    };

    /// <summary>Makes the path of a resource absolute, where it has one that is local.</summary>
    public static void MakeAbsolute(string type, JsonObject properties, string folder)
    {
        if (Properties.TryGetValue(type, out string? property) && properties[property] is JsonValue value && value.TryGetValue(out string? path)
            && !path.StartsWith("s3://", StringComparison.OrdinalIgnoreCase) && !path.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            properties[property] = Path.GetFullPath(path, folder);
        }
    }
}
