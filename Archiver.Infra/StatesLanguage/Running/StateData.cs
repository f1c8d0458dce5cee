using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Running;

/// <summary>
/// Takes data through a state: <c>InputPath</c>, <c>Parameters</c>, <c>ResultSelector</c>, <c>ResultPath</c>, <c>OutputPath</c>.
/// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html
/// </summary>
internal static class StateData
{
    /// <summary>What <c>InputPath</c> leaves of the state's raw input.</summary>
    public static JsonNode? Input(Step step)
    {
        if (step.State.Data.InputPath is not { } path)
            return new JsonObject();
        if (path.IsRoot && !path.IsContext)
            return step.Frame.Input;

        var result = step.Scope(step.Frame.Input).Apply(path);
        return result.Found
            ? result.Value
            : throw EvaluationException.Runtime($"Invalid path '{path.Text}': The state's InputPath references an invalid value.");
    }

    /// <summary>What <c>Parameters</c> makes of that.</summary>
    public static JsonNode? Parameters(EvaluationScope scope, State state)
        => state.Data.Parameters is { } template ? template.Evaluate(scope) : JsonText.Clone(scope.Input);

    /// <summary>What the state's output is once it has a result.</summary>
    public static JsonNode? Output(Step step, JsonNode? result)
    {
        var data = step.State.Data;
        var selected = data.ResultSelector is { } selector ? selector.Evaluate(step.Scope(result)) : result;
        var combined = Combine(step.Frame.Input, selected, data.DiscardsResult, data.ResultPath);
        return Select(step, combined);
    }

    /// <summary>What <c>OutputPath</c> leaves.</summary>
    public static JsonNode? Select(Step step, JsonNode? output)
    {
        if (step.State.Data.OutputPath is not { } path)
            return new JsonObject();
        if (path.IsRoot && !path.IsContext)
            return output;

        var result = step.Scope(output).Apply(path);
        return result.Found
            ? result.Value
            : throw EvaluationException.Runtime($"Invalid OutputPath '{path.Text}': The Output path references an invalid value.");
    }

    /// <summary>What <c>ResultPath</c> makes of a state's raw input and a result.</summary>
    public static JsonNode? Combine(JsonNode? input, JsonNode? result, bool discards, ReferencePath? path)
    {
        if (discards)
            return input;
        return path is null ? result : path.Put(input, result);
    }

    /// <summary>A number of seconds that the definition or the input gives.</summary>
    public static long? Seconds(Step step, Duration? duration, JsonNode? input, long least)
    {
        if (duration?.Path is not { } path)
            return duration?.Seconds;

        var value = step.Scope(input).Require(path, duration.Field);
        if (JsonText.AsInteger(value) is { } seconds && seconds >= least && seconds <= StatesLimits.Seconds)
            return seconds;

        throw EvaluationException.Runtime(
            $"The {duration.Field} parameter does not reference an integer from {least} to {StatesLimits.Seconds}: "
            + $"{path.Text} == {JsonText.Write(value)}");
    }

    /// <summary>Checks that data is not larger than a payload may be.</summary>
    /// <param name="what">The state, or what its task calls.</param>
    /// <param name="data">The data.</param>
    /// <exception cref="EvaluationException"><c>States.DataLimitExceeded</c>.</exception>
    public static void CheckSize(string what, JsonNode? data)
    {
        if (IsTooLarge(data))
            throw new EvaluationException(StatesErrors.DataLimitExceeded, TooLarge(what), tellsState: false);
    }

    /// <summary>Whether data is larger than a payload may be.</summary>
    public static bool IsTooLarge(JsonNode? data) => JsonText.Size(data) > StatesLimits.PayloadBytes;

    /// <summary>Says that data is too large, in the service's words.</summary>
    public static string TooLarge(string what)
        => $"The state/task '{what}' returned a result with a size exceeding the maximum number of bytes service limit.";

    /// <summary>A Fail state's error or cause.</summary>
    public static string? FailText(Step step, FailText? text)
    {
        if (text?.Template is not { } template)
            return text?.Literal;

        var value = template.Evaluate(step.Scope(step.Frame.Input));
        return value?.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : throw EvaluationException.Runtime($"The {text.Field} parameter does not reference a string: {JsonText.Write(value)}");
    }
}
