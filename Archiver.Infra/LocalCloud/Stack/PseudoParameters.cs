using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// The names that every template can refer to.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
/// </summary>
internal sealed class PseudoParameters(CloudIdentity identity, string stackName)
{
    /// <summary>A reference to it removes the property or the list item that it stands for.</summary>
    public const string NoValue = "AWS::NoValue";

    private static readonly HashSet<string> Names =
    [
        NoValue, "AWS::AccountId", "AWS::NotificationARNs", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
    ];

    /// <summary>The stack's identity: an ARN that is the same at every start.</summary>
    public string StackId { get; } = identity.Arn("cloudformation", $"stack/{stackName}/{new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(stackName)).AsSpan(0, 16))}");

    /// <summary>Whether a name is one of these.</summary>
    public static bool IsName(string name) => Names.Contains(name);

    /// <summary>The value of one, or nothing for a name that is none; <see cref="NoValue"/> has no value either.</summary>
    public JsonNode? this[string name] => name switch
    {
        "AWS::AccountId" => identity.AccountId,
        "AWS::NotificationARNs" => new JsonArray(),
        "AWS::Partition" => identity.Partition,
        "AWS::Region" => identity.Region,
        "AWS::StackId" => StackId,
        "AWS::StackName" => stackName,
        "AWS::URLSuffix" => "amazonaws.com",
        _ => null,
    };
}
