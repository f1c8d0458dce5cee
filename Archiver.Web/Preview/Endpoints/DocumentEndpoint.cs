using Archiver.Web.Preview.Files;
using Archiver.Web.Preview.Pdf;
using Microsoft.Net.Http.Headers;

namespace Archiver.Web.Preview.Endpoints;

/// <summary>Sends a document for the browser's viewer, disarmed; what can't be disarmed is not sent.</summary>
internal static class DocumentEndpoint
{
    /// <summary>Answers it.</summary>
    public static async Task<IResult> HandleAsync(Task<OwnedFile?> found, PdfPreviews documents, HttpContext context)
    {
        if (await found is not { } owned) return FileProblems.Unknown();
        switch (await documents.GetAsync(owned.File, context.RequestAborted))
        {
            case PdfPreview.Shown { Document: var document }:
                ContentDispositionHeaderValue disposition = new("inline");
                disposition.SetHttpFileName(owned.File.Name);
                context.Response.Headers.ContentDisposition = disposition.ToString();
                context.Response.Headers.CacheControl = "no-store";
                return TypedResults.Bytes(document, "application/pdf");
            case PdfPreview.NotShown { Problem: var problem }:
                return FileProblems.NotShown(PdfText.Of(problem));
            case PdfPreview.Absent { Why: var why }:
                return FileProblems.Of(why);
            default:
                throw new InvalidOperationException("A document is shown or it is not.");
        }
    }
}
