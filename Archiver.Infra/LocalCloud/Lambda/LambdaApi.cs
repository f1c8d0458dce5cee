using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.Lambda;

/// <summary>The part of Lambda's API with which functions are looked at and called: Invoke, ListFunctions, GetFunction.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html</remarks>
internal sealed partial class LambdaApi(LambdaFunctions functions, ILambdaRuntime runtime, ILogger<LambdaApi> logger) : IWireApi
{
    private const string Root = "/2015-03-31/functions";
    private const int MaxItems = 50;

    /// <inheritdoc/>
    public WireProtocol Protocol => WireProtocol.RestJson;

    /// <inheritdoc/>
    public string SigningName => "lambda";

    /// <inheritdoc/>
    public long? MaxRequestBytes => LambdaRuntime.MaxPayloadBytes;

    /// <inheritdoc/>
    public bool Accepts(HttpRequest request) => request.Path.StartsWithSegments(Root, StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            string[] path = context.Request.Path.Value![Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
            Task answer = (context.Request.Method, path) switch
            {
                ("GET", []) => ListAsync(context),
                ("GET", [var name]) => GetAsync(context, Uri.UnescapeDataString(name)),
                ("POST", [var name, "invocations"]) => InvokeAsync(context, Uri.UnescapeDataString(name)),
                _ => throw new AwsError("UnknownOperationException", "The local cloud's Lambda has Invoke, ListFunctions and GetFunction.", 404),
            };
            await answer;
        }
        catch (AwsError error)
        {
            await RefuseAsync(context, error);
        }
    }

    /// <inheritdoc/>
    public Task RefuseAsync(HttpContext context, AwsError error)
    {
        context.Response.Headers["x-amzn-ErrorType"] = error.Code;
        return WriteAsync(context, error.StatusCode, new JsonObject
        {
            ["Type"] = error.StatusCode < 500 ? "User" : "Server",
            ["Message"] = error.Message,
        });
    }

    private Task ListAsync(HttpContext context)
    {
        string marker = context.Request.Query["Marker"].ToString();
        int count = int.TryParse(context.Request.Query["MaxItems"], out int asked) && asked is > 0 and < MaxItems ? asked : MaxItems;
        LambdaFunction[] rest = [.. functions.All.Where(function => string.CompareOrdinal(function.Name, marker) > 0)];
        JsonObject answer = new() { ["Functions"] = new JsonArray([.. rest.Take(count).Select(Configuration)]) };
        if (rest.Length > count)
            answer["NextMarker"] = rest[count - 1].Name;
        return WriteAsync(context, StatusCodes.Status200OK, answer);
    }

    private Task GetAsync(HttpContext context, string name) =>
        WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["Configuration"] = Configuration(functions.Require(Qualified(context, name))) });

    private async Task InvokeAsync(HttpContext context, string name)
    {
        LambdaFunction function = functions.Require(Qualified(context, name));
        byte[] payload = await ReadAsync(context.Request, context.RequestAborted);
        switch (context.Request.Headers["X-Amz-Invocation-Type"].ToString())
        {
            case "" or "RequestResponse":
                LambdaResult result = await runtime.InvokeAsync(function.Name, payload, context.RequestAborted);
                context.Response.Headers["X-Amz-Executed-Version"] = "$LATEST";
                if (result.FunctionError is not null)
                    context.Response.Headers["X-Amz-Function-Error"] = result.FunctionError;
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = result.Payload.Length;
                await context.Response.Body.WriteAsync(result.Payload, context.RequestAborted);
                break;
            case "Event":
                _ = RunAsync(function.Name, payload);
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                break;
            case "DryRun":
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case var other:
                throw new AwsError("InvalidParameterValueException", $"The invocation type '{other}' is none of RequestResponse, Event and DryRun.");
        }
    }

    private async Task RunAsync(string function, byte[] payload)
    {
        try
        {
            LambdaResult result = await runtime.InvokeAsync(function, payload, CancellationToken.None);
            if (result.FunctionError is not null)
                LogEventFailed(function, result.FunctionError);
        }
        catch (AwsError error)
        {
            LogEventFailed(function, error.Code);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // The dispatcher has read it by now, and held it to its limit.
        using MemoryStream buffer = new();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length == 0)
            return "{}"u8.ToArray();
        byte[] payload = buffer.ToArray();
        if (!Utf8.IsValid(payload))
            throw new AwsError("InvalidRequestContentException", "Could not parse request body into json: it is not UTF-8.");
        try
        {
            using JsonDocument _ = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 1024 });
        }
        catch (JsonException exception)
        {
            throw new AwsError("InvalidRequestContentException", $"Could not parse request body into json: {exception.Message}");
        }
        return payload;
    }

    private static JsonObject Configuration(LambdaFunction function) => new()
    {
        ["FunctionName"] = function.Name,
        ["FunctionArn"] = function.Arn,
        ["Runtime"] = "dotnet10",
        ["Role"] = function.RoleArn,
        ["Handler"] = function.Handler,
        ["Timeout"] = (int)function.Timeout.TotalSeconds,
        ["LastModified"] = function.ModifiedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", System.Globalization.CultureInfo.InvariantCulture),
        ["Version"] = "$LATEST",
        ["State"] = "Active",
        ["LastUpdateStatus"] = "Successful",
        ["PackageType"] = "Zip",
        ["Environment"] = new JsonObject
        {
            ["Variables"] = new JsonObject(function.Environment.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value))),
        },
    };

    private static string Qualified(HttpContext context, string name) =>
        context.Request.Query["Qualifier"].ToString() is { Length: > 0 } qualifier ? $"{name}:{qualifier}" : name;

    private static Task WriteAsync(HttpContext context, int statusCode, JsonObject body)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body), context.RequestAborted).AsTask();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The function {Function}, called without a caller who waits, failed: {Error}")]
    private partial void LogEventFailed(string function, string error);
}
