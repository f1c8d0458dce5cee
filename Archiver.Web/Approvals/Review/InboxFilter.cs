using System.Text.Json.Nodes;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Review;

/// <summary>When an approval is let through: from one moment on, until another.</summary>
/// <param name="From">The first moment.</param>
/// <param name="Until">The first moment at which it is not any more.</param>
public readonly record struct MatchWindow(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Whether a moment is within it.</summary>
    public bool Has(DateTimeOffset moment) => From <= moment && moment < Until;
}

/// <summary>
/// Which approvals a reviewer wants to see; what is not set lets all through. Two that ask for the same are equal.
/// </summary>
public sealed record InboxFilter
{
    /// <summary>The <see cref="Recommendation"/> of approvals that have none.</summary>
    public const string NoRecommendation = "none";

    /// <summary>Lets all through.</summary>
    public static InboxFilter None { get; } = new();

    /// <summary>The file's archive flag.</summary>
    public bool? Archive { get; init; }

    /// <summary>The least quality, 0 to 100.</summary>
    public int? LeastQuality { get; init; }

    /// <summary>The most quality, 0 to 100.</summary>
    public int? MostQuality { get; init; }

    /// <summary>What the workflow recommends, in its own word; or <see cref="NoRecommendation"/>.</summary>
    public string? Recommendation { get; init; }

    /// <summary>A content type such as <c>application/pdf</c>, either half of one, or a name's extension.</summary>
    public string? Type { get; init; }

    /// <summary>Asked at least that long ago.</summary>
    public TimeSpan? Older { get; init; }

    /// <summary>Asked less than that long ago.</summary>
    public TimeSpan? Younger { get; init; }

    /// <summary>No more than that is left to decide.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>The name of the state machine that asks.</summary>
    public string? Machine { get; init; }

    /// <summary>What is in the name, the key, the run's name, or in any text that the message had beside these.</summary>
    public string? Text { get; init; }

    /// <summary>How many things it asks for, the text aside.</summary>
    public int Conditions =>
        Count(Archive) + Count(LeastQuality) + Count(MostQuality) + Count(Recommendation) + Count(Type) + Count(Older) + Count(Younger) + Count(Left) + Count(Machine);

    /// <summary>Whether it lets less than all through.</summary>
    public bool Narrows => Text is not null || Conditions > 0;

    /// <summary>Whether what it lets through changes as time goes by.</summary>
    public bool IsOfTime => Older is not null || Younger is not null || Left is not null;

    /// <summary>When it lets an approval through; nothing where it never does.</summary>
    public MatchWindow? Window(Approval approval)
    {
        if (!IsLike(approval)) return null;
        (DateTimeOffset from, DateTimeOffset until) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        if (Older is { } older) from = Later(from, Shift(approval.RequestedAt, older));
        if (Younger is { } younger) until = Shift(approval.RequestedAt, younger);
        if (Left is { } left)
        {
            if (approval.ExpiresAt is not { } expiresAt) return null;
            from = Later(from, Shift(expiresAt, -left));
        }
        return from < until ? new MatchWindow(from, until) : null;
    }

    /// <summary>The state machine of a run: <c>arn:aws:states:REGION:ACCOUNT:execution:MACHINE:RUN</c>.</summary>
    public static string? MachineOf(Approval approval)
    {
        if (approval.ExecutionArn is not { } arn) return null;
        int at = 0;
        for (int colons = 0; colons < 6; colons++)
        {
            at = arn.IndexOf(':', at) + 1;
            if (at == 0) return null;
        }
        int end = arn.IndexOf(':', at);
        return end < 0 ? null : arn[at..end];
    }

    private bool IsLike(Approval approval) =>
        (Archive is null || approval.File?.Archive == Archive)
        && (LeastQuality is null || approval.File?.Quality >= LeastQuality)
        && (MostQuality is null || approval.File?.Quality <= MostQuality)
        && (Recommendation is null || (Recommendation == NoRecommendation ? approval.Recommendation is null : approval.Recommendation == Recommendation))
        && (Type is null || (approval.File is { } file && IsOfType(file, Type)))
        && (Machine is null || string.Equals(MachineOf(approval), Machine, StringComparison.OrdinalIgnoreCase))
        && (Text is null || Has(approval, Text));

    private static bool IsOfType(FileMetadata file, string type)
    {
        ReadOnlySpan<char> content = file.ContentType;
        if (content.IndexOf(';') is var parameters and >= 0) content = content[..parameters];
        int slash = content.IndexOf('/');
        return content.Equals(type, StringComparison.OrdinalIgnoreCase)
            || (slash >= 0 && (content[..slash].Equals(type, StringComparison.OrdinalIgnoreCase) || content[(slash + 1)..].Equals(type, StringComparison.OrdinalIgnoreCase)))
            || Path.GetExtension(file.Name.AsSpan()).TrimStart('.').Equals(type.AsSpan().TrimStart('.'), StringComparison.OrdinalIgnoreCase);
    }

    private static bool Has(Approval approval, string text) =>
        Has(approval.Name, text) || Has(approval.File?.Key, text) || Has(approval.RunName, text) || (approval.Other.Count > 0 && Has(approval.Other, text));

    private static bool Has(string? field, string text) => field?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static bool Has(JsonNode? node, string text) => node switch
    {
        JsonObject members => members.Any(member => Has(member.Value, text)),
        JsonArray items => items.Any(item => Has(item, text)),
        JsonValue value => value.TryGetValue(out string? said) && Has(said, text),
        _ => false,
    };

    // A message may name any moment.
    private static DateTimeOffset Shift(DateTimeOffset moment, TimeSpan by) =>
        by > TimeSpan.Zero
            ? moment > DateTimeOffset.MaxValue - by ? DateTimeOffset.MaxValue : moment + by
            : moment < DateTimeOffset.MinValue - by ? DateTimeOffset.MinValue : moment + by;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static int Count<T>(T? condition) => condition is null ? 0 : 1;
}
