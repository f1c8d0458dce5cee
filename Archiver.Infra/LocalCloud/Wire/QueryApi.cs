using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>A request of the query protocol.</summary>
/// <param name="Fields">The form's fields by name.</param>
/// <param name="Path">The path that it was sent to; <c>/</c> but for services whose resources have addresses of their own.</param>
internal sealed record QueryRequest(IReadOnlyDictionary<string, string> Fields, string Path);

/// <summary>One operation of a service that speaks the query protocol: the form's fields in, the children of the result out.</summary>
internal delegate XElement[] QueryOperation(IReadOnlyDictionary<string, string> request);

/// <summary>A <see cref="QueryOperation"/> that may take its time, or needs more of the request. It gives nothing if it has no result at all.</summary>
internal delegate Task<XElement[]?> AsyncQueryOperation(QueryRequest request, CancellationToken cancellationToken);

/// <summary>
/// A service over the <c>awsQuery</c> protocol: a form POST whose <c>Action</c> names the operation, answered in XML.
/// Such requests look alike for all services, so what a request was signed for tells whose it is.
/// See https://smithy.io/2.0/aws/protocols/aws-query-protocol.html.
/// </summary>
/// <param name="signingName">The service in the signature's credential scope, such as <c>sts</c>.</param>
/// <param name="xmlNamespace">The namespace of the answers, which carries the API's version.</param>
internal abstract class QueryApi(string signingName, XNamespace xmlNamespace) : IWireApi
{
    // A carriage return as it is would be a line feed to every XML parser.
    private static readonly XmlWriterSettings WriteSettings = new() { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize };

    private readonly Dictionary<string, AsyncQueryOperation> _operations = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public WireProtocol Protocol => WireProtocol.Query;

    /// <inheritdoc/>
    public string SigningName => signingName;

    /// <inheritdoc/>
    public virtual long? MaxRequestBytes => 1024 * 1024;

    /// <summary>Whether a request is one of the query protocol, whatever service it is for.</summary>
    public static bool IsForm(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    /// <inheritdoc/>
    public bool Accepts(HttpRequest request) => IsForm(request)
        && request.Headers.Authorization.ToString().Contains($"/{signingName}/aws4_request", StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            QueryRequest request = new(await ReadAsync(context), context.Request.Path.Value ?? "/");
            string action = request.Fields.GetValueOrDefault("Action") ?? throw new AwsError("MissingAction", "The request has no Action.");
            if (!_operations.TryGetValue(action, out AsyncQueryOperation? operation))
                throw new AwsError("InvalidAction", $"The local cloud does not have {signingName}:{action}.");
            XElement[]? result = await operation(request, context.RequestAborted);
            string requestId = NewRequestId(context);
            await WriteAsync(
                context.Response,
                new XElement(
                    xmlNamespace + $"{action}Response",
                    result is null ? null : new XElement(xmlNamespace + $"{action}Result", result),
                    new XElement(xmlNamespace + "ResponseMetadata", new XElement(xmlNamespace + "RequestId", requestId))),
                context.RequestAborted);
        }
        catch (AwsError error)
        {
            await RefuseAsync(context, error);
        }
    }

    /// <inheritdoc/>
    public Task RefuseAsync(HttpContext context, AwsError error)
    {
        context.Response.StatusCode = error.StatusCode;
        string requestId = NewRequestId(context);
        return WriteAsync(
            context.Response,
            new XElement(
                xmlNamespace + "ErrorResponse",
                new XElement(
                    xmlNamespace + "Error",
                    new XElement(xmlNamespace + "Type", error.StatusCode < 500 ? "Sender" : "Receiver"),
                    new XElement(xmlNamespace + "Code", error.QueryCode ?? error.Code),
                    new XElement(xmlNamespace + "Message", error.Message)),
                new XElement(xmlNamespace + "RequestId", requestId)),
            context.RequestAborted);
    }

    /// <summary>Registers an operation under its name in the service's model.</summary>
    protected void Operation(string name, QueryOperation handler) =>
        Operation(name, (request, _) => Task.FromResult<XElement[]?>(handler(request.Fields)));

    /// <summary>Registers an operation under its name in the service's model.</summary>
    protected void Operation(string name, AsyncQueryOperation handler) => _operations.Add(name, handler);

    private static string NewRequestId(HttpContext context)
    {
        string requestId = Guid.NewGuid().ToString();
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        return requestId;
    }

    private async Task<IReadOnlyDictionary<string, string>> ReadAsync(HttpContext context)
    {
        // Two of them, say: it begins as that of a form.
        if (!context.Request.HasFormContentType)
            throw new AwsError("MalformedQueryString", "The request's Content-Type is not application/x-www-form-urlencoded.");
        try
        {
            IFormCollection form = await context.Request.ReadFormAsync(
                new FormOptions { BufferBody = false, ValueLengthLimit = (int)MaxRequestBytes!, KeyLengthLimit = 2048, ValueCountLimit = 1024 }, context.RequestAborted);
            return form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        }
        catch (InvalidDataException exception)
        {
            throw new AwsError("MalformedQueryString", $"The request's body is no form: {exception.Message}");
        }
    }

    private static async Task WriteAsync(HttpResponse response, XElement answer, CancellationToken cancellationToken)
    {
        foreach (XText text in answer.DescendantNodes().OfType<XText>())
            text.Value = Printable(text.Value);
        using MemoryStream buffer = new();
        using (XmlWriter writer = XmlWriter.Create(buffer, WriteSettings))
            answer.WriteTo(writer);
        response.ContentType = "text/xml";
        response.ContentLength = buffer.Length;
        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
    }

    /// <summary>A text with U+FFFD for what XML 1.0 has no way to write, such as a control character in a name that an error repeats.</summary>
    private static string Printable(string text) => text.All(c => XmlConvert.IsXmlChar(c))
        ? text
        // Half of a surrogate pair comes out of the enumeration as U+FFFD.
        : string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar : rune));
}
