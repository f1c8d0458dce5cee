using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.Infra.LocalCloud.Events.Patterns;
using Archiver.Infra.LocalCloud.Events.Targets;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>
/// EventBridge as it stands on the wire. Rules come from the template alone: what would make, change or remove one is refused.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html</remarks>
internal sealed partial class EventsApi : JsonApi
{
    private const int LongestRuleName = 64;
    private const int LargestPage = 100;
    private const int MostEntries = 10;
    private const int LargestEvents = 1024 * 1024;
    private const double LatestTime = 253_402_300_799; // the end of the year 9999

    private static readonly string[] RequiredFields = ["id", "account", "source", "time", "region", "resources", "detail-type"];

    private readonly EventsService _events;
    private readonly CloudIdentity _identity;
    private readonly TimeProvider _time;

    /// <summary>Makes the API over what decides.</summary>
    public EventsApi(EventsService events, CloudIdentity identity, TimeProvider time)
        : base("EventBridge", "AWSEvents", "1.1", "com.amazonaws.events")
    {
        (_events, _identity, _time) = (events, identity, time);
        Add("PutEvents", PutEvents);
        Add("TestEventPattern", TestEventPattern);
        Add("ListRules", ListRules);
        Add("DescribeRule", DescribeRule);
        Add("ListTargetsByRule", ListTargetsByRule);
        Add("EnableRule", request => Switch(request, enabled: true));
        Add("DisableRule", request => Switch(request, enabled: false));
    }

    /// <inheritdoc/>
    public override string SigningName => "events";

    /// <inheritdoc/>
    /// <remarks>The events of a call have a mebibyte; escaped in JSON they can have six.</remarks>
    public override long? MaxRequestBytes => 8 * 1024 * 1024;

    private void Add(string name, Func<JsonObject, JsonObject> handler) => Operation(name, (request, _) => Task.FromResult(handler(request)));

    private JsonObject PutEvents(JsonObject request)
    {
        if (request["EndpointId"] is not null)
            throw EventsErrors.Validation("The local cloud has no global endpoints: leave EndpointId out.");
        if (request["Entries"] is not JsonArray { Count: >= 1 and <= MostEntries } entries)
            throw EventsErrors.Constraint("entries", $"Member must have length between 1 and {MostEntries}");
        if (entries.Sum(SizeOf) > LargestEvents)
            throw EventsErrors.Validation("Total size of the entries in the request is over the limit.");
        List<JsonObject> events = [];
        JsonArray answers = [];
        int failed = 0;
        foreach (JsonNode? node in entries)
        {
            try
            {
                JsonObject @event = ReadEvent(node as JsonObject ?? throw Mistyped("Entries", "a list of structures"));
                events.Add(@event);
                answers.Add((JsonNode)new JsonObject { ["EventId"] = @event["id"]!.GetValue<string>() });
            }
            catch (EntryRefusal refusal)
            {
                failed++;
                answers.Add((JsonNode)new JsonObject { ["ErrorCode"] = refusal.Code, ["ErrorMessage"] = refusal.Message });
            }
        }
        _events.Put(events);
        return new JsonObject { ["FailedEntryCount"] = failed, ["Entries"] = answers };
    }

    private JsonObject ReadEvent(JsonObject entry)
    {
        string bus = Text(entry, "EventBusName") ?? EventRule.DefaultBus;
        if (!IsDefault(bus))
            throw new EntryRefusal("ResourceNotFoundException", $"Event bus {bus} does not exist.");
        string source = RequiredIn(entry, "Source");
        string detailType = RequiredIn(entry, "DetailType");
        string text = RequiredIn(entry, "Detail");
        if (source.StartsWith("aws.", StringComparison.Ordinal))
            throw new EntryRefusal("NotAuthorizedForSourceException", "Not authorized for the source.");
        JsonObject detail;
        try
        {
            detail = EventJson.Parse(text) as JsonObject
                ?? throw new EntryRefusal("MalformedDetail", "Detail is malformed.");
        }
        catch (JsonException)
        {
            throw new EntryRefusal("MalformedDetail", "Detail is malformed.");
        }
        JsonArray resources = entry["Resources"] switch
        {
            null => [],
            JsonArray list when list.All(one => one?.GetValueKind() == JsonValueKind.String) => list.DeepClone().AsArray(),
            _ => throw Mistyped("Resources", "a list of strings"),
        };
        DateTimeOffset time = entry["Time"] switch
        {
            null => _time.GetUtcNow(),
            JsonValue stamp when stamp.TryGetValue(out double seconds) && seconds is >= 0 and <= LatestTime => DateTimeOffset.UnixEpoch.AddSeconds(seconds),
            _ => throw Mistyped("Time", "a time in seconds since 1970"),
        };
        return Envelope(Guid.NewGuid(), detailType, source, time, resources, detail);
    }

    /// <summary>An event of this account and region.</summary>
    private JsonObject Envelope(Guid id, string detailType, string source, DateTimeOffset time, JsonArray resources, JsonObject detail) => new()
    {
        ["version"] = "0",
        ["id"] = id.ToString(),
        ["detail-type"] = detailType,
        ["source"] = source,
        ["account"] = _identity.AccountId,
        ["time"] = time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["region"] = _identity.Region,
        ["resources"] = resources,
        ["detail"] = detail,
    };

