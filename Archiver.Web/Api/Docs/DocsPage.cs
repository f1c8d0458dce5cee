using System.IO.Compression;
using System.Reflection;
using Archiver.Web.Api.Tokens;
using Archiver.Web.Identity.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;

namespace Archiver.Web.Api.Docs;

/// <summary>
/// The page to try the API: Scalar's reference, of which the package brings a page with a script in it. No page here has one, so that
/// this is a page of our own around the package's script file.
/// </summary>
internal static class DocsPage
{
    /// <summary>The page's address.</summary>
    public const string Address = "/api/docs";

    private const string Script = "/api/docs/scalar.js";
    private const string Resource = "ScalarStaticAssets.scalar.js";
    private const string Page = $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1.0" />
          <title>API · Archiver</title>
          <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
        </head>
        <body>
          <noscript>This page takes JavaScript. The document that it shows is at <a href="{ApiDocument.Address}">{ApiDocument.Address}</a>.</noscript>
          <div id="reference" data-document="{ApiDocument.Address}"></div>
          <script src="{Script}"></script>
          <script src="/api-docs.js"></script>
        </body>
        </html>
        """;

    public static void MapApiDocument(this IEndpointRouteBuilder endpoints)
    {
        // People read the document at the page, with their session, and programs with their token.
        endpoints.MapDocument().WithMetadata(new AllowAttribute(Operation.ReadApprovals), new AuthorizeAttribute { AuthenticationSchemes = ApiSchemes.Either });
        endpoints.MapGet(Address, () => TypedResults.Content(Page, "text/html; charset=utf-8")).RequireOperation(Operation.ReadApprovals).ExcludeFromDescription();
        endpoints.MapGet(Script, GetScript).RequireOperation(Operation.ReadApprovals).ExcludeFromDescription();
    }

    private static FileStreamHttpResult GetScript(HttpContext http)
    {
        Assembly package = typeof(ScalarOptions).Assembly;
        Stream script = package.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The package Scalar.AspNetCore has no {Resource}.");
        http.Response.Headers[HeaderNames.CacheControl] = "private, max-age=3600";
        // The package holds it compressed, and every browser takes it so.
        bool isCompressed = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (isCompressed) http.Response.Headers.ContentEncoding = "gzip";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        return TypedResults.Stream(isCompressed ? script : new GZipStream(script, CompressionMode.Decompress), "text/javascript; charset=utf-8");
    }
}
