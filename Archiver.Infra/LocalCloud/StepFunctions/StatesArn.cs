using System.Diagnostics.CodeAnalysis;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>An ARN of Step Functions.</summary>
/// <param name="Text">The whole ARN.</param>
/// <param name="ResourceType"><c>stateMachine</c>, <c>execution</c>, <c>express</c> and others.</param>
/// <param name="Resource">What follows the type, such as <c>orders:first</c>.</param>
internal sealed record StatesArn(string Text, string ResourceType, string Resource)
{
    public const string StateMachine = "stateMachine";
    public const string Execution = "execution";
    public const string Express = "express";

    private const int MaxLength = 256;

    /// <summary>Reads the ARN of a request.</summary>
    /// <param name="text">What the request has.</param>
    /// <param name="resourceType">What kind of resource the operation takes.</param>
    /// <exception cref="AwsError"><c>InvalidArn</c>: it is no ARN of Step Functions, or one of something else.</exception>
    public static StatesArn Require(string text, string resourceType)
    {
        if (!text.StartsWith("arn:", StringComparison.Ordinal))
            throw new AwsError("InvalidArn", $"Invalid Arn: 'Invalid ARN prefix: {text}'");
        if (!TryParse(text, out StatesArn? arn))
            throw new AwsError("InvalidArn", $"Invalid Arn: '{text}'");
        if (arn.ResourceType != resourceType)
            throw new AwsError("InvalidArn", $"Invalid Arn: 'Resource type not valid in this context: {arn.ResourceType}'");
        return arn;
    }

    /// <summary>Reads an ARN; false when it is none of Step Functions.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out StatesArn? arn)
    {
        arn = null;
        if (text.Length > MaxLength)
            return false;
        string[] parts = text.Split(':', 7);
        if (parts.Length < 7 || parts[0] != "arn" || parts[1].Length == 0 || parts[2] != "states"
            || parts[3].Length == 0 || parts[4].Length != 12 || !parts[4].All(char.IsAsciiDigit) || parts[6].Length == 0)
        {
            return false;
        }
        int resourceParts = parts[6].Split(':').Length;
        if (parts[5] == Execution && resourceParts != 2 || parts[5] == Express && resourceParts != 3)
            return false;
        arn = new StatesArn(text, parts[5], parts[6]);
        return true;
    }
}
