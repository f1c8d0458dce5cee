using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>
/// The value of <c>Parameters</c> or <c>ResultSelector</c>: JSON in which the members whose names end in <c>.$</c> are paths and
/// intrinsic functions. https://states-language.net/spec.html#payload-template
/// </summary>
internal abstract record PayloadTemplate
{
    /// <summary>What marks a member whose value is to be evaluated.</summary>
    public const string Suffix = ".$";

    /// <summary>Fills in the template.</summary>
    /// <exception cref="EvaluationException">A path leads nowhere, or a function cannot be computed.</exception>
    public abstract JsonNode? Evaluate(EvaluationScope scope);
}

/// <summary>A value that stays as it is.</summary>
internal sealed record ConstantTemplate(JsonNode? Value) : PayloadTemplate
{
    /// <inheritdoc/>
    public override JsonNode? Evaluate(EvaluationScope scope) => JsonText.Clone(Value);
}

/// <summary>An object whose members are templates.</summary>
internal sealed record ObjectTemplate(IReadOnlyList<KeyValuePair<string, PayloadTemplate>> Members) : PayloadTemplate
{
    /// <inheritdoc/>
    public override JsonNode? Evaluate(EvaluationScope scope)
    {
        var result = new JsonObject();
        foreach (var (name, template) in Members)
            result[name] = template.Evaluate(scope);
        return result;
    }
}

/// <summary>An array whose items are templates.</summary>
internal sealed record ArrayTemplate(IReadOnlyList<PayloadTemplate> Items) : PayloadTemplate
{
    /// <inheritdoc/>
    public override JsonNode? Evaluate(EvaluationScope scope) => new JsonArray([.. Items.Select(i => i.Evaluate(scope))]);
}

/// <summary>A member <c>name.$</c> whose value is a path.</summary>
internal sealed record PathTemplate(string Field, JsonPath Path) : PayloadTemplate
{
    /// <inheritdoc/>
    public override JsonNode? Evaluate(EvaluationScope scope) => scope.Require(Path, Field);
}

/// <summary>A member <c>name.$</c> whose value is an intrinsic function.</summary>
internal sealed record IntrinsicTemplate(string Field, IntrinsicCall Call) : PayloadTemplate
{
    /// <inheritdoc/>
    public override JsonNode? Evaluate(EvaluationScope scope) => Call.Evaluate(scope, Field);
}
