using System.Text.Json;
using System.Text.Json.Serialization;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Downloads;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Archiver.Web.Approvals.Record;

/// <summary>The download of an approval with its record: everything that is known of it but its task token.</summary>
internal static class RecordExport
{
    /// <summary>The download's address.</summary>
    public const string Route = "/approvals/{id}/record.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The address for one approval.</summary>
    public static string Address(Approval approval) => $"/approvals/{Uri.EscapeDataString(approval.Id)}/record.json";

    /// <summary>Answers it. That it was taken is on record.</summary>
    public static async Task<Results<RecordedDownload, NotFound>> HandleAsync(string id, ApprovalsStore store, HttpContext context)
    {
        if (await store.GetRecordAsync(id, context.RequestAborted) is not { } record) return TypedResults.NotFound();
        return new RecordedDownload
        {
            Operation = Operation.ExportApproval,
            Subject = ApprovalAudit.Subject(record.Approval),
            ContentType = "application/json",
            FileName = $"approval-{record.Approval.Id}.json",
            WriteAsync = async (body, cancellationToken) =>
            {
                await body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(record, Options), cancellationToken);
                return "Exported.";
            },
        };
    }
}
