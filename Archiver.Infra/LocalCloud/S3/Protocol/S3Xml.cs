using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.AspNetCore.Http;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>XML as S3 reads and writes it.</summary>
internal static class S3Xml
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    // A key may have letters that XML 1.0 has not: S3 writes them as character references, and so does a writer that does not
    // check. Carriage returns become references too, or a reader would turn them into line feeds.
    private static readonly XmlWriterSettings WriterSettings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.Entitize,
    };

    private static readonly XmlReaderSettings ReaderSettings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,
        MaxCharactersInDocument = S3Limits.XmlBody,
    };

    /// <summary>Answers with a document.</summary>
    /// <param name="root">The root element's name.</param>
    /// <param name="content">Writes what is in it.</param>
    public static Task WriteAsync(this S3Call call, string root, Action<XmlWriter> content) =>
        WriteAsync(call.Http, StatusCodes.Status200OK, root, Namespace, content);

    /// <summary>Answers with an error. A HEAD gets its status alone.</summary>
    /// <param name="resource">What the request was about, as it asked for it.</param>
    public static Task WriteErrorAsync(HttpContext http, AwsError error, string resource, string requestId)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = error.StatusCode;
            http.Response.ContentType = "application/xml";
            return Task.CompletedTask;
        }
        return WriteAsync(http, error.StatusCode, "Error", null, xml =>
        {
            xml.Element("Code", error.Code);
            xml.Element("Message", error.Message);
            foreach ((string name, System.Text.Json.Nodes.JsonNode? value) in error.Members ?? [])
                xml.Element(name, value?.ToString());
            xml.Element("Resource", resource);
            xml.Element("RequestId", requestId);
        });
    }

    /// <summary>Reads a request's body as a document, checked against what its headers promise of it.</summary>
    /// <param name="root">The name that the root element must have.</param>
    /// <param name="withChecksum">Whether a checksum header is of the body; that of CompleteMultipartUpload is not.</param>
    /// <exception cref="AwsError"><c>MalformedXML</c>, or the body is not what was promised.</exception>
    public static async Task<XElement> ReadXmlAsync(this S3Call call, string root, bool withChecksum = true)
    {
        byte[] bytes = await ReadBytesAsync(ObjectBody.Of(call, S3Limits.XmlBody, withChecksum), call.Cancellation);
        if (bytes.Length == 0)
            throw S3Errors.MalformedXml("the body is empty.");
        try
        {
            using XmlReader reader = XmlReader.Create(new MemoryStream(bytes), ReaderSettings);
            // A key may be white space and nothing else.
            XElement element = XElement.Load(reader, LoadOptions.PreserveWhitespace);
            return element.Name.LocalName == root ? element : throw S3Errors.MalformedXml($"its root is {element.Name.LocalName} and not {root}.");
        }
        catch (XmlException exception)
        {
            throw S3Errors.MalformedXml(exception.Message);
        }
    }

    /// <summary>Writes an element with text, or nothing where there is no text.</summary>
    public static void Element(this XmlWriter xml, string name, string? value)
    {
        if (value is not null)
            xml.WriteElementString(name, value);
    }

    /// <summary>Writes an element with a number.</summary>
    public static void Element(this XmlWriter xml, string name, long value) =>
        xml.WriteElementString(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes an element with a truth value.</summary>
    public static void Element(this XmlWriter xml, string name, bool value) => xml.WriteElementString(name, value ? "true" : "false");

    /// <summary>Writes an element with a time, ISO 8601 in UTC with milliseconds.</summary>
    public static void Element(this XmlWriter xml, string name, DateTimeOffset value) => xml.WriteElementString(name, Timestamp(value));

    /// <summary>Writes an element with others in it.</summary>
    public static void Element(this XmlWriter xml, string name, Action<XmlWriter> content)
    {
        xml.WriteStartElement(name);
        content(xml);
        xml.WriteEndElement();
    }

    /// <summary>A time as S3 writes it in XML.</summary>
    public static string Timestamp(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The children of an element, none of which may have a name that is not allowed: what is not understood is not passed over.</summary>
    /// <exception cref="AwsError"><c>MalformedXML</c>.</exception>
    public static XElement[] Children(this XElement element, params string[] allowed)
    {
        XElement[] children = [.. element.Elements()];
        return children.FirstOrDefault(child => !allowed.Contains(child.Name.LocalName)) is { } unknown
            ? throw S3Errors.MalformedXml($"{element.Name.LocalName} has no {unknown.Name.LocalName}.")
            : children;
    }

    /// <summary>The text of the only child of a name; nothing when there is no such child.</summary>
    /// <exception cref="AwsError"><c>MalformedXML</c>: there are several.</exception>
    public static string? Text(this XElement element, string name)
    {
        XElement[] children = [.. element.Elements().Where(child => child.Name.LocalName == name).Take(2)];
        return children.Length switch
        {
            0 => null,
            1 => children[0].Value,
            _ => throw S3Errors.MalformedXml($"{element.Name.LocalName} has more than one {name}."),
        };
    }

    private static async Task WriteAsync(HttpContext http, int status, string root, string? ns, Action<XmlWriter> content)
    {
        using MemoryStream buffer = new();
        using (XmlWriter xml = XmlWriter.Create(buffer, WriterSettings))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement(root, ns);
            content(xml);
            xml.WriteEndElement();
        }
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/xml";
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted);
    }

    private static async Task<byte[]> ReadBytesAsync(ObjectBody body, CancellationToken cancellationToken)
    {
        using BodyDigest digest = body.StartDigest();
        using MemoryStream buffer = new();
        byte[] chunk = new byte[16 * 1024];
        for (int read; (read = await body.Content.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (buffer.Length + read > S3Limits.XmlBody)
                throw S3Errors.EntityTooLarge(buffer.Length + read, S3Limits.XmlBody);
            digest.Append(chunk.AsSpan(0, read));
            buffer.Write(chunk, 0, read);
        }
        body.Verify(digest);
        return buffer.ToArray();
    }
}
