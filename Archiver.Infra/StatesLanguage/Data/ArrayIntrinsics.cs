using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>
/// The intrinsic functions on arrays. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
/// </summary>
internal static class ArrayIntrinsics
{
    /// <summary>The arguments as an array.</summary>
    public static JsonNode? Array(IntrinsicArguments arguments) => new JsonArray([.. arguments.Values]);

    /// <summary>The array in pieces of a size; the last may be smaller.</summary>
    public static JsonNode? ArrayPartition(IntrinsicArguments arguments)
    {
        var items = arguments.Items(0);
        var size = arguments.Integer(1);
        if (size <= 0)
            throw arguments.Fail("needs a chunk size above zero");

        return new JsonArray([.. items.Chunk((int)Math.Min(size, int.MaxValue)).Select(c => new JsonArray([.. c.Select(JsonText.Clone)]))]);
    }

    /// <summary>Whether the array holds a value.</summary>
    public static JsonNode? ArrayContains(IntrinsicArguments arguments)
        => JsonValue.Create(arguments.Items(0).Any(i => JsonNode.DeepEquals(i, arguments.Values[1])));

    /// <summary>The integers from the first argument to the second, in steps of the third.</summary>
    public static JsonNode? ArrayRange(IntrinsicArguments arguments)
    {
        var (first, last, step) = ((decimal)arguments.Integer(0), (decimal)arguments.Integer(1), (decimal)arguments.Integer(2));
        if (step == 0)
            throw arguments.Fail("needs a step other than zero");

        // Decimals hold every sum of two 64-bit integers, so that a range at their edge cannot wrap around.
        var count = Math.Max(0, Math.Floor((last - first) / step) + 1);
        if (count > StatesLimits.ArrayRangeLength)
            throw arguments.Fail($"makes at most {StatesLimits.ArrayRangeLength} elements, but was asked for {count:0}");

        return new JsonArray([.. Enumerable.Range(0, (int)count).Select(i => JsonValue.Create((long)(first + (i * step))))]);
    }

    /// <summary>The item at an index.</summary>
    public static JsonNode? ArrayGetItem(IntrinsicArguments arguments)
    {
        var items = arguments.Items(0);
        var index = arguments.Integer(1);
        return index >= 0 && index < items.Count
            ? JsonText.Clone(items[(int)index])
            : throw arguments.Fail($"got the index {index} for an array of {items.Count}");
    }

    /// <summary>How many items an array has.</summary>
    public static JsonNode? ArrayLength(IntrinsicArguments arguments) => JsonValue.Create(arguments.Items(0).Count);

    /// <summary>The array without repetitions, in the order of first appearance.</summary>
    public static JsonNode? ArrayUnique(IntrinsicArguments arguments)
        => new JsonArray([.. arguments.Items(0).Distinct(ValueComparer.Instance).Select(JsonText.Clone)]);

    /// <summary>Compares by value. The hash is coarse where equal values can be written differently (<c>1</c> and <c>1.0</c>).</summary>
    private sealed class ValueComparer : IEqualityComparer<JsonNode?>
    {
        public static readonly ValueComparer Instance = new();

        public bool Equals(JsonNode? x, JsonNode? y) => JsonNode.DeepEquals(x, y);

        public int GetHashCode(JsonNode? obj) => obj switch
        {
            null => 0,
            JsonObject members => HashCode.Combine(1, members.Count),
            JsonArray items => HashCode.Combine(2, items.Count),
            _ => JsonText.AsString(obj)?.GetHashCode(StringComparison.Ordinal) ?? JsonText.AsDouble(obj)?.GetHashCode() ?? 3,
        };
    }
}
