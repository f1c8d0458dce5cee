using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>When and whither a queue gives up on a message.</summary>
/// <param name="DeadLetterTargetArn">The dead-letter queue.</param>
/// <param name="MaxReceiveCount">How often a message is delivered before it goes there, 1 to 1,000.</param>
internal sealed record RedrivePolicy(string DeadLetterTargetArn, int MaxReceiveCount)
{
    private const string Attribute = "RedrivePolicy";

    /// <summary>Reads the attribute's JSON.</summary>
    /// <exception cref="Wire.AwsError"><c>InvalidParameterValue</c>: with what is wrong.</exception>
    public static RedrivePolicy Parse(string json)
    {
        JsonObject policy = PolicyDocument.Parse(json) ?? throw Invalid(json, "Redrive policy is not a valid JSON map.");
        string[] unknown = [.. policy.Select(member => member.Key).Except(["deadLetterTargetArn", "maxReceiveCount"])];
        if (unknown.Length > 0)
            throw Invalid(json, "Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].");
        if (PolicyDocument.Text(policy["deadLetterTargetArn"]) is not { Length: > 0 } target)
            throw Invalid(json, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
        if (policy["maxReceiveCount"] is not JsonValue count)
            throw Invalid(json, "Redrive policy does not contain mandatory attribute: maxReceiveCount.");
        // SQS takes the count as a number and as a string of digits alike.
        string digits = PolicyDocument.Text(count) ?? count.ToJsonString();
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int maximum) || maximum is < 1 or > 1000)
            throw Invalid(json, $"Invalid value for maxReceiveCount: {digits}, valid values are from 1 to 1000 both inclusive.");
        return new RedrivePolicy(target, maximum);
    }

    /// <summary>The attribute's JSON.</summary>
    public override string ToString() =>
        new JsonObject { ["deadLetterTargetArn"] = DeadLetterTargetArn, ["maxReceiveCount"] = MaxReceiveCount }.ToJsonString(PolicyDocument.Plain);

    /// <summary>The error for a policy that can't be.</summary>
    public static Wire.AwsError Invalid(string json, string reason) => SqsErrors.InvalidParameterValue(Attribute, json, reason);
}

/// <summary>Which queues may have this one as their dead-letter queue.</summary>
/// <param name="Permission"><c>allowAll</c>, <c>denyAll</c> or <c>byQueue</c>.</param>
/// <param name="SourceQueueArns">With <c>byQueue</c>, the queues: 1 to 10.</param>
internal sealed record RedriveAllowPolicy(string Permission, IReadOnlyList<string> SourceQueueArns)
{
    private const string Attribute = "RedriveAllowPolicy";

    /// <summary>Reads the attribute's JSON.</summary>
    /// <exception cref="Wire.AwsError"><c>InvalidParameterValue</c>: with what is wrong.</exception>
    public static RedriveAllowPolicy Parse(string json)
    {
        JsonObject policy = PolicyDocument.Parse(json) ?? throw Invalid(json, "Redrive allow policy is not a valid JSON map.");
        if (policy.Any(member => member.Key is not ("redrivePermission" or "sourceQueueArns")))
            throw Invalid(json, "Only following attributes are supported: [redrivePermission, sourceQueueArns].");
        string? permission = PolicyDocument.Text(policy["redrivePermission"]);
        if (permission is not ("allowAll" or "denyAll" or "byQueue"))
            throw Invalid(json, "redrivePermission must be allowAll, denyAll or byQueue.");
        string[] sources = policy["sourceQueueArns"] switch
        {
            null => [],
            JsonArray array => [.. array.Select(element => PolicyDocument.Text(element) ?? throw Invalid(json, "sourceQueueArns must be a list of ARNs."))],
            _ => throw Invalid(json, "sourceQueueArns must be a list of ARNs."),
        };
        if (permission == "byQueue" ? sources.Length is < 1 or > 10 : sources.Length > 0)
            throw Invalid(json, "sourceQueueArns has 1 to 10 ARNs with byQueue, and is absent otherwise.");
        return new RedriveAllowPolicy(permission, sources);
    }

    /// <summary>Whether a queue may send its dead letters here.</summary>
    public bool Allows(string sourceArn) => Permission switch
    {
        "denyAll" => false,
        "byQueue" => SourceQueueArns.Contains(sourceArn),
        _ => true,
    };

    /// <summary>The attribute's JSON.</summary>
    public override string ToString()
    {
        JsonObject policy = new() { ["redrivePermission"] = Permission };
        if (SourceQueueArns.Count > 0)
            policy["sourceQueueArns"] = new JsonArray([.. SourceQueueArns.Select(arn => JsonValue.Create(arn))]);
        return policy.ToJsonString(PolicyDocument.Plain);
    }

    private static Wire.AwsError Invalid(string json, string reason) => SqsErrors.InvalidParameterValue(Attribute, json, reason);
}

/// <summary>Attributes whose value is JSON in a string.</summary>
internal static class PolicyDocument
{
    /// <summary>Readable: an ARN's characters stay as they are.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The object that a text is, or nothing when it is not JSON or no object.</summary>
    public static JsonObject? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The string that a node is, or nothing when it is none.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
