using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>One of the functions that templates can call.</summary>
/// <param name="Name">Its name, such as <c>States.Format</c>.</param>
/// <param name="MinArguments">The fewest arguments.</param>
/// <param name="MaxArguments">The most arguments.</param>
/// <param name="Apply">Computes it.</param>
internal sealed record IntrinsicFunction(string Name, int MinArguments, int MaxArguments, Func<IntrinsicArguments, JsonNode?> Apply)
{
    private static readonly FrozenDictionary<string, IntrinsicFunction> s_all = new IntrinsicFunction[]
    {
        new("States.Format", 1, int.MaxValue, StringIntrinsics.Format),
        new("States.StringToJson", 1, 1, StringIntrinsics.StringToJson),
        new("States.JsonToString", 1, 1, StringIntrinsics.JsonToString),
        new("States.StringSplit", 2, 2, StringIntrinsics.StringSplit),
        new("States.Base64Encode", 1, 1, StringIntrinsics.Base64Encode),
        new("States.Base64Decode", 1, 1, StringIntrinsics.Base64Decode),
        new("States.Hash", 2, 2, StringIntrinsics.Hash),
        new("States.UUID", 0, 0, ValueIntrinsics.Uuid),
        new("States.JsonMerge", 3, 3, ValueIntrinsics.JsonMerge),
        new("States.MathRandom", 2, 3, ValueIntrinsics.MathRandom),
        new("States.MathAdd", 2, 2, ValueIntrinsics.MathAdd),
        new("States.Array", 0, int.MaxValue, ArrayIntrinsics.Array),
        new("States.ArrayPartition", 2, 2, ArrayIntrinsics.ArrayPartition),
        new("States.ArrayContains", 2, 2, ArrayIntrinsics.ArrayContains),
        new("States.ArrayRange", 3, 3, ArrayIntrinsics.ArrayRange),
        new("States.ArrayGetItem", 2, 2, ArrayIntrinsics.ArrayGetItem),
        new("States.ArrayLength", 1, 1, ArrayIntrinsics.ArrayLength),
        new("States.ArrayUnique", 1, 1, ArrayIntrinsics.ArrayUnique),
    }.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>Finds a function.</summary>
    public static IntrinsicFunction? Find(string name) => s_all.GetValueOrDefault(name);
}

/// <summary>The values that a function is computed from.</summary>
/// <param name="Function">The function's name, for errors.</param>
/// <param name="Values">The arguments.</param>
/// <param name="FirstEscaped">The first argument as it is written, if it is a string literal.</param>
/// <param name="Surroundings">Chance and identifiers.</param>
internal sealed record IntrinsicArguments(
    string Function, IReadOnlyList<JsonNode?> Values, string? FirstEscaped, InterpreterSurroundings Surroundings)
{
    /// <summary>An argument that must be a string.</summary>
    public string Text(int index) => JsonText.AsString(Values[index]) ?? throw Wrong(index, "a string");

    /// <summary>An argument that must be a string of at most <see cref="StatesLimits.IntrinsicStringLength"/> characters.</summary>
    public string ShortText(int index) => Short(Text(index));

    /// <summary>A text, if it is short enough.</summary>
    public string Short(string text) => text.Length <= StatesLimits.IntrinsicStringLength
        ? text
        : throw Fail($"takes at most {StatesLimits.IntrinsicStringLength} characters, but got {text.Length}");

    /// <summary>An argument that must be an array.</summary>
    public JsonArray Items(int index) => Values[index] as JsonArray ?? throw Wrong(index, "an array");

    /// <summary>An argument that must be an object.</summary>
    public JsonObject Members(int index) => Values[index] as JsonObject ?? throw Wrong(index, "an object");

    /// <summary>An argument that must be a number; one with a fraction is rounded, halves up.</summary>
    public long Integer(int index)
    {
        if (JsonText.AsInteger(Values[index]) is { } integer)
            return integer;

        var number = JsonText.AsDouble(Values[index]) ?? throw Wrong(index, "an integer");
        var rounded = Math.Floor(number + 0.5);
        return Math.Abs(rounded) < long.MaxValue ? (long)rounded : throw Wrong(index, "an integer that fits 64 bits");
    }

    /// <summary>Says that the function cannot be computed.</summary>
    public EvaluationException Fail(string why) => EvaluationException.Intrinsic($"The intrinsic function {Function} {why}.");

    private EvaluationException Wrong(int index, string expected)
        => Fail($"expects {expected} as argument {index + 1}, but got {JsonText.Write(Values[index])}");
}