    private static JsonObject TestEventPattern(JsonObject request)
    {
        EventPattern pattern = EventPattern.Parse(Required(request, "EventPattern"));
        JsonObject @event;
        try
        {
            @event = EventJson.Parse(Required(request, "Event")) as JsonObject
                ?? throw EventsErrors.Validation("Parameter Event is not valid. Reason: it is no object.");
        }
        catch (JsonException exception)
        {
            throw EventsErrors.Validation($"Parameter Event is not valid. Reason: {exception.Message}");
        }
        if (Array.Find(RequiredFields, field => !@event.ContainsKey(field)) is { } missing)
            throw EventsErrors.Validation($"Parameter Event is not valid. Reason: {missing} is a required field.");
        return new JsonObject { ["Result"] = pattern.Matches(@event) };
    }

    private JsonObject ListRules(JsonObject request)
    {
        RequireDefaultBus(request);
        string prefix = Text(request, "NamePrefix") ?? "";
        int limit = Limit(request);
        List<EventRule> rules = [.. _events.List(prefix, After(request, $"rules {prefix}")).Take(limit + 1)];
        JsonObject answer = new() { ["Rules"] = new JsonArray([.. rules.Take(limit).Select(Describe)]) };
        if (rules.Count > limit)
            answer["NextToken"] = Token(rules[limit - 1].Name, $"rules {prefix}");
        return answer;
    }

    private JsonObject DescribeRule(JsonObject request)
    {
        JsonObject answer = Describe(Find(request, "Name"));
        answer["CreatedBy"] = _identity.AccountId;
        return answer;
    }

    private JsonObject ListTargetsByRule(JsonObject request)
    {
        EventRule rule = Find(request, "Rule");
        int limit = Limit(request);
        string after = After(request, $"targets {rule.Name}");
        List<EventTarget> targets =
        [
            .. rule.Targets.OrderBy(target => target.Id, StringComparer.Ordinal)
                .Where(target => string.CompareOrdinal(target.Id, after) > 0).Take(limit + 1),
        ];
        JsonObject answer = new() { ["Targets"] = new JsonArray([.. targets.Take(limit).Select(TargetJson.Write)]) };
        if (targets.Count > limit)
            answer["NextToken"] = Token(targets[limit - 1].Id, $"targets {rule.Name}");
        return answer;
    }

    private JsonObject Switch(JsonObject request, bool enabled)
    {
        _events.Switch(Find(request, "Name").Name, enabled);
        return [];
    }

    private EventRule Find(JsonObject request, string member)
    {
        string name = Required(request, member);
        if (name.Length > LongestRuleName || !RuleName().IsMatch(name))
            throw EventsErrors.Constraint(member.ToLowerInvariant(), $"Member must have 1 to {LongestRuleName} letters, digits, dots, hyphens and underscores");
        RequireDefaultBus(request);
        return _events.Require(name);
    }

    private void RequireDefaultBus(JsonObject request)
    {
        string bus = Text(request, "EventBusName") ?? EventRule.DefaultBus;
        if (!IsDefault(bus))
            throw EventsErrors.NoSuchBus(bus);
    }

    private bool IsDefault(string bus) => bus == EventRule.DefaultBus || bus == _identity.Arn("events", $"event-bus/{EventRule.DefaultBus}");

    private static JsonObject Describe(EventRule rule)
    {
        JsonObject json = new()
        {
            ["Name"] = rule.Name,
            ["Arn"] = rule.Arn,
            ["EventPattern"] = rule.Pattern.Text,
            ["State"] = rule.State,
            ["EventBusName"] = EventRule.DefaultBus,
        };
        if (rule.Description is not null)
            json["Description"] = rule.Description;
        return json;
    }

    private static long SizeOf(JsonNode? entry) => entry is JsonObject fields
        ? fields.Sum(field => field.Value switch
        {
            JsonValue value when field.Key != "Time" => (long)Encoding.UTF8.GetByteCount(value.ToString()),
            JsonArray resources => resources.Sum(resource => (long)Encoding.UTF8.GetByteCount(resource?.ToString() ?? "")),
            _ => 14, // a time stamp, as the service counts it
        })
        : 0;

    private static int Limit(JsonObject request) => request["Limit"] switch
    {
        null => LargestPage,
        JsonValue value when value.TryGetValue(out int limit) && limit is >= 1 and <= LargestPage => limit,
        _ => throw EventsErrors.Constraint("limit", $"Member must have value between 1 and {LargestPage}"),
    };

    // A token is good for the question that it was given for.
    private static string Token(string last, string question) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{question}\n{last}"));

    private static string After(JsonObject request, string question)
    {
        if (Text(request, "NextToken") is not { } token)
            return "";
        byte[] bytes = new byte[token.Length];
        string[] parts = Convert.TryFromBase64String(token, bytes, out int length) ? Encoding.UTF8.GetString(bytes, 0, length).Split('\n') : [];
        return parts.Length == 2 && parts[0] == question ? parts[1] : throw EventsErrors.Validation("NextToken is not valid.");
    }

    private static string RequiredIn(JsonObject entry, string member) => Text(entry, member) is { Length: > 0 } text
        ? text
        : throw new EntryRefusal("InvalidArgument", $"Parameter {member} is not valid. Reason: {member} is a required argument.");

    private static string Required(JsonObject request, string member) => Text(request, member) is { Length: > 0 } text
        ? text
        : throw EventsErrors.Constraint(char.ToLowerInvariant(member[0]) + member[1..], "Member must not be null");

    private static string? Text(JsonObject request, string member) => request[member] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw Mistyped(member, "a string"),
    };

    private static AwsError Mistyped(string member, string type) => new("SerializationException", $"The member '{member}' is not {type}.");

    [GeneratedRegex(@"\A[A-Za-z0-9._-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex RuleName();

    /// <summary>An entry that is refused by itself, while the others of its call are taken.</summary>
    private sealed class EntryRefusal(string code, string message) : Exception(message)
    {
        public string Code { get; } = code;
    }
}
