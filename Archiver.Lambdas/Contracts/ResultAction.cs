namespace Archiver.Lambdas.Contracts;

/// <summary>What a run did, as its result says it.</summary>
public static class ResultAction
{
    /// <summary>The file was archived.</summary>
    public const string Archived = "Archived";

    /// <summary>The file's quality is below the threshold.</summary>
    public const string QualityFail = "Quality_Fail";

    /// <summary>The file is marked as not to be archived.</summary>
    public const string Unarchivable = "Unarchivable";

    /// <summary>A reviewer said no.</summary>
    public const string Denied = "Denied";

    /// <summary>Nobody answered in time.</summary>
    public const string Expired = "Expired";

    /// <summary>The run failed.</summary>
    public const string Error = "Error";

    /// <summary>Every action.</summary>
    public static IReadOnlyList<string> All { get; } = [Archived, QualityFail, Unarchivable, Denied, Expired, Error];

    /// <summary>The actions that the automatic choices take, and that a reviewer sees as the recommendation.</summary>
    public static IReadOnlyList<string> Recommendations { get; } = [Archived, QualityFail, Unarchivable];

    /// <summary>The automatic choices: what is done with a file when no person is asked.</summary>
    /// <param name="archive">Whether the file is to be archived at all.</param>
    /// <param name="quality">Its quality.</param>
    /// <param name="qualityThreshold">The least quality that is archived.</param>
    /// <returns>One of <see cref="Recommendations"/>.</returns>
    public static string Recommend(bool archive, int quality, int qualityThreshold) =>
        !archive ? Unarchivable : quality >= qualityThreshold ? Archived : QualityFail;
}
