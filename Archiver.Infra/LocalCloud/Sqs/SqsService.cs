using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>A page of queues.</summary>
/// <param name="Queues">The queues, by name.</param>
/// <param name="NextToken">What to ask the next page with, if there is one.</param>
internal sealed record QueuePage(IReadOnlyList<Queue> Queues, string? NextToken);

/// <summary>The queues: makes, finds, describes, changes and deletes them. The definitions are few, so they are held in memory, too.</summary>
internal sealed partial class SqsService : IDisposable
{
    private const int TagLimit = 50;

    private readonly SqsStore _store;
    private readonly CloudEndpoint _endpoint;
    private readonly CloudIdentity _identity;
    private readonly TimeProvider _time;
    private readonly ILogger<SqsService> _logger;

    // Guards every change of definitions, so that the store and the memory say the same; finding one takes no lock.
    private readonly Lock _changing = new();
    private readonly ConcurrentDictionary<string, LiveQueue> _queues = new(StringComparer.Ordinal);

    public SqsService(SqsStore store, CloudEndpoint endpoint, CloudIdentity identity, TimeProvider time, ILogger<SqsService> logger)
    {
        _store = store;
        _endpoint = endpoint;
        _identity = identity;
        _time = time;
        _logger = logger;
        foreach (Queue queue in store.Queues.Load())
            _queues[queue.Name] = new LiveQueue(queue, time);
    }

    /// <summary>Makes a queue, or finds the one of that name when it has what is asked for.</summary>
    /// <param name="name">1 to 80 letters, digits, hyphens and underscores.</param>
    /// <param name="attributes">Settings by attribute name; the defaults stand for the others.</param>
    /// <param name="tags">Tags; of a queue that is there already, they stay as they are.</param>
    /// <exception cref="AwsError">A name or value that can't be, or <c>QueueNameExists</c>: it is there with other settings.</exception>
    public Queue Create(string name, IReadOnlyDictionary<string, string> attributes, IReadOnlyDictionary<string, string> tags)
    {
        CheckName(name);
        CheckTags(tags);
        lock (_changing)
        {
            if (_queues.TryGetValue(name, out LiveQueue? existing))
            {
                Queue found = existing.Definition;
                IReadOnlyDictionary<string, string> wanted = found.Settings.With(attributes).ToAttributes();
                IReadOnlyDictionary<string, string> actual = found.Settings.ToAttributes();
                string? different = attributes.Keys.FirstOrDefault(key => wanted.GetValueOrDefault(key) != actual.GetValueOrDefault(key));
                return different is null ? found : throw SqsErrors.QueueNameExists(different);
            }
            QueueSettings settings = QueueSettings.Default.With(attributes);
            CheckRedrive(_identity.Arn("sqs", name), settings);
            Queue queue = _store.Queues.Add(name, settings, tags, _time.GetUtcNow());
            _queues[name] = new LiveQueue(queue, _time);
            LogCreated(name);
            return queue;
        }
    }

    /// <summary>Makes a queue with exactly these settings and tags, or brings the one of that name to them. Its messages stay.</summary>
    public Queue CreateOrReplace(string name, IReadOnlyDictionary<string, string> attributes, IReadOnlyDictionary<string, string> tags)
    {
        lock (_changing)
        {
            if (!_queues.TryGetValue(name, out LiveQueue? live))
                return Create(name, attributes, tags);
            CheckTags(tags);
            QueueSettings settings = QueueSettings.Default.With(attributes);
            CheckRedrive(live.Definition.Arn, settings);
            return Redefine(live, live.Definition with { Settings = settings, Tags = tags });
        }
    }

    /// <summary>
    /// Deletes a queue with its messages, at once. AWS takes up to 60 seconds and refuses the name for as long
    /// (<c>QueueDeletedRecently</c>); here the queue is gone when the call returns, so the name is free.
    /// </summary>
    public void Delete(string queueUrl)
    {
        lock (_changing)
        {
            LiveQueue live = Find(queueUrl);
            _store.Queues.Delete(live.Definition.Id);
            _queues.TryRemove(live.Definition.Name, out _);
            live.MarkDeleted();
            live.Dispose();
            LogDeleted(live.Definition.Name);
        }
    }

    /// <summary>The queue of a URL. Its host and port may be any: a queue is known by account and name, the last two segments.</summary>
    /// <exception cref="AwsError"><c>QueueDoesNotExist</c>, or <c>InvalidAddress</c> for what is no queue's URL.</exception>
    public LiveQueue Find(string queueUrl)
    {
        string[] segments = Uri.TryCreate(queueUrl, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)
            : [];
        if (segments.Length < 2)
            throw SqsErrors.InvalidAddress(queueUrl);
        return segments[^2] == _identity.AccountId && _queues.TryGetValue(segments[^1], out LiveQueue? queue)
            ? queue
            : throw SqsErrors.QueueDoesNotExist();
    }

