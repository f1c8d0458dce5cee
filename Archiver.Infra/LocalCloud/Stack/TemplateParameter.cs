using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// An entry of <c>Parameters</c>: what a value of it must be.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
/// </summary>
internal sealed record TemplateParameter(string Name, SourceLocation At, string Type)
{
    /// <summary>A pattern of a template that is written to hang the reader is given up after this long.</summary>
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The types that the local cloud has; the others draw their values from an AWS account.</summary>
    public static readonly IReadOnlyList<string> Types = ["String", "Number", "CommaDelimitedList", "List<Number>"];

    /// <summary>The value of a stack that gives none, and where it stands.</summary>
    public NameUse? Default { get; init; }

    /// <summary>The only values that may be; nothing for any.</summary>
    public IReadOnlyList<string>? AllowedValues { get; init; }

    /// <summary>A regular expression that the whole of a value matches.</summary>
    public string? AllowedPattern { get; init; }

    /// <summary>The least length, in characters.</summary>
    public int? MinLength { get; init; }

    /// <summary>The greatest length, in characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The least number.</summary>
    public decimal? MinValue { get; init; }

    /// <summary>The greatest number.</summary>
    public decimal? MaxValue { get; init; }

    /// <summary>What the template says when a value is refused.</summary>
    public string? ConstraintDescription { get; init; }

    /// <summary>The value is a secret and shown nowhere.</summary>
    public bool NoEcho { get; init; }

    private bool IsNumber => Type is "Number" or "List<Number>";

    private bool IsList => Type is "CommaDelimitedList" or "List<Number>";

    /// <summary>Takes a value.</summary>
    /// <param name="value">The text as it was given; a list is separated by commas.</param>
    /// <param name="at">Where an error is told: at the default, or at the parameter when the value comes from outside.</param>
    /// <returns>What <c>Ref</c> gives: text, a number or a list.</returns>
    /// <exception cref="TemplateException">The parameter does not take the value.</exception>
    public JsonNode Take(string value, SourceLocation at)
    {
        if (!IsList)
        {
            Check(value, at);
            return Scalar(value);
        }
        string[] items = value.Length == 0 ? [] : [.. value.Split(',').Select(item => item.Trim())];
        foreach (string item in items)
            Check(item, at);
        return new JsonArray([.. items.Select(Scalar)]);
    }

    private JsonNode Scalar(string value) => IsNumber && TemplateParser.IsJsonNumber(value) ? JsonNode.Parse(value)! : JsonValue.Create(value);

    private void Check(string value, SourceLocation at)
    {
        string? rule = Rule(value, at);
        if (rule is null)
            return;
        string shown = NoEcho ? "has a value that it does not take" : $"is '{value}'";
        string described = ConstraintDescription is null ? "" : $" {ConstraintDescription.TrimEnd('.')}.";
        throw new TemplateException("PARAMETER_VALUE", $"The parameter {Name} {shown}; it must {rule}.{described}", at);
    }

    /// <summary>The rule that a value breaks, as it goes on after "it must", or nothing.</summary>
    private string? Rule(string value, SourceLocation at)
    {
        if (IsNumber)
        {
            if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
                return "be a number";
            if (number < MinValue)
                return string.Create(CultureInfo.InvariantCulture, $"be {MinValue} at least");
            if (number > MaxValue)
                return string.Create(CultureInfo.InvariantCulture, $"be {MaxValue} at most");
        }
        if (AllowedValues is not null && !AllowedValues.Contains(value, StringComparer.Ordinal))
            return $"be one of {string.Join(", ", AllowedValues)}";
        if (value.Length < MinLength)
            return string.Create(CultureInfo.InvariantCulture, $"have {MinLength} characters at least");
        if (value.Length > MaxLength)
            return string.Create(CultureInfo.InvariantCulture, $"have {MaxLength} characters at most");
        return AllowedPattern is null || Matches(AllowedPattern, value, at) ? null : $"match {AllowedPattern}";
    }

    private bool Matches(string pattern, string value, SourceLocation at)
    {
        try
        {
            return Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new TemplateException("PARAMETER_VALUE", $"The AllowedPattern of the parameter {Name} takes too long to match.", at);
        }
    }
}
