using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.S3;

namespace Archiver.Lambdas.Tests.Functions;

/// <summary>An object, or one of its versions.</summary>
internal sealed record StoredObject(string? VersionId, long Length, Func<Stream> Open, string ETag, string? ContentType)
{
    public Dictionary<string, string> Metadata { get; init; } = [];

    public Dictionary<string, string> Tags { get; init; } = [];

    public DateTimeOffset StoredAt { get; init; }

    /// <summary>The checksum that a copy is made with, in base64.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Hides what lies below it; it is no object.</summary>
    public bool IsDeleteMarker { get; init; }
}

/// <summary>
/// The part of S3 that the functions call, in memory, behind the real SDK's client: what is under test goes through the SDK's own
/// encoding and parsing. A call can be made to fail, or to take effect and lose its answer.
/// </summary>
internal sealed class FakeS3 : HttpMessageHandler
{
    private readonly Dictionary<string, bool> _versionedByBucket = [];
    private readonly Dictionary<(string Bucket, string Key), List<StoredObject>> _objects = [];
    private int _versions;

    /// <summary>The service's clock.</summary>
    public Func<DateTimeOffset> Now { get; set; } = () => new DateTimeOffset(2026, 3, 26, 20, 14, 13, TimeSpan.Zero);

    /// <summary>The calls so far, such as <c>COPY archive a.pdf</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Whether the service tells the checksums of copies.</summary>
    public bool GivesChecksums { get; set; } = true;

    /// <summary>Asked before each call; an answer is given in its place, an exception breaks it off.</summary>
    public Func<string, HttpResponseMessage?>? Before { get; set; }

    /// <summary>Told after each call took effect; an exception loses the answer.</summary>
    public Action<string>? After { get; set; }

    public void CreateBucket(string name, bool versioned) => _versionedByBucket[name] = versioned;

    public StoredObject Put(string bucket, string key, string content, string? contentType = null) =>
        Put(bucket, key, Encoding.UTF8.GetBytes(content), contentType);

