using Archiver.Lambdas.Contracts;

namespace Archiver.Web.Results.Summary;

/// <summary>What part a person had in a result.</summary>
internal enum HumanPart
{
    /// <summary>Nobody was asked.</summary>
    NotAsked,

    /// <summary>Somebody was asked, and nobody answered.</summary>
    Unanswered,

    /// <summary>Somebody said yes.</summary>
    Approved,

    /// <summary>Somebody said no.</summary>
    Denied,
}

/// <summary>All that a summary tells results apart by. Results that have it in common are one number.</summary>
/// <param name="Slot">The quarter of an hour of the UTC day, 0 to 95: every zone's hours and days begin with one.</param>
/// <param name="Action">The place in <see cref="ResultAction.All"/>, or <see cref="OtherAction"/>.</param>
/// <param name="Human">What part a person had.</param>
/// <param name="Quality">Twice the quality where it is a whole number from 0 to 100, one more where it lies above it and below the next; else one of the codes below.</param>
/// <param name="Reason">Why it was denied: a code of <see cref="DayCube"/>.</param>
/// <param name="Decision">How long the decision took, a step of <see cref="DecisionScale"/>.</param>
internal readonly record struct CubeCell(int Slot, int Action, HumanPart Human, int Quality, int Reason, int Decision)
{
    /// <summary>How many slots a day has.</summary>
    public const int Slots = 96;

    /// <summary>How long a slot is.</summary>
    public static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(15);

    /// <summary>A script's own word, or none.</summary>
    public const int OtherAction = 6;

    /// <summary>How many actions are told apart.</summary>
    public const int Actions = OtherAction + 1;

    /// <summary>A quality above 100.</summary>
    public const int QualityAbove = 201;

    /// <summary>A quality below 0.</summary>
    public const int QualityBelow = 202;

    /// <summary>No quality, or one that is no number.</summary>
    public const int NoQuality = 203;

    /// <summary>How many qualities are told apart.</summary>
    public const int Qualities = NoQuality + 1;

    /// <summary>The cell as a number: 7, 3, 2, 8, 8 and 10 bits.</summary>
    public ulong Pack() =>
        ((ulong)Slot << 31) | ((ulong)Action << 28) | ((ulong)Human << 26) | ((ulong)Quality << 18) | ((ulong)Reason << 10) | (uint)Decision;

    /// <summary>The cell of a number that <see cref="Pack"/> made.</summary>
    public static CubeCell Unpack(ulong cell) => new(
        (int)(cell >> 31), (int)(cell >> 28) & 7, (HumanPart)((cell >> 26) & 3), (int)(cell >> 18) & 255, (int)(cell >> 10) & 255, (int)cell & 1023);

    /// <summary>The slot of a time on a day. A time of another day, or none, is the day's nearest: the record's day brought it here.</summary>
    public static int SlotOf(DateTimeOffset? time, DateOnly day) => time is not { } at ? 0
        : (int)Math.Clamp((at - new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)) / SlotLength, 0, Slots - 1);

    /// <summary>An action's place.</summary>
    public static int ActionOf(string? action)
    {
        for (int place = 0; place < ResultAction.All.Count; place++)
        {
            if (ResultAction.All[place] == action) return place;
        }
        return OtherAction;
    }

    /// <summary>What part a person had. Who was not asked, by the record, said nothing.</summary>
    public static HumanPart HumanOf(ResultRow row) => row switch
    {
        { Approval: not { Value: true } } => HumanPart.NotAsked,
        { Approved.Value: true } => HumanPart.Approved,
        { Approved.Value: false } => HumanPart.Denied,
        _ => HumanPart.Unanswered,
    };

    /// <summary>A quality's code.</summary>
    public static int QualityOf(decimal? quality) => quality switch
    {
        null => NoQuality,
        < 0 => QualityBelow,
        > 100 => QualityAbove,
        { } number => ((int)number * 2) + (number == decimal.Truncate(number) ? 0 : 1),
    };

    /// <summary>Whether a quality is within bounds, of which either may be missing; what has none is in none.</summary>
    public static bool IsQualityWithin(int code, int? least, int? most) => (least, most) switch
    {
        (null, null) => true,
        _ when code == NoQuality => false,
        _ when code == QualityBelow => least is null,
        _ when code == QualityAbove => most is null,
        _ => (least is null || code >= least * 2) && (most is null || code <= most * 2),
    };
}
