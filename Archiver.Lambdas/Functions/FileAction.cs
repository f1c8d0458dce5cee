using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>What the five actions have in common: they act on a real file, not on a simulated one, and say what is recorded.</summary>
/// <param name="action">The <see cref="ResultAction"/>.</param>
/// <param name="act">Does it to a real file, and gives where the file is then.</param>
internal sealed class FileAction(string action, Func<ActionFacts, Task<ObjectLocation>> act)
{
    public async Task<Stream> HandleAsync(Stream input)
    {
        ActionRequest request = await FunctionsJson.ReadAsync(input, FunctionsJson.Default.ActionRequest);
        RunState run = request.Run;
        FileMetadata file = run.File;
        Decision? decision = run.Decision is { } answer ? DecisionReader.Read(answer) : null; // before anything is moved
        ActionFacts facts = new() { Action = action, File = file, ExecutionArn = run.ExecutionArn, EnteredAt = request.EnteredAt, Decision = decision };
        ObjectLocation? place = file.IsReal ? await act(facts) : null;

        ResultRecord result = new()
        {
            Id = file.Id,
            Timestamp = request.EnteredAt,
            Archive = file.Archive,
            Quality = file.Quality,
            Action = action,
            Approval = run.ApprovalNeeded,
            FileName = file.Name,
            Bucket = place?.Bucket,
            Key = place?.Key,
            VersionId = place?.VersionId,
            Size = file.Size,
            ContentType = file.ContentType,
            Sha256 = file.Sha256,
            Approved = decision?.Approved,
            Reviewer = decision?.Reviewer,
            Comment = decision?.Comment,
            QualityThreshold = file.QualityThreshold,
            RequestedAt = run.ApprovalNeeded ? run.Approval.RequestedAt : null,
            DecidedAt = decision is null ? null : DecidedAt(decision, request.EnteredAt),
            ExecutionArn = run.ExecutionArn,
        };
        ActionResponse response = new() { Item = ResultItem.Complete(run.Item, result), Result = result };
        return FunctionsJson.Write(response, FunctionsJson.Default.ActionResponse);
    }

    // Who answers from a shell says no time, and any clock may be wrong: the run went on with the answer when it had it.
    private static DateTimeOffset DecidedAt(Decision decision, DateTimeOffset enteredAt) =>
        decision.DecidedAt is { } told && told < enteredAt ? told : enteredAt;
}
