namespace Archiver.Web.Cloud;

/// <summary>The names of what the stack created: everything that the dashboard works on.</summary>
/// <param name="StateMachineArn">The state machine whose runs are started and listed.</param>
/// <param name="ExpressStateMachineArn">The express state machine, for files in bulk that need no person.</param>
/// <param name="HumanQueueUrl">The queue on which approvals arrive.</param>
/// <param name="DeadLetterQueueUrl">Where messages go that can't be taken in.</param>
/// <param name="WebhookQueueUrl">The queue of what webhooks are to be told.</param>
/// <param name="WebhookDeadLetterQueueUrl">Where what webhooks could not be told goes.</param>
/// <param name="DropDeadLetterQueueUrl">Where dropped files go whose runs could not be started.</param>
/// <param name="ArchiveTable">The table of results.</param>
/// <param name="ApprovalsTable">The table of approvals: the inbox.</param>
/// <param name="DashboardTable">The table of what dashboards share beside approvals: sessions.</param>
/// <param name="AuditTable">The table of the audit trail.</param>
/// <param name="InboxBucket">The bucket that files arrive in.</param>
/// <param name="ArchiveBucket">The bucket of archived files.</param>
/// <param name="RejectedBucket">The bucket of files that were refused.</param>
public sealed record CloudResources(
    string StateMachineArn,
    string ExpressStateMachineArn,
    string HumanQueueUrl,
    string DeadLetterQueueUrl,
    string WebhookQueueUrl,
    string WebhookDeadLetterQueueUrl,
    string DropDeadLetterQueueUrl,
    string ArchiveTable,
    string ApprovalsTable,
    string DashboardTable,
    string AuditTable,
    string InboxBucket,
    string ArchiveBucket,
    string RejectedBucket)
{
    /// <summary>
    /// Puts the names together from what is known of them by name (<c>ArchiveTable</c>, ...).
    /// </summary>
    /// <param name="values">The values by the record's property names.</param>
    /// <returns>The names, or those that are missing.</returns>
    public static (CloudResources? Resources, IReadOnlyList<string> Missing) From(IReadOnlyDictionary<string, string> values)
    {
        List<string> missing = [];
        CloudResources resources = new(
            Value(nameof(StateMachineArn)),
            Value(nameof(ExpressStateMachineArn)),
            Value(nameof(HumanQueueUrl)),
            Value(nameof(DeadLetterQueueUrl)),
            Value(nameof(WebhookQueueUrl)),
            Value(nameof(WebhookDeadLetterQueueUrl)),
            Value(nameof(DropDeadLetterQueueUrl)),
            Value(nameof(ArchiveTable)),
            Value(nameof(ApprovalsTable)),
            Value(nameof(DashboardTable)),
            Value(nameof(AuditTable)),
            Value(nameof(InboxBucket)),
            Value(nameof(ArchiveBucket)),
            Value(nameof(RejectedBucket)));
        return missing.Count == 0 ? (resources, missing) : (null, missing);

        string Value(string name)
        {
            if (values.TryGetValue(name, out string? value) && !string.IsNullOrWhiteSpace(value)) return value;
            missing.Add(name);
            return "";
        }
    }
}
