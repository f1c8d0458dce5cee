using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Events.Patterns;

/// <summary>A single value of an event.</summary>
/// <param name="Kind">String, number, true, false or null.</param>
/// <param name="Text">Its text: a string's own, anything else's as it is written. <c>300</c> and <c>3.0e2</c> are different values here, as they
/// are for EventBridge.</param>
internal readonly record struct FieldValue(JsonValueKind Kind, string Text)
{
    /// <summary>Takes a value out of JSON.</summary>
    public static FieldValue Of(JsonNode? node) => node is null
        ? new FieldValue(JsonValueKind.Null, "null")
        : node.GetValueKind() == JsonValueKind.String
            ? new FieldValue(JsonValueKind.String, node.GetValue<string>())
            : new FieldValue(node.GetValueKind(), node.ToJsonString());

    /// <summary>Whether it is a string.</summary>
    public bool IsString => Kind == JsonValueKind.String;
}

/// <summary>
/// What a value is held to.
/// See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html.
/// </summary>
internal abstract record ValueMatcher
{
    private ValueMatcher() { }

    /// <summary>Whether a value that is there fits.</summary>
    public abstract bool Matches(FieldValue value);

    /// <summary>It is just this.</summary>
    public sealed record Exactly(FieldValue Expected) : ValueMatcher
    {
        /// <inheritdoc/>
        public override bool Matches(FieldValue value) => value == Expected;
    }

    /// <summary>It is a string that begins so.</summary>
    public sealed record Prefix(string Start, bool IgnoreCase) : ValueMatcher
    {
        /// <inheritdoc/>
        public override bool Matches(FieldValue value) => value.IsString && value.Text.StartsWith(Start, Comparison(IgnoreCase));
    }

    /// <summary>It is a string that ends so.</summary>
    public sealed record Suffix(string End, bool IgnoreCase) : ValueMatcher
    {
        /// <inheritdoc/>
        public override bool Matches(FieldValue value) => value.IsString && value.Text.EndsWith(End, Comparison(IgnoreCase));
    }

    /// <summary>It is this string, in whatever case.</summary>
    public sealed record EqualsIgnoreCase(string Expected) : ValueMatcher
    {
        /// <inheritdoc/>
        public override bool Matches(FieldValue value) => value.IsString && value.Text.Equals(Expected, Comparison(ignoreCase: true));
    }

    /// <summary>It is a string of this form.</summary>
    public sealed record Wildcard(WildcardText Form) : ValueMatcher
    {
        /// <inheritdoc/>
        public override bool Matches(FieldValue value) => value.IsString && Form.Matches(value.Text);
    }

    /// <summary>It is there, and none of these.</summary>
    public sealed record AnythingBut(IReadOnlyList<ValueMatcher> Excluded) : ValueMatcher
    {
        /// <inheritdoc/>
        public override bool Matches(FieldValue value) => !Excluded.Any(matcher => matcher.Matches(value));
    }

    /// <summary>It is a number that lies within these bounds.</summary>
    public sealed record Numeric(decimal? Least, bool LeastIncluded, decimal? Most, bool MostIncluded) : ValueMatcher
    {
        /// <inheritdoc/>
        public override bool Matches(FieldValue value) =>
            value.Kind == JsonValueKind.Number
            && decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && (Least is not { } least || number > least || (LeastIncluded && number == least))
            && (Most is not { } most || number < most || (MostIncluded && number == most));
    }

    /// <summary>It is the address of a host in this network.</summary>
    public sealed record Cidr(IPNetwork Network) : ValueMatcher
    {
        /// <inheritdoc/>
        public override bool Matches(FieldValue value) =>
            value.IsString && IPAddress.TryParse(value.Text, out IPAddress? address) && Network.Contains(address);
    }

    /// <summary>It is there, or it is not.</summary>
    public sealed record Exists(bool Wanted) : ValueMatcher
    {
        /// <inheritdoc/>
        public override bool Matches(FieldValue value) => Wanted;
    }

    private static StringComparison Comparison(bool ignoreCase) => ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
