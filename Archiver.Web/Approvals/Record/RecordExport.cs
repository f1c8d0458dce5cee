using System.Text.Json;
using System.Text.Json.Serialization;
using Archiver.Web.Approvals.Inbox;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

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

    /// <summary>Answers it.</summary>
    public static async Task<Results<FileContentHttpResult, NotFound>> HandleAsync(string id, ApprovalsStore store, HttpContext context)
    {
        if (await store.GetRecordAsync(id, context.RequestAborted) is not { } record) return TypedResults.NotFound();
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        return TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(record, Options), "application/json", $"approval-{record.Approval.Id}.json");
    }
}
