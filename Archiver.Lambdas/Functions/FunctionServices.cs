using System.Collections;
using System.Globalization;
using Amazon.S3;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// What a function draws from its surroundings. A function is constructed once and serves many calls at the same time, so that
/// everything here must bear that; of the kinds of <see cref="System.Random"/>, <see cref="Random.Shared"/> does.
/// </summary>
/// <param name="S3">The client for the buckets.</param>
/// <param name="Environment">The function's environment variables.</param>
/// <param name="Time">The clock.</param>
/// <param name="Random">What a simulated file is drawn from.</param>
public sealed record FunctionServices(IAmazonS3 S3, IReadOnlyDictionary<string, string> Environment, TimeProvider Time, Random Random)
{
    /// <summary>How files are copied.</summary>
    internal CopyLimits Copies { get; init; } = CopyLimits.S3;

    // S3 copies up to 5 GB before it answers, which the client's own 100 s may not cover. The function's time-out is longer.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(14);

    /// <summary>
    /// The surroundings in the managed Lambda runtime: the process's environment, and a client with the SDK's own region,
    /// credentials and endpoint.
    /// </summary>
    public static FunctionServices FromProcess() => new(
        new AmazonS3Client(new AmazonS3Config { Timeout = AnswerTimeout }),
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""),
        TimeProvider.System,
        Random.Shared);

    /// <summary>Reads an environment variable that must be there.</summary>
    /// <exception cref="FunctionConfigurationException">It is missing or empty.</exception>
    internal string Text(string variable) => Environment.TryGetValue(variable, out string? text) && !string.IsNullOrWhiteSpace(text)
        ? text
        : throw new FunctionConfigurationException($"The environment variable {variable} is missing.");

    /// <summary>Reads an environment variable that must be a whole number within limits.</summary>
    /// <exception cref="FunctionConfigurationException">It is missing, no whole number, or out of the limits.</exception>
    internal int Number(string variable, int least, int most) =>
        int.TryParse(Text(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number >= least && number <= most
            ? number
            : throw new FunctionConfigurationException(
                $"The environment variable {variable} is “{Text(variable)}”; it must be a whole number from {least} to {most}.");
}
