using Archiver.Lambdas.Contracts;
using Archiver.Lambdas.Quality;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// The first state of a run: reads the metadata of the input's file, or makes up that of a simulated one, and says what the
/// automatic choices will go by and what a reviewer would be asked.
/// </summary>
public sealed class ReadMetadata
{
    private readonly FunctionServices _services;
    private readonly ObjectReader _reader;
    private readonly ArchiveFlag _archiveFlag;
    private readonly int _qualityThreshold;
    private readonly TimeSpan _approvalTimeout;

    /// <summary>Makes the function in the managed runtime.</summary>
    public ReadMetadata() : this(FunctionServices.FromProcess()) { }

    /// <summary>Makes the function. Its environment has <c>QUALITY_THRESHOLD</c>, 0 to 100, and <c>APPROVAL_TIMEOUT_DAYS</c>, 1 to 365.</summary>
    /// <exception cref="FunctionConfigurationException">A variable is missing or wrong.</exception>
    public ReadMetadata(FunctionServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _services = services;
        _reader = new ObjectReader(services.S3);
        _archiveFlag = new ArchiveFlag(services.S3);
        _qualityThreshold = services.Number("QUALITY_THRESHOLD", 0, 100);
        _approvalTimeout = TimeSpan.FromDays(services.Number("APPROVAL_TIMEOUT_DAYS", 1, 365));
    }

    /// <summary>Reads the metadata.</summary>
    /// <param name="input">The run's input, and the execution's ARN and name.</param>
    /// <returns>The run's state: the file, what is asked of a reviewer, and the record as far as it is known.</returns>
    /// <exception cref="FunctionException">What is wrong with the input or the file, in words.</exception>
    public async Task<Stream> HandleAsync(Stream input)
    {
        ReadMetadataRequest request = await FunctionsJson.ReadAsync(input, FunctionsJson.Default.ReadMetadataRequest);
        RunInput run = RunInputReader.Read(request.Input);
        FileMetadata file = run is { Bucket: { } bucket, Key: { } key }
            ? await ReadFileAsync(request.ExecutionName, new ObjectLocation(bucket, key))
            : SimulatedFile.Draw(request.ExecutionName, run.Simulate, _qualityThreshold, _services.Random);

        bool approvalNeeded = run.ApprovalNeeded ?? false;
        DateTimeOffset now = _services.Time.GetUtcNow();
        RunState state = new()
        {
            ExecutionArn = request.ExecutionArn,
            ApprovalNeeded = approvalNeeded,
            Approval = new ApprovalRequest
            {
                Recommendation = ResultAction.Recommend(file.Archive, file.Quality, file.QualityThreshold),
                RequestedAt = now,
                ExpiresAt = now + _approvalTimeout,
                TimeoutSeconds = (long)_approvalTimeout.TotalSeconds,
                StartedBy = run.StartedBy,
            },
            File = file,
            Item = ResultItem.Draft(file, approvalNeeded, request.ExecutionArn),
        };
        return FunctionsJson.Write(state, FunctionsJson.Default.RunState);
    }

    private async Task<FileMetadata> ReadFileAsync(string id, ObjectLocation location)
    {
        ObjectContent content = await _reader.ReadAsync(location);
        bool archive = await _archiveFlag.ReadAsync(location with { VersionId = content.VersionId }, content.ArchiveEntry);
        string name = FileName.Of(location.Key);
        QualityReport quality = QualityReport.Of(name, content.Size, content.Head.Span);
        return new FileMetadata
        {
            Id = id,
            Name = name,
            Bucket = location.Bucket,
            Key = location.Key,
            VersionId = content.VersionId,
            ETag = content.ETag,
            Size = content.Size,
            ContentType = content.ContentType,
            Sha256 = content.Sha256,
            Archive = archive,
            Quality = quality.Quality,
            QualityThreshold = _qualityThreshold,
            Checks = quality.Checks,
        };
    }
}
