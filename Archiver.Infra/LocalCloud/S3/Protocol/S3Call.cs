using System.Globalization;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>One request to S3 and the answer to it.</summary>
/// <param name="http">The request and response of the web server.</param>
/// <param name="address">What the request is about.</param>
/// <param name="requestId">The id that the answer carries.</param>
internal sealed class S3Call(HttpContext http, S3Address address, string requestId)
{
    public HttpContext Http { get; } = http;

    public S3Address Address { get; } = address;

    public string RequestId { get; } = requestId;

    public string Method => Http.Request.Method;

    public CancellationToken Cancellation => Http.RequestAborted;

    /// <summary>The bucket of a request that the router found to be about one.</summary>
    public string Bucket => Address.Bucket ?? throw new InvalidOperationException("The request names no bucket.");

    /// <summary>The key of a request that the router found to be about one.</summary>
    public string Key => Address.Key ?? throw new InvalidOperationException("The request names no key.");

    /// <summary>The version that the query names, checked for its form; nothing when it names none.</summary>
    public string? VersionId => Query("versionId") is { } versionId ? Identifiers.CheckVersionId(versionId) : null;

    /// <summary>A query parameter; nothing when it is not there.</summary>
    public string? Query(string name) => Address.Query.GetValueOrDefault(name);

    /// <summary>A query parameter that is a number.</summary>
    /// <exception cref="Archiver.Infra.LocalCloud.Wire.AwsError"><c>InvalidArgument</c>: it is none, or out of range.</exception>
    public int QueryNumber(string name, int missing, int least, int most)
    {
        if (Query(name) is not { } text)
            return missing;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw S3Errors.InvalidArgument($"{name} must be an integer between {least} and {most}.", name, text);
    }

    /// <summary>
    /// A header of the request; nothing when it is not there or empty. An <c>x-amz-</c> header may stand in a presigned URL's query
    /// instead. Checksums may not: some presigners put the checksum of an empty body there, which is not the body's.
    /// </summary>
    public string? Header(string name)
    {
        if (Http.Request.Headers.TryGetValue(name, out StringValues values) && values.ToString() is { Length: > 0 } value)
            return value;
        if (!name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            return null;
        foreach ((string parameter, string parameterValue) in Address.Query)
        {
            if (parameter.Equals(name, StringComparison.OrdinalIgnoreCase) && parameterValue.Length > 0 && !IsChecksumValue(name))
                return parameterValue;
        }
        return null;
    }

    /// <summary>The members of a header whose value is a list with commas.</summary>
    public IReadOnlyList<string> HeaderList(string name) =>
        Header(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The names, in lower case, of the request's headers that begin with a prefix; those of a presigned URL's query among them.</summary>
    public IEnumerable<string> HeaderNames(string prefix) =>
        Http.Request.Headers.Keys
            .Concat(Address.Query.Keys.Where(name => !IsChecksumValue(name)))
            .Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(name => name.ToLowerInvariant())
            .Distinct();

    /// <summary>Sets a header of the answer, when there is a value.</summary>
    public void SetHeader(string name, string? value)
    {
        if (value is not null)
            Http.Response.Headers[name] = value;
    }

    /// <summary>Ends the answer without a body.</summary>
    public Task EmptyAsync(int status)
    {
        Http.Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent && status != StatusCodes.Status304NotModified)
            Http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static bool IsChecksumValue(string name) =>
        name.StartsWith(Checksums.HeaderPrefix, StringComparison.OrdinalIgnoreCase)
        && Checksums.Find(name[Checksums.HeaderPrefix.Length..]) is not null;
}
