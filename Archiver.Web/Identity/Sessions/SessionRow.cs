using System.Collections.Frozen;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Identity.Sessions;

/// <summary>A session as a row of the dashboards' table.</summary>
internal static class SessionRow
{
    public const string Id = "Id";
    public const string SeenAt = "SeenAt";
    public const string ActingAs = "ActingAs";
    public const string Self = "Self";
    public const string Tokens = "Tokens";
    public const string VouchedUntil = "VouchedUntil";
    public const string CheckedAt = "CheckedAt";
    public const string LeaseUntil = "LeaseUntil";
    private const string Prefix = "session#";
    private const string Address = "Address";
    private const string CreatedAt = "CreatedAt";
    private const string ExpiresAt = "ExpiresAt";
    private const string ExpireAfter = "ExpireAfter";
    private const string PersonId = "Id";
    private const string Name = "Name";
    private const string Roles = "Roles";

    public static Dictionary<string, AttributeValue> Key(string key) => new() { [Id] = new AttributeValue(Prefix + key) };

    /// <summary>A moment, in milliseconds of Unix time: it is compared in conditions.</summary>
    public static AttributeValue Moment(DateTimeOffset moment) => Number(moment.ToUnixTimeMilliseconds());

    public static Dictionary<string, AttributeValue> Write(Session session)
    {
        Dictionary<string, AttributeValue> row = Key(session.Key);
        row[Self] = new AttributeValue { M = Write(session.Self) };
        row[CreatedAt] = Moment(session.CreatedAt);
        row[SeenAt] = Moment(session.SeenAt);
        row[ExpiresAt] = Moment(session.ExpiresAt);
        row[ExpireAfter] = Number(session.ExpiresAt.ToUnixTimeSeconds());
        if (session.ActingAs is { } acting) row[ActingAs] = new AttributeValue { M = Write(acting) };
        if (session.Tokens is { } tokens) row[Tokens] = new AttributeValue(tokens);
        if (session.VouchedUntil is { } until) row[VouchedUntil] = Moment(until);
        if (session.CheckedAt is { } checkedAt) row[CheckedAt] = Moment(checkedAt);
        if (session.Address is { } address) row[Address] = new AttributeValue(address);
        return row;
    }

    public static Dictionary<string, AttributeValue> Write(Person person) => new()
    {
        [PersonId] = new AttributeValue(person.Id),
        [Name] = new AttributeValue(person.Name),
        [Roles] = new AttributeValue { L = [.. person.Roles.Order().Select(role => new AttributeValue(role.ToString()))], IsLSet = true },
    };

    public static Session Read(Dictionary<string, AttributeValue> row) => new()
    {
        Key = row[Id].S[Prefix.Length..],
        Self = ReadPerson(row[Self].M),
        ActingAs = row.TryGetValue(ActingAs, out AttributeValue? acting) ? ReadPerson(acting.M) : null,
        Address = row.GetValueOrDefault(Address)?.S,
        CreatedAt = ReadMoment(row[CreatedAt]),
        SeenAt = ReadMoment(row[SeenAt]),
        ExpiresAt = ReadMoment(row[ExpiresAt]),
        Tokens = row.GetValueOrDefault(Tokens)?.S,
        VouchedUntil = row.TryGetValue(VouchedUntil, out AttributeValue? until) ? ReadMoment(until) : null,
        CheckedAt = row.TryGetValue(CheckedAt, out AttributeValue? checkedAt) ? ReadMoment(checkedAt) : null,
    };

    // A role that this version does not know gives nothing.
    private static Person ReadPerson(Dictionary<string, AttributeValue> person) => new(
        person[PersonId].S, person[Name].S,
        (person[Roles].L ?? []).Where(role => Enum.TryParse<Role>(role.S, out _)).Select(role => Enum.Parse<Role>(role.S)).ToFrozenSet());

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private static DateTimeOffset ReadMoment(AttributeValue value) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(value.N, CultureInfo.InvariantCulture));
}
