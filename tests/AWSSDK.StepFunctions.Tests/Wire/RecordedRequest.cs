using System.Text.Json.Nodes;

namespace Amazon.StepFunctions.Tests.Wire;

/// <summary>A request as it went over the wire.</summary>
internal sealed record RecordedRequest(string Method, Uri Url, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Target => Headers["X-Amz-Target"];

    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The parts of the signature's scope: key, day, region, service, end.</summary>
    public string[] SignatureScope =>
        Headers["Authorization"].Split("Credential=")[1].Split(',')[0].Split('/');

    public static async Task<RecordedRequest> FromAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        return new RecordedRequest(request.Method.Method, request.RequestUri!, headers, body);
    }
}
