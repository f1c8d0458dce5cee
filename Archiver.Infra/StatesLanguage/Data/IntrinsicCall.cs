using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>An argument of an intrinsic function.</summary>
internal abstract record IntrinsicArgument
{
    /// <summary>Its value.</summary>
    /// <param name="scope">What to evaluate against.</param>
    /// <param name="field">The field that holds the function, for errors.</param>
    public abstract JsonNode? Evaluate(EvaluationScope scope, string field);
}

/// <summary>A string, number, boolean or null that is written in the call.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Escaped">Of a string: as it is written, so that <c>\{</c> and <c>{</c> can be told apart.</param>
internal sealed record LiteralArgument(JsonNode? Value, string? Escaped = null) : IntrinsicArgument
{
    /// <inheritdoc/>
    public override JsonNode? Evaluate(EvaluationScope scope, string field) => JsonText.Clone(Value);
}

/// <summary>A path.</summary>
internal sealed record PathArgument(JsonPath Path) : IntrinsicArgument
{
    /// <inheritdoc/>
    public override JsonNode? Evaluate(EvaluationScope scope, string field) => scope.Require(Path, field);
}

/// <summary>A call of an intrinsic function, which is an argument where calls nest. https://states-language.net/spec.html#intrinsic-functions</summary>
internal sealed record IntrinsicCall(IntrinsicFunction Function, IReadOnlyList<IntrinsicArgument> Arguments) : IntrinsicArgument
{
    /// <inheritdoc/>
    public override JsonNode? Evaluate(EvaluationScope scope, string field)
    {
        var values = new JsonNode?[Arguments.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Arguments[i].Evaluate(scope, field);

        var escaped = Arguments is [LiteralArgument { Escaped: { } text }, ..] ? text : null;
        return scope.Spend(Function.Apply(new IntrinsicArguments(Function.Name, values, escaped, scope.Surroundings)));
    }
}