    /// <summary>The queue of an ARN, if it is there.</summary>
    public LiveQueue? FindByArn(string arn) =>
        _queues.TryGetValue(arn[(arn.LastIndexOf(':') + 1)..], out LiveQueue? queue) && queue.Definition.Arn == arn ? queue : null;

    /// <summary>The queue of a name.</summary>
    /// <exception cref="AwsError"><c>QueueDoesNotExist</c>.</exception>
    public Queue FindByName(string name, string? accountId)
    {
        CheckName(name);
        return (accountId is null || accountId == _identity.AccountId) && _queues.TryGetValue(name, out LiveQueue? queue)
            ? queue.Definition
            : throw SqsErrors.QueueDoesNotExist();
    }

    /// <summary>The URL by which clients call a queue.</summary>
    public string UrlOf(Queue queue) => $"{_endpoint.Uri.GetLeftPart(UriPartial.Authority)}/{_identity.AccountId}/{queue.Name}";

    /// <summary>The queues whose names start with a prefix, by name.</summary>
    public QueuePage List(string prefix, int? maxResults, string? nextToken) =>
        Page(_queues.Values.Select(live => live.Definition).Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal)), maxResults, nextToken);

    /// <summary>The queues that send their dead letters to this one, by name.</summary>
    public QueuePage ListDeadLetterSources(string queueUrl, int? maxResults, string? nextToken)
    {
        string arn = Find(queueUrl).Definition.Arn;
        return Page(SourcesOf(arn), maxResults, nextToken);
    }

    /// <summary>Whether queues send their dead letters to this one.</summary>
    public bool IsDeadLetterQueue(string arn) => SourcesOf(arn).Any();

    /// <summary>The attributes of a queue that are asked for, by name; <c>All</c> for all. What has no value is not in the answer.</summary>
    /// <exception cref="AwsError"><c>InvalidAttributeName</c>, <c>QueueDoesNotExist</c>.</exception>
    public IReadOnlyDictionary<string, string> Attributes(string queueUrl, IReadOnlyList<string> names)
    {
        Queue queue = Find(queueUrl).Definition;
        if (names.FirstOrDefault(name => !QueueAttributeNames.All.Contains(name)) is { } unknown)
            throw SqsErrors.InvalidAttributeName(unknown);
        bool all = names.Contains("All");
        Dictionary<string, string> attributes = new(queue.Settings.ToAttributes())
        {
            [QueueAttributeNames.QueueArn] = queue.Arn,
            [QueueAttributeNames.CreatedTimestamp] = Text(queue.CreatedAt.ToUnixTimeSeconds()),
            [QueueAttributeNames.LastModifiedTimestamp] = Text(queue.ModifiedAt.ToUnixTimeSeconds()),
        };
        if (all || names.Any(QueueAttributeNames.IsCount))
        {
            MessageCounts counts = _store.Messages.Count(queue, _time.GetUtcNow());
            attributes[QueueAttributeNames.Visible] = Text(counts.Visible);
            attributes[QueueAttributeNames.InFlight] = Text(counts.InFlight);
            attributes[QueueAttributeNames.Delayed] = Text(counts.Delayed);
        }
        return all ? attributes : attributes.Where(attribute => names.Contains(attribute.Key)).ToDictionary();
    }

    /// <summary>Sets some attributes of a queue; the others stay.</summary>
    public void SetAttributes(string queueUrl, IReadOnlyDictionary<string, string> attributes)
    {
        lock (_changing)
        {
            LiveQueue live = Find(queueUrl);
            QueueSettings settings = live.Definition.Settings.With(attributes);
            if (attributes.ContainsKey(nameof(QueueSettings.RedrivePolicy)))
                CheckRedrive(live.Definition.Arn, settings);
            Redefine(live, live.Definition with { Settings = settings });
        }
    }

    /// <summary>
    /// Deletes all messages of a queue, at once. AWS takes up to 60 seconds and refuses another purge for as long
    /// (<c>PurgeQueueInProgress</c>); here it is over when the call returns.
    /// </summary>
    public void Purge(string queueUrl)
    {
        Queue queue = Find(queueUrl).Definition;
        _store.Messages.Purge(queue);
        LogPurged(queue.Name);
    }

    /// <summary>Changes a queue's tags.</summary>
    /// <param name="queueUrl">The queue.</param>
    /// <param name="set">Tags to add, or to overwrite.</param>
    /// <param name="remove">Keys of tags to take away.</param>
    public void ChangeTags(string queueUrl, IReadOnlyDictionary<string, string> set, IReadOnlyList<string> remove)
    {
        lock (_changing)
        {
            LiveQueue live = Find(queueUrl);
            Dictionary<string, string> tags = new(live.Definition.Tags);
            foreach ((string key, string value) in set) tags[key] = value;
            foreach (string key in remove) tags.Remove(key);
            CheckTags(tags);
            Queue changed = live.Definition with { Tags = tags };
            _store.Queues.Update(changed);
            live.Redefine(changed);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LiveQueue queue in _queues.Values) queue.Dispose();
    }

    private Queue Redefine(LiveQueue live, Queue queue)
    {
        if (AreSame(queue.Settings.ToAttributes(), live.Definition.Settings.ToAttributes()) && AreSame(queue.Tags, live.Definition.Tags))
            return live.Definition;
        queue = queue with { ModifiedAt = _time.GetUtcNow() };
        _store.Queues.Update(queue);
        live.Redefine(queue);
        return queue;
    }

    private static bool AreSame(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        left.Count == right.Count && !left.Except(right).Any();

    private IEnumerable<Queue> SourcesOf(string arn) =>
        _queues.Values.Select(live => live.Definition).Where(queue => queue.Settings.RedrivePolicy?.DeadLetterTargetArn == arn);

    private void CheckRedrive(string arn, QueueSettings settings)
    {
        if (settings.RedrivePolicy is not { } policy)
            return;
        if (policy.DeadLetterTargetArn == arn)
            throw RedrivePolicy.Invalid(policy.ToString(), "A queue can't be its own dead-letter queue.");
        if (FindByArn(policy.DeadLetterTargetArn) is not { } target)
            throw RedrivePolicy.Invalid(policy.ToString(), "Dead letter target does not exist.");
        if (target.Definition.Settings.RedriveAllowPolicy is { } allowed && !allowed.Allows(arn))
            throw RedrivePolicy.Invalid(policy.ToString(), "The RedriveAllowPolicy of the dead letter target does not permit this queue.");
    }

    private static QueuePage Page(IEnumerable<Queue> queues, int? maxResults, string? nextToken)
    {
        if (maxResults is < 1 or > 1_000)
            throw SqsErrors.InvalidParameterValue("MaxResults", maxResults, "Must be an integer between 1 and 1000.");
        string after = nextToken is null ? "" : DecodeToken(nextToken);
        List<Queue> rest = [.. queues.Where(queue => string.CompareOrdinal(queue.Name, after) > 0).OrderBy(queue => queue.Name, StringComparer.Ordinal)];
        int size = maxResults ?? 1_000;
        // Without MaxResults there is one page and no token: so the service does.
        return maxResults is null || rest.Count <= size
            ? new QueuePage([.. rest.Take(size)], null)
            : new QueuePage(rest[..size], Convert.ToBase64String(Encoding.UTF8.GetBytes(rest[size - 1].Name)));
    }

    private static string DecodeToken(string token)
    {
        byte[] bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out int length) && NamePattern().IsMatch(Encoding.UTF8.GetString(bytes.AsSpan(0, length)))
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, length))
            : throw SqsErrors.InvalidParameterValue("Invalid or expired next token.");
    }

    private static void CheckName(string name)
    {
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
            throw SqsErrors.InvalidParameterValue("QueueName", name, "The local cloud has no FIFO queues yet, only standard ones.");
        if (!NamePattern().IsMatch(name))
            throw SqsErrors.InvalidParameterValue("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }

    private static void CheckTags(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > TagLimit)
            throw SqsErrors.InvalidParameterValue($"A queue can have {TagLimit} tags at most.");
        foreach ((string key, string value) in tags)
        {
            if (key.Length is < 1 or > 128 || value.Length > 256)
                throw SqsErrors.InvalidParameterValue($"The tag '{key}' is invalid. A key has 1 to 128 characters, a value 256 at most.");
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [LoggerMessage(LogLevel.Information, "Created queue {Queue}")]
    private partial void LogCreated(string queue);

    [LoggerMessage(LogLevel.Information, "Deleted queue {Queue} with its messages")]
    private partial void LogDeleted(string queue);

    [LoggerMessage(LogLevel.Information, "Purged queue {Queue}")]
    private partial void LogPurged(string queue);
}
