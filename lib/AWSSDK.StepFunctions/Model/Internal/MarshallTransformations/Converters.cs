#nullable enable
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Model.Internal.MarshallTransformations;

/// <summary>A time as the service writes it: a number of seconds since 1970 UTC, with a fraction.</summary>
internal sealed class EpochSecondsConverter : JsonConverter<DateTime>
{
    private static readonly decimal _first = (DateTime.MinValue - DateTime.UnixEpoch).Ticks;
    private static readonly decimal _last = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Decimal, because a double is a tick or more off what was written.
        if (!reader.TryGetDecimal(out var seconds) || Math.Abs(seconds) > _last)
            throw new JsonException("The time is out of range.");

        var ticks = decimal.Truncate(seconds * TimeSpan.TicksPerSecond);
        return ticks >= _first && ticks <= _last
            ? DateTime.UnixEpoch.AddTicks((long)ticks)
            : throw new JsonException("The time is out of range.");
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((value.ToUniversalTime() - DateTime.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond);
}

/// <summary>A constant as its value. One that this version does not know is kept as it came.</summary>
internal sealed class ConstantConverter<T>(Func<string, T> find) : JsonConverter<T>
    where T : ConstantClass
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } value ? find(value) : null;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
