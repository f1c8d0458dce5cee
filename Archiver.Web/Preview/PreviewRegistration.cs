using Archiver.Web.Identity.Access;
using Archiver.Web.Preview.Endpoints;
using Archiver.Web.Preview.Files;
using Archiver.Web.Preview.Pdf;
using Archiver.Web.Shell.Hardening;

namespace Archiver.Web.Preview;

/// <summary>Registers the feature.</summary>
internal static class PreviewRegistration
{
    public static IServiceCollection AddPreview(this IServiceCollection services)
    {
        services.AddSingleton<FileStore>();
        services.AddSingleton<FileDirectory>();
        services.AddSingleton<IPdfWorker, PdfWorker>();
        services.AddSingleton<PdfPreviews>();
        services.AddSingleton<PreviewReader>();
        return services;
    }

    public static IEndpointRouteBuilder MapPreview(this IEndpointRouteBuilder endpoints)
    {
        MapFilesOf(endpoints, FileOwner.Approval);
        MapFilesOf(endpoints, FileOwner.Result);
        return endpoints;
    }

    private static void MapFilesOf(IEndpointRouteBuilder endpoints, FileOwner owner)
    {
        string route = $"{FileAddresses.Root(owner)}/{{id}}";
        endpoints.MapGet($"{route}/{FileAddresses.PicturePart}", (string id, FileDirectory directory, FileStore files, HttpContext context) =>
            PictureEndpoint.HandleAsync(directory.FindAsync(owner, id, context.RequestAborted), files, context))
            .RequireOperation(Operation.PreviewFile).WithSecurityHeadersPolicy(SecurityHeaders.ForeignPicture);
        endpoints.MapGet($"{route}/{FileAddresses.DocumentPart}", (string id, FileDirectory directory, PdfPreviews documents, HttpContext context) =>
            DocumentEndpoint.HandleAsync(directory.FindAsync(owner, id, context.RequestAborted), documents, context))
            .RequireOperation(Operation.PreviewFile).WithSecurityHeadersPolicy(SecurityHeaders.ForeignDocument);
        endpoints.MapGet($"{route}/{FileAddresses.DownloadPart}", (string id, FileDirectory directory, FileStore files, HttpContext context) =>
            DownloadEndpoint.HandleAsync(directory.FindAsync(owner, id, context.RequestAborted), files, context))
            .RequireOperation(Operation.DownloadFile);
    }
}
