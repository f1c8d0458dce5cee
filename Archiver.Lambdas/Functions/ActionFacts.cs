using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>What an action does to a file, and by whose word.</summary>
internal sealed record ActionFacts
{
    /// <summary>The <see cref="ResultAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The file as it was read, and decided on. It is a real one.</summary>
    public required FileMetadata File { get; init; }

    /// <summary>The run's execution; its name is the file's id.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>When the run came to its action: the same for every attempt at it.</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>The reviewer's word; nothing where no person answered.</summary>
    public Decision? Decision { get; init; }

    /// <summary>The very object that was read.</summary>
    public ObjectLocation Source => new(File.Bucket!, File.Key!, File.VersionId);
}
