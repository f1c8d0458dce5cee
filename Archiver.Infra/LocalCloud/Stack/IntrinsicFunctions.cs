namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// The intrinsic functions: their names, what their arguments look like, and which of them the local cloud has.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
/// </summary>
internal static class IntrinsicFunctions
{
    public const string Ref = "Ref";
    public const string Condition = "Condition";
    public const string GetAtt = "Fn::GetAtt";
    public const string Sub = "Fn::Sub";
    public const string Join = "Fn::Join";
    public const string Select = "Fn::Select";
    public const string Split = "Fn::Split";
    public const string If = "Fn::If";
    public const string Equal = "Fn::Equals";
    public const string And = "Fn::And";
    public const string Or = "Fn::Or";
    public const string Not = "Fn::Not";
    public const string FindInMap = "Fn::FindInMap";
    public const string Base64 = "Fn::Base64";

    private static readonly HashSet<string> Known =
        [Ref, Condition, GetAtt, Sub, Join, Select, Split, If, Equal, And, Or, Not, FindInMap, Base64];

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["Fn::ImportValue"] = "there is no other stack to import from",
        ["Fn::GetAZs"] = "it has no availability zones",
        ["Fn::Cidr"] = "it has no networks",
        ["Fn::Transform"] = "it runs no macros",
        ["Fn::ForEach"] = "it does not have the transform AWS::LanguageExtensions",
        ["Fn::Length"] = "it does not have the transform AWS::LanguageExtensions",
        ["Fn::ToJsonString"] = "it does not have the transform AWS::LanguageExtensions",
    };

    /// <summary>The functions that stand in <c>Conditions</c> and nowhere else.</summary>
    private static readonly HashSet<string> Logical = [Condition, Equal, And, Or, Not];

    /// <summary>The long name of the function that a YAML tag stands for, or nothing.</summary>
    public static string? OfTag(string tag) => tag is "!Ref" or "!Condition"
        ? tag[1..]
        : Known.Contains("Fn::" + tag[1..]) || Refused.ContainsKey("Fn::" + tag[1..]) ? "Fn::" + tag[1..] : null;

    /// <summary>Whether a map's only key makes the map a call. <c>Condition</c> does not: only in a condition is it one.</summary>
    public static bool IsLongName(string key) => key == Ref || key.StartsWith("Fn::", StringComparison.Ordinal);

    /// <summary>Whether the function gives a truth value, for <c>Conditions</c> alone.</summary>
    public static bool IsLogical(string function) => Logical.Contains(function);

    /// <summary>What is wrong with a call as it is written, or nothing.</summary>
    public static Finding? Check(CallNode call)
    {
        if (Refused.TryGetValue(call.Function, out string? reason))
            return Finding.Error("UNSUPPORTED_FUNCTION", $"The local cloud does not have {call.Function}: {reason}.", call.At);
        if (!Known.Contains(call.Function))
            return Finding.Error("UNKNOWN_FUNCTION", $"There is no function {call.Function}.", call.At);
        string? takes = Takes(call);
        return takes is null ? null : Finding.Error("FUNCTION_ARGUMENT", $"{call.Function} takes {takes}.", call.At);
    }

    private static string? Takes(CallNode call) => (call.Function, call.Argument) switch
    {
        (Ref, ScalarNode { Type: not ScalarKind.Null }) => null,
        (Ref, _) => "the name of a parameter or a resource",
        (Condition, ScalarNode { Type: not ScalarKind.Null }) => null,
        (Condition, _) => "the name of a condition",
        (GetAtt, ScalarNode name) when name.Text.IndexOf('.') is > 0 and var dot && dot < name.Text.Length - 1 => null,
        (GetAtt, ListNode { Items: [ScalarNode { Type: ScalarKind.Text }, ScalarNode or CallNode] }) => null,
        (GetAtt, _) => "a resource and an attribute: Resource.Attribute, or a list of the two",
        (Sub, ScalarNode { Type: not ScalarKind.Null }) => null,
        (Sub, ListNode { Items: [ScalarNode { Type: not ScalarKind.Null }, MapNode] }) => null,
        (Sub, _) => "text, or a list of text and a map of variables",
        (Join, ListNode { Items: [ScalarNode, ListNode or CallNode] }) => null,
        (Join, _) => "a list of a delimiter and a list",
        (Select, ListNode { Items: [ScalarNode or CallNode, ListNode or CallNode] }) => null,
        (Select, _) => "a list of an index and a list",
        (Split, ListNode { Items: [ScalarNode { Text.Length: > 0 }, ScalarNode or CallNode] }) => null,
        (Split, _) => "a list of a delimiter, which is not empty, and text",
        (If, ListNode { Items: [ScalarNode { Type: ScalarKind.Text }, _, _] }) => null,
        (If, _) => "a list of a condition's name, the value if it holds and the value if not",
        (Equal, ListNode { Items.Count: 2 }) => null,
        (Equal, _) => "a list of two values",
        (And or Or, ListNode { Items.Count: >= 2 and <= 10 }) => null,
        (And or Or, _) => "a list of 2 to 10 conditions",
        (Not, ListNode { Items.Count: 1 }) => null,
        (Not, _) => "a list of one condition",
        (FindInMap, ListNode { Items: [ScalarNode or CallNode, ScalarNode or CallNode, ScalarNode or CallNode] }) => null,
        (FindInMap, _) => "a list of a mapping's name and two keys",
        _ => null,
    };
}
