using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>What a path, template or intrinsic function is evaluated against.</summary>
/// <param name="Input">What <c>$</c> is.</param>
/// <param name="Context">What <c>$$</c> is, made when it is first asked for.</param>
/// <param name="Surroundings">Chance and identifiers.</param>
internal sealed record EvaluationScope(JsonNode? Input, Lazy<JsonObject> Context, InterpreterSurroundings Surroundings)
{
    private readonly Spending _spending = new();

    /// <summary>Applies a path to the input or to the context object.</summary>
    public PathResult Apply(JsonPath path) => path.Apply(path.IsContext ? Context.Value : Input);

    /// <summary>Applies a path that must lead somewhere.</summary>
    /// <param name="path">The path.</param>
    /// <param name="field">The field that holds it, for the error.</param>
    /// <exception cref="EvaluationException"><c>States.Runtime</c>: it leads nowhere.</exception>
    public JsonNode? Require(JsonPath path, string field)
    {
        var result = Apply(path);
        if (result.Found)
            return Spend(result.Value);

        // A cause is shown to everybody who sees the execution; the context object may hold the task token.
        var where = path.IsContext ? "context object" : $"input '{JsonText.Write(Input)}'";
        throw EvaluationException.Runtime(
            $"The JSONPath '{path.Text}' specified for the field '{field}' could not be found in the {where}");
    }

    /// <summary>Counts a value that a template takes or makes.</summary>
    /// <exception cref="EvaluationException"><c>States.DataLimitExceeded</c>: with it they are too much.</exception>
    public JsonNode? Spend(JsonNode? value)
    {
        _spending.Bytes += JsonText.Size(value);
        return _spending.Bytes <= StatesLimits.TemplateBytes
            ? value
            : throw new EvaluationException(
                StatesErrors.DataLimitExceeded, $"The values of a field exceed {StatesLimits.TemplateBytes} bytes.");
    }

    private sealed class Spending
    {
        public long Bytes { get; set; }
    }
}