    public StoredObject Put(string bucket, string key, byte[] content, string? contentType = null) =>
        Add(bucket, key, new StoredObject(null, content.Length, () => new MemoryStream(content), $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}-1\"", contentType));

    public StoredObject Put(string bucket, string key, long length, Func<Stream> open) =>
        Add(bucket, key, new StoredObject(null, length, open, $"\"{key.Length:x}-{length:x}\"", null));

    public void Remove(string bucket, string key) => _objects.Remove((bucket, key));

    /// <summary>Deletes as people do, without a version: with versions a marker comes on top.</summary>
    public void Hide(string bucket, string key)
    {
        if (_versionedByBucket[bucket]) Add(bucket, key, new StoredObject(null, 0, () => Stream.Null, "\"marker\"", null) { IsDeleteMarker = true });
        else Remove(bucket, key);
    }

    /// <summary>The versions under a key, the current one last.</summary>
    public IReadOnlyList<StoredObject> Versions(string bucket, string key) => _objects.GetValueOrDefault((bucket, key)) ?? [];

    /// <summary>All that is stored, in a form that can be compared.</summary>
    public string Describe() => string.Join('\n', _objects.Where(pair => pair.Value.Count > 0)
        .OrderBy(pair => pair.Key.Bucket, StringComparer.Ordinal).ThenBy(pair => pair.Key.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key.Bucket} {pair.Key.Key}: {string.Join(", ", pair.Value.Select(stored => stored.ETag))}"));

    public AmazonS3Client Client() => new(new BasicAWSCredentials("test", "test"), new AmazonS3Config
    {
        ServiceURL = "http://s3.test",
        AuthenticationRegion = "us-east-1",
        ForcePathStyle = true,
        MaxErrorRetry = 0,
        HttpClientFactory = new Factory(this),
    });

    public static HttpResponseMessage Error(HttpStatusCode status, string code, string message = "The fake says so.") => new(status)
    {
        Content = new StringContent(new XElement("Error", new XElement("Code", code), new XElement("Message", message)).ToString(), Encoding.UTF8, "application/xml"),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        lock (_objects)
        {
            // The path as it stands on the wire: Uri's own properties would already have taken a “..” out.
            string target = request.RequestUri!.OriginalString["http://s3.test/".Length..];
            (string path, string query) = Cut(target, '?');
            (string bucket, string key) = Cut(path, '/');
            key = Uri.UnescapeDataString(key);
            Dictionary<string, string> parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => Cut(part, '=')).ToDictionary(part => part.Item1, part => Uri.UnescapeDataString(part.Item2));
            string? copySource = Header(request, "x-amz-copy-source");
            string operation = copySource is not null ? "COPY"
                : parameters.ContainsKey("versions") ? "VERSIONS"
                : !parameters.ContainsKey("tagging") ? request.Method.Method
                : request.Method == HttpMethod.Put ? "TAG" : "TAGS";
            string call = $"{operation} {bucket} {key}";
            Calls.Add(call);
            HttpResponseMessage response = Before?.Invoke(call) ?? (_versionedByBucket.ContainsKey(bucket)
                ? Answer(operation, request, body, bucket, key, parameters, copySource)
                : Error(HttpStatusCode.NotFound, "NoSuchBucket"));
            After?.Invoke(call);
            response.RequestMessage = request;
            return response;
        }
    }

    private HttpResponseMessage Answer(
        string operation, HttpRequestMessage request, byte[] body, string bucket, string key, Dictionary<string, string> parameters, string? copySource)
    {
        string? versionId = parameters.GetValueOrDefault("versionId");
        return operation switch
        {
            "GET" => Get(Find(bucket, key, versionId), withContent: true),
            "HEAD" => Get(Find(bucket, key, versionId), withContent: false),
            "TAGS" => Tags(Find(bucket, key, versionId)),
            "TAG" => Tag(bucket, key, Find(bucket, key, versionId), XElement.Load(new MemoryStream(body))),
            "VERSIONS" => List(bucket, parameters.GetValueOrDefault("prefix", "")),
            "COPY" => Copy(copySource!, request, bucket, key),
            "DELETE" => Delete(bucket, key, versionId, Header(request, "If-Match")),
            _ => Error(HttpStatusCode.NotImplemented, "NotImplemented"),
        };
    }

    private StoredObject? Find(string bucket, string key, string? versionId) =>
        Versions(bucket, key).LastOrDefault(stored => versionId is null || stored.VersionId == versionId);

    private HttpResponseMessage Get(StoredObject? stored, bool withContent)
    {
        if (stored is null or { IsDeleteMarker: true }) return withContent ? Error(HttpStatusCode.NotFound, "NoSuchKey") : new HttpResponseMessage(HttpStatusCode.NotFound);
        HttpResponseMessage response = new(HttpStatusCode.OK) { Content = withContent ? new StreamContent(stored.Open()) : new ByteArrayContent([]) };
        response.Content.Headers.ContentLength = stored.Length;
        response.Content.Headers.LastModified = stored.StoredAt;
        if (stored.ContentType is not null) response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(stored.ContentType);
        response.Headers.TryAddWithoutValidation("ETag", stored.ETag);
        if (stored.VersionId is not null) response.Headers.Add("x-amz-version-id", stored.VersionId);
        if (GivesChecksums && stored.Sha256 is not null) response.Headers.Add("x-amz-checksum-sha256", stored.Sha256);
        foreach ((string name, string value) in stored.Metadata) response.Headers.Add($"x-amz-meta-{name}", value);
        return response;
    }

    private static HttpResponseMessage Tags(StoredObject? stored) => stored is null
        ? Error(HttpStatusCode.NotFound, "NoSuchKey")
        : Xml(new XElement("Tagging", new XElement("TagSet",
            stored.Tags.Select(tag => new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value))))));

    private HttpResponseMessage Tag(string bucket, string key, StoredObject? stored, XElement tagging)
    {
        if (stored is null) return Error(HttpStatusCode.NotFound, "NoSuchKey");
        List<StoredObject> versions = _objects[(bucket, key)];
        versions[versions.IndexOf(stored)] = stored with
        {
            Tags = tagging.Descendants().Where(element => element.Name.LocalName == "Tag").ToDictionary(
                tag => tag.Elements().Single(part => part.Name.LocalName == "Key").Value,
                tag => tag.Elements().Single(part => part.Name.LocalName == "Value").Value),
        };
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    // All of them on one page: the newest of a key first.
    private HttpResponseMessage List(string bucket, string prefix) => Xml(new XElement(
        "ListVersionsResult",
        new XElement("IsTruncated", "false"),
        from pair in _objects
        where pair.Key.Bucket == bucket && pair.Key.Key.StartsWith(prefix, StringComparison.Ordinal)
        orderby pair.Key.Key
        from stored in Enumerable.Reverse(pair.Value)
        select new XElement(
            stored.IsDeleteMarker ? "DeleteMarker" : "Version",
            new XElement("Key", pair.Key.Key),
            new XElement("VersionId", stored.VersionId ?? "null"),
            new XElement("LastModified", stored.StoredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.000'Z'", System.Globalization.CultureInfo.InvariantCulture)),
            new XElement("Size", stored.Length))));

    private HttpResponseMessage Copy(string source, HttpRequestMessage request, string bucket, string key)
    {
        string? ifMatch = Header(request, "x-amz-copy-source-if-match");
        (string path, string query) = Cut(source.TrimStart('/'), '?');
        (string sourceBucket, string sourceKey) = Cut(Uri.UnescapeDataString(path), '/');
        string? versionId = query.Length == 0 ? null : Uri.UnescapeDataString(query["versionId=".Length..]);
        StoredObject? stored = Find(sourceBucket, sourceKey, versionId);
        if (stored is null) return Error(HttpStatusCode.NotFound, versionId is null ? "NoSuchKey" : "NoSuchVersion");
        if (ifMatch is not null && ifMatch != stored.ETag) return Error(HttpStatusCode.PreconditionFailed, "PreconditionFailed");
        Dictionary<string, string> metadata = request.Headers.Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key["x-amz-meta-".Length..], header => string.Join(',', header.Value));
        StoredObject copy = Header(request, "x-amz-metadata-directive") == "REPLACE"
            ? stored with { Metadata = metadata, ContentType = request.Content?.Headers.ContentType?.ToString() }
            : stored;
        using Stream content = stored.Open();
        copy = Add(bucket, key, copy with { Sha256 = Convert.ToBase64String(SHA256.HashData(content)) });
        HttpResponseMessage response = Xml(new XElement(
            "CopyObjectResult", new XElement("ETag", stored.ETag), GivesChecksums ? new XElement("ChecksumSHA256", copy.Sha256) : null));
        if (copy.VersionId is not null) response.Headers.Add("x-amz-version-id", copy.VersionId);
        return response;
    }

    private HttpResponseMessage Delete(string bucket, string key, string? versionId, string? ifMatch)
    {
        StoredObject? stored = Find(bucket, key, versionId);
        if (ifMatch is not null && stored is null) return Error(HttpStatusCode.NotFound, "NoSuchKey");
        if (ifMatch is not null && ifMatch != stored!.ETag) return Error(HttpStatusCode.PreconditionFailed, "PreconditionFailed");
        if (stored is not null) _objects[(bucket, key)].Remove(stored);
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private StoredObject Add(string bucket, string key, StoredObject content)
    {
        bool versioned = _versionedByBucket[bucket];
        StoredObject stored = content with { VersionId = versioned ? $"v{++_versions}" : null, StoredAt = Now() };
        if (!_objects.TryGetValue((bucket, key), out List<StoredObject>? versions)) _objects[(bucket, key)] = versions = [];
        if (!versioned) versions.Clear();
        versions.Add(stored);
        return stored;
    }

    private static HttpResponseMessage Xml(XElement body) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(body.ToString(), Encoding.UTF8, "application/xml"),
    };

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(',', values) : null;

    private static (string, string) Cut(string text, char separator)
    {
        int at = text.IndexOf(separator);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private sealed class Factory(FakeS3 s3) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(s3, disposeHandler: false);
    }
}
