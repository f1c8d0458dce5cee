using Archiver.Web.Preview.Content;
using Archiver.Web.Preview.Files;
using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview.Endpoints;

/// <summary>
/// Sends a picture for an image's element and for nothing else: where the browser says what it wants it for, and that is a page or a frame,
/// it gets none. What is sent is told by the content.
/// </summary>
internal static class PictureEndpoint
{
    /// <summary>Answers it.</summary>
    public static async Task<IResult> HandleAsync(Task<OwnedFile?> found, FileStore files, HttpContext context)
    {
        if (context.Request.Headers["Sec-Fetch-Dest"] is [{ } purpose] && purpose != "image") return FileProblems.NotShown(L["This is shown as a picture only."]);
        if (await found is not { } owned) return FileProblems.Unknown();
        FileOpening opening = await files.OpenAsync(owned.File, null, context.RequestAborted);
        if (opening is not FileOpening.Opened { File: var file }) return FileProblems.Of((FileOpening.Absent)opening);

        context.Response.RegisterForDispose(file);
        byte[] head = new byte[Math.Min(PreviewReader.TextBytes, file.Length)];
        await file.Content.ReadExactlyAsync(head, context.RequestAborted);
        PreviewType type = PreviewTypes.Of(head, head.Length == file.Length);
        if (type is not { Kind: PreviewKind.Image or PreviewKind.Svg, MediaType: { } mediaType }) return FileProblems.NotShown(L["This is no picture."]);
        if (file.Length > PreviewReader.LargestPicture) return FileProblems.NotShown(L["This picture is larger than is shown."]);

        context.Response.ContentType = mediaType;
        context.Response.ContentLength = file.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(head, context.RequestAborted);
        await file.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        return TypedResults.Empty;
    }
}
