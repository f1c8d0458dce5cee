using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>One operation of a service that speaks the query protocol: the form's fields in, the children of the result out.</summary>
internal delegate XElement[] QueryOperation(IReadOnlyDictionary<string, string> request);

/// <summary>
/// A service over the <c>awsQuery</c> protocol: a form POST to <c>/</c> whose <c>Action</c> names the operation, answered in XML.
/// Such requests look alike for all services, so what a request was signed for tells whose it is.
/// See https://smithy.io/2.0/aws/protocols/aws-query-protocol.html.
/// </summary>
/// <param name="signingName">The service in the signature's credential scope, such as <c>sts</c>.</param>
/// <param name="xmlNamespace">The namespace of the answers, which carries the API's version.</param>
internal abstract class QueryApi(string signingName, XNamespace xmlNamespace) : IWireApi
{
    private const int MaxRequestBytes = 1024 * 1024;
    private readonly Dictionary<string, QueryOperation> _operations = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Accepts(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
        && request.Headers.Authorization.ToString().Contains($"/{signingName}/aws4_request", StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task HandleAsync(HttpContext context)
    {
        string requestId = Guid.NewGuid().ToString();
        XElement answer;
        try
        {
            IReadOnlyDictionary<string, string> request = await ReadAsync(context);
            string action = request.GetValueOrDefault("Action") ?? throw new AwsError("MissingAction", "The request has no Action.");
            if (!_operations.TryGetValue(action, out QueryOperation? operation))
                throw new AwsError("InvalidAction", $"The local cloud does not have {signingName}:{action}.");
            answer = new XElement(
                xmlNamespace + $"{action}Response",
                new XElement(xmlNamespace + $"{action}Result", operation(request)),
                new XElement(xmlNamespace + "ResponseMetadata", new XElement(xmlNamespace + "RequestId", requestId)));
        }
        catch (AwsError error)
        {
            context.Response.StatusCode = error.StatusCode;
            answer = new XElement(
                xmlNamespace + "ErrorResponse",
                new XElement(
                    xmlNamespace + "Error",
                    new XElement(xmlNamespace + "Type", error.StatusCode < 500 ? "Sender" : "Receiver"),
                    new XElement(xmlNamespace + "Code", error.Code),
                    new XElement(xmlNamespace + "Message", error.Message)),
                new XElement(xmlNamespace + "RequestId", requestId));
        }
        context.Response.ContentType = "text/xml";
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        await context.Response.WriteAsync(answer.ToString(SaveOptions.DisableFormatting), context.RequestAborted);
    }

    /// <summary>Registers an operation under its name in the service's model.</summary>
    protected void Operation(string name, QueryOperation handler) => _operations.Add(name, handler);

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(HttpContext context)
    {
        // A body without a length is measured while it is read, by the form's own limits.
        if (context.Request.ContentLength > MaxRequestBytes)
            throw new AwsError("RequestEntityTooLarge", $"A request is {MaxRequestBytes} bytes at most.", 413);
        try
        {
            IFormCollection form = await context.Request.ReadFormAsync(
                new FormOptions { BufferBody = false, ValueLengthLimit = MaxRequestBytes, KeyLengthLimit = 2048, ValueCountLimit = 1024 }, context.RequestAborted);
            return form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        }
        catch (InvalidDataException exception)
        {
            throw new AwsError("MalformedQueryString", $"The request's body is no form: {exception.Message}");
        }
    }
}
