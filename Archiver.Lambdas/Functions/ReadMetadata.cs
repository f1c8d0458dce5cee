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
    private readonly FileReader _reader;
    private readonly ArchiveRules _rules;
    private readonly int _qualityThreshold;
    private readonly TimeSpan _approvalTimeout;

    /// <summary>Makes the function in the managed runtime.</summary>
    public ReadMetadata() : this(FunctionServices.FromProcess()) { }

    /// <summary>
    /// Makes the function. Its environment has <c>QUALITY_THRESHOLD</c>, 0 to 100, and <c>APPROVAL_TIMEOUT_DAYS</c>, 1 to 365. It may have
    /// <c>ARCHIVABLE_TYPES</c> and <c>UNARCHIVABLE_TYPES</c>, media types such as <c>image/png</c> or <c>image/*</c>, and <c>UNARCHIVABLE_PREFIXES</c>,
    /// beginnings of keys; each separated by commas.
    /// </summary>
    /// <exception cref="FunctionConfigurationException">A variable is missing or wrong.</exception>
    public ReadMetadata(FunctionServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _services = services;
        _reader = new FileReader(services.S3);
        _rules = new ArchiveRules(
            ArchiveRules.List(services.Environment.GetValueOrDefault("ARCHIVABLE_TYPES")),
            ArchiveRules.List(services.Environment.GetValueOrDefault("UNARCHIVABLE_TYPES")),
            ArchiveRules.List(services.Environment.GetValueOrDefault("UNARCHIVABLE_PREFIXES")));
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
            ? await ReadFileAsync(request.ExecutionName, new ObjectLocation(bucket, key, run.VersionId))
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
            Item = ResultItem.Draft(file, approvalNeeded ? now : null, request.ExecutionArn),
        };
        return FunctionsJson.Write(state, FunctionsJson.Default.RunState);
    }

    private async Task<FileMetadata> ReadFileAsync(string id, ObjectLocation location)
    {
        string name = FileName.Of(location.Key);
        StoredFile stored = await _reader.ReadAsync(location, name);
        Content content = stored.Content;
        string contentType = content.Kind?.MediaTypeOf(name) ?? stored.ContentType ?? "application/octet-stream";
        bool? flag = ArchiveFlag.Read(location with { VersionId = stored.VersionId }, stored.Tags, stored.ArchiveEntry);
        FileCheck? notArchived = _rules.Against(location.Key, contentType, flag);
        QualityReport quality = QualityReport.Of(
            name, content, ChecksumCheck.Of(content, stored.Checksums), MalwareScan.Of(stored.Tags), notArchived);
        return new FileMetadata
        {
            Id = id,
            Name = name,
            Bucket = location.Bucket,
            Key = location.Key,
            VersionId = stored.VersionId,
            ETag = stored.ETag,
            Size = content.Size,
            ContentType = contentType,
            Sha256 = content.Sha256,
            Archive = notArchived is null,
            Quality = quality.Quality,
            QualityThreshold = _qualityThreshold,
            Checks = quality.Checks,
        };
    }
}
