using System.Net.Http.Headers;
using Archiver.Web.Api.Answers;
using Microsoft.AspNetCore.Http.Features;

namespace Archiver.Web.Api.Requests;

/// <summary>The body of a request that changes something, read whole: it is hashed before it is understood.</summary>
/// <param name="Bytes">The body.</param>
internal sealed record ApiBody(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The largest body, in bytes.</summary>
    public const int Largest = 1024 * 1024;

    /// <summary>What names everything that this request causes, so that the same request again causes it once; of its idempotency key, else at random.</summary>
    public required string Cause { get; init; }

    /// <summary>Whether an earlier request of the same key began, and ended without an answer: what it did may stand.</summary>
    public bool IsTakenOver { get; init; }

    /// <summary>The body of a request, which the API's own filter read.</summary>
    public static ApiBody Of(HttpContext http) => http.Features.GetRequiredFeature<ApiBody>();

    /// <summary>Reads a body.</summary>
    /// <returns>The bytes, or why they are not taken.</returns>
    public static async Task<(ReadOnlyMemory<byte> Bytes, ApiAnswer? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Largest) return (default, TooLarge());
        using MemoryStream body = new();
        byte[] buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (body.Length + read > Largest) return (default, TooLarge());
                body.Write(buffer, 0, read);
            }
        }
        catch (BadHttpRequestException exception)
        {
            return (default, exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge() : ApiProblem.Invalid.Answer("The body can't be read."));
        }
        if (body.Length > 0 && !IsJson(request.ContentType)) return (default, ApiProblem.NotJson.Answer($"A body is {ApiAnswer.Json}, in UTF-8."));
        return (body.ToArray(), null);
    }

    private static ApiAnswer TooLarge() => ApiProblem.TooLarge.Answer("A body has 1 MiB at most.");

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && type.MediaType?.Equals(ApiAnswer.Json, StringComparison.OrdinalIgnoreCase) == true
        && (type.CharSet is not { } charset || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
