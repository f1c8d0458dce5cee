using System.Text.RegularExpressions;
using Archiver.Web.Identity.Access;
using Archiver.Web.Preview.Files;
using Archiver.Web.Shell.Display;
using Archiver.Web.Shell.Downloads;
using Archiver.Web.Shell.Language;

namespace Archiver.Web.Preview.Endpoints;

/// <summary>
/// Sends a file to take away, as it is, on record. It is streamed, and a part of it can be asked for, so that the download of a large one
/// can go on where it broke off.
/// </summary>
internal static partial class DownloadEndpoint
{
    /// <summary>Answers it.</summary>
    public static async Task<IResult> HandleAsync(Task<OwnedFile?> found, FileStore files, HttpContext context)
    {
        if (await found is not { } owned) return FileProblems.Unknown();
        FileOpening opening = await OpenAsync(owned.File, files, context);
        if (opening is not FileOpening.Opened { File: var file }) return FileProblems.Of((FileOpening.Absent)opening);
        context.Response.RegisterForDispose(file);
        return new RecordedDownload
        {
            Operation = Operation.DownloadFile,
            Subject = owned.Subject,
            ContentType = "application/octet-stream", // whatever it is, it is not for the browser to show
            FileName = owned.File.Name,
            WriteAsync = async (body, cancellationToken) =>
            {
                context.Response.ContentLength = file.Length;
                context.Response.Headers.AcceptRanges = "bytes";
                context.Response.Headers.ETag = file.ETag;
                if (file.Range is { } range)
                {
                    context.Response.StatusCode = StatusCodes.Status206PartialContent;
                    context.Response.Headers.ContentRange = range;
                }
                await file.Content.CopyToAsync(body, cancellationToken);
                return file.Range is { } part ? $"Downloaded in part: {part}." : Words.InEnglish(() => $"Downloaded: {FileSize.Text(file.Length)}.");
            },
        };
    }

    // RFC 9110, 14.2: a range that is of another form, or several at once, may be answered with the whole.
    private static async Task<FileOpening> OpenAsync(FileRef file, FileStore files, HttpContext context)
    {
        string? range = context.Request.Headers.Range is [{ } asked] && OneRange().IsMatch(asked) ? asked : null;
        FileOpening opening = await files.OpenAsync(file, range, context.RequestAborted);
        if (range is null || context.Request.Headers.IfRange is not [{ } expected] || opening is not FileOpening.Opened { File: var part } || part.ETag == expected) return opening;
        part.Dispose();
        return await files.OpenAsync(file, null, context.RequestAborted);
    }

    [GeneratedRegex(@"^bytes=(\d{1,15}-\d{0,15}|-\d{1,15})$", RegexOptions.CultureInvariant)]
    private static partial Regex OneRange();
}
