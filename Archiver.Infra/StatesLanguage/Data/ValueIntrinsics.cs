using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>
/// The intrinsic functions on objects and numbers, and the identifier.
/// https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
/// </summary>
internal static class ValueIntrinsics
{
    /// <summary>A random identifier of version 4.</summary>
    public static JsonNode? Uuid(IntrinsicArguments arguments) => JsonValue.Create(arguments.Surroundings.NewUuid().ToString("D"));

    /// <summary>The members of two objects; the second's win. The service merges shallowly only, and says so in its documentation.</summary>
    public static JsonNode? JsonMerge(IntrinsicArguments arguments)
    {
        if (arguments.Values[2]?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
            throw arguments.Fail("expects a boolean as argument 3");
        if (arguments.Values[2]!.GetValue<bool>())
            throw arguments.Fail("supports the shallow mode only: its third argument must be false");

        var merged = (JsonObject)arguments.Members(0).DeepClone();
        foreach (var (name, value) in arguments.Members(1))
            merged[name] = JsonText.Clone(value);
        return merged;
    }

    /// <summary>A random integer from the first argument to before the second; the same for the same seed.</summary>
    public static JsonNode? MathRandom(IntrinsicArguments arguments)
    {
        var (first, end) = (arguments.Integer(0), arguments.Integer(1));
        if (first >= end)
            throw arguments.Fail("needs a start that is below its end");

        // Not for secrets: the service says the same of its own.
#pragma warning disable CA5394
        var random = arguments.Values.Count == 3 ? new Random(Seed(arguments.Integer(2))) : arguments.Surroundings.Random;
        return JsonValue.Create(random.NextInt64(first, end));
#pragma warning restore CA5394
    }

    /// <summary>The sum of two integers.</summary>
    public static JsonNode? MathAdd(IntrinsicArguments arguments)
    {
        try
        {
            return JsonValue.Create(checked(arguments.Integer(0) + arguments.Integer(1)));
        }
        catch (OverflowException)
        {
            throw arguments.Fail("got a sum that does not fit 64 bits");
        }
    }

    private static int Seed(long seed) => unchecked((int)(seed ^ (seed >> 32)));
}
