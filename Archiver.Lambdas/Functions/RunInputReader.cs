using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>Reads a run's input, which anybody may have written, and says in words what is wrong with it.</summary>
internal static partial class RunInputReader
{
    private const int MaxKeyBytes = 1024;
    private const int MaxVersionBytes = 1024;

    /// <summary>Reads the input; nothing is as good as <c>{}</c>.</summary>
    /// <exception cref="InvalidRunInputException">It is not what a run takes.</exception>
    public static RunInput Read(JsonElement? json)
    {
        if (json is not { } input) return new RunInput();
        if (input.ValueKind != JsonValueKind.Object)
            throw new InvalidRunInputException($"The run's input must be a JSON object, such as {{\"approval_needed\": true}}; it is {Kind(input)}.");

        RunInput run = new()
        {
            Bucket = Text(input, "bucket"),
            Key = Text(input, "key"),
            VersionId = Text(input, "version_id"),
            ApprovalNeeded = Flag(input, "approval_needed"),
            Simulate = ReadSimulation(input),
            StartedBy = ReadStarter(input),
        };
        if ((run.Bucket is null) != (run.Key is null))
            throw new InvalidRunInputException("The run's input names a file by “bucket” and “key” together; it has only one of them.");
        if (run.Bucket is not null && run.Simulate is not null)
            throw new InvalidRunInputException("The run's input has both a file and “simulate”; only a file that is not there is simulated.");
        if (run.Bucket is { } bucket && !BucketName().IsMatch(bucket))
            throw new InvalidRunInputException($"“{bucket}” is not a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens.");
        if (run.Key is { } key && Encoding.UTF8.GetByteCount(key) is 0 or > MaxKeyBytes)
            throw new InvalidRunInputException($"The run's “key” must have 1 to {MaxKeyBytes} bytes of UTF-8.");
        if (run is { VersionId: not null, Key: null })
            throw new InvalidRunInputException("The run's input has a “version_id” without the “bucket” and “key” of a file.");
        if (run.VersionId is { } version && Encoding.UTF8.GetByteCount(version) is 0 or > MaxVersionBytes)
            throw new InvalidRunInputException($"The run's “version_id” must have 1 to {MaxVersionBytes} bytes of UTF-8.");
        return run;
    }

    private static Simulation? ReadSimulation(JsonElement input)
    {
        if (!input.TryGetProperty("simulate", out JsonElement simulate)) return null;
        if (simulate.ValueKind != JsonValueKind.Object)
            throw new InvalidRunInputException($"The run's “simulate” must be an object, such as {{\"archive\": true, \"quality\": 35}}; it is {Kind(simulate)}.");
        return new Simulation { Archive = Flag(simulate, "archive"), Quality = Quality(simulate) };
    }

    // A starter may add members of its own to an input: one that happens to have this name breaks no run, and names nobody.
    private static Starter? ReadStarter(JsonElement input)
    {
        if (!input.TryGetProperty("startedBy", out JsonElement starter) || starter.ValueKind != JsonValueKind.Object) return null;
        return Starter.From(TextOrNothing(starter, "id"), TextOrNothing(starter, "name"));
    }

    private static string? TextOrNothing(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement text) || text.ValueKind != JsonValueKind.String) return null;
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair: JSON's grammar lets it through
        }
    }

    private static int? Quality(JsonElement simulate)
    {
        if (!simulate.TryGetProperty("quality", out JsonElement quality)) return null;
        return quality.ValueKind == JsonValueKind.Number && quality.TryGetInt32(out int number) && number is >= 0 and <= 100
            ? number
            : throw new InvalidRunInputException(
                $"The simulated “quality” must be a whole number from 0 to 100; it is {(quality.ValueKind == JsonValueKind.Number ? quality.GetRawText() : Kind(quality))}.");
    }

    private static string? Text(JsonElement input, string name)
    {
        if (!input.TryGetProperty(name, out JsonElement text)) return null;
        return text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : throw new InvalidRunInputException($"The run's “{name}” must be a string; it is {Kind(text)}.");
    }

    private static bool? Flag(JsonElement input, string name)
    {
        if (!input.TryGetProperty(name, out JsonElement flag)) return null;
        return flag.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? flag.GetBoolean()
            : throw new InvalidRunInputException($"The run's “{name}” must be true or false; it is {Kind(flag)}.");
    }

    private static string Kind(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "a boolean",
    };

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();
}
