using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>One operation of a service that speaks an AWS JSON protocol: the request's members in, the response's out.</summary>
internal delegate Task<JsonObject> JsonOperation(JsonObject request, CancellationToken cancellationToken);

/// <summary>
/// A service over the <c>awsJson1_0</c> and <c>awsJson1_1</c> protocols: a POST to <c>/</c> whose <c>X-Amz-Target</c> names the
/// operation. A state machine's service integrations call the same operations through <see cref="InvokeAsync"/>.
/// See https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html.
/// </summary>
/// <param name="serviceId">The name that Step Functions prefixes to this service's errors, such as <c>DynamoDB</c>.</param>
/// <param name="targetPrefix">What stands before the dot in <c>X-Amz-Target</c>.</param>
/// <param name="jsonVersion"><c>1.0</c> or <c>1.1</c>.</param>
/// <param name="errorNamespace">What stands before the hash in an error's <c>__type</c>.</param>
internal abstract class JsonApi(string serviceId, string targetPrefix, string jsonVersion, string errorNamespace) : IWireApi
{
    // DynamoDB's items nest 32 levels of two JSON levels each. A member that is there twice is refused here: JsonObject would throw later.
    private const int MaxJsonDepth = 128;
    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = MaxJsonDepth, AllowDuplicateProperties = false };
    private static readonly JsonSerializerOptions WriteOptions = new() { MaxDepth = MaxJsonDepth };

    private readonly Dictionary<string, JsonOperation> _operations = new(StringComparer.Ordinal);

    /// <summary>The name that Step Functions prefixes to this service's errors.</summary>
    public string ServiceId { get; } = serviceId;

    /// <inheritdoc/>
    public WireProtocol Protocol => WireProtocol.Json;

    /// <inheritdoc/>
    public virtual string SigningName { get; } = serviceId.ToLowerInvariant();

    /// <inheritdoc/>
    /// <remarks>A mebibyte, as most of these services have it.</remarks>
    public virtual long? MaxRequestBytes => 1024 * 1024;

    private string ContentType => $"application/x-amz-json-{jsonVersion}";

    /// <inheritdoc/>
    public bool Accepts(HttpRequest request) =>
        request.Headers["X-Amz-Target"].ToString().StartsWith(targetPrefix + ".", StringComparison.Ordinal);

    /// <summary>Calls an operation in process, as the wire does.</summary>
    /// <exception cref="AwsError">The service refuses.</exception>
    public Task<JsonObject> InvokeAsync(string operation, JsonObject request, CancellationToken cancellationToken) =>
        _operations.TryGetValue(operation, out JsonOperation? handler)
            ? handler(request, cancellationToken)
            : throw new AwsError("UnknownOperationException", $"The local cloud does not have {targetPrefix}.{operation}.");

    /// <inheritdoc/>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            string operation = context.Request.Headers["X-Amz-Target"].ToString()[(targetPrefix.Length + 1)..];
            JsonObject request = await ReadAsync(context.Request, context.RequestAborted);
            JsonObject response = await InvokeAsync(operation, request, context.RequestAborted);
            await WriteAsync(context.Response, StatusCodes.Status200OK, response, context.RequestAborted);
        }
        catch (AwsError error)
        {
            await RefuseAsync(context, error);
        }
    }

    /// <inheritdoc/>
    public Task RefuseAsync(HttpContext context, AwsError error)
    {
        JsonObject body = error.Members?.DeepClone().AsObject() ?? [];
        body["__type"] = $"{errorNamespace}#{error.Code}";
        body["message"] = error.Message;
        if (error.QueryCode is not null)
            context.Response.Headers["x-amzn-query-error"] = $"{error.QueryCode};{(error.StatusCode < 500 ? "Sender" : "Receiver")}";
        return WriteAsync(context.Response, error.StatusCode, body, context.RequestAborted);
    }

    /// <summary>Registers an operation under its name in the service's model.</summary>
    protected void Operation(string name, JsonOperation handler) => _operations.Add(name, handler);

    private static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // The dispatcher has read it by now, and held it to its limit.
        using MemoryStream buffer = request.Body as MemoryStream ?? new MemoryStream();
        if (buffer != request.Body)
            await request.Body.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length == 0)
            return [];
        try
        {
            RefuseBrokenText(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
            return JsonNode.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), documentOptions: ReadOptions) as JsonObject
                ?? throw new AwsError("SerializationException", "The request's body is no JSON object.");
        }
        catch (JsonException exception)
        {
            throw new AwsError("SerializationException", $"The request's body is not JSON: {exception.Message}");
        }
    }

    /// <summary>Refuses half of a surrogate pair, such as <c>\ud800</c>, and bytes that are no UTF-8: the parser lets both through, and they
    /// throw when they are first read.</summary>
    private static void RefuseBrokenText(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            throw new AwsError("SerializationException", "The request's body is not UTF-8.");
        if (body.IndexOf("\\u"u8) < 0)
            return;
        Utf8JsonReader reader = new(body, new JsonReaderOptions { MaxDepth = MaxJsonDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    _ = reader.GetString();
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new AwsError("SerializationException", $"The request's body has text that is no Unicode: {exception.Message}");
        }
    }

    private async Task WriteAsync(HttpResponse response, int statusCode, JsonObject body, CancellationToken cancellationToken)
    {
        response.StatusCode = statusCode;
        response.ContentType = ContentType;
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(body, WriteOptions);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, cancellationToken);
    }
}
