namespace Archiver.Web.Shell.Json;

/// <summary>What a line of JSON holds.</summary>
public enum JsonLineKind
{
    /// <summary>Where an object or an array starts.</summary>
    Open,

    /// <summary>Where one ends.</summary>
    Close,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c>, <c>false</c>, <c>null</c>, or an empty object or array.</summary>
    Word,
}

/// <summary>A line of JSON, as it is shown.</summary>
/// <param name="Depth">In how many objects and arrays it is.</param>
/// <param name="Name">The member's name, in quotation marks; nothing for an item, or for an end.</param>
/// <param name="Text">The value, or the bracket.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Comma">Whether another follows.</param>
public sealed record JsonLine(int Depth, string? Name, string Text, JsonLineKind Kind, bool Comma)
{
    /// <summary>Of a start, the place of its end among the lines; of anything else, its own place.</summary>
    public int End { get; init; }

    /// <summary>Of a start, how many members or items there are.</summary>
    public int Count { get; init; }

    /// <summary>Whether it has a text in it, in whatever case.</summary>
    public bool Has(string text) =>
        (Name?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false) || Text.Contains(text, StringComparison.OrdinalIgnoreCase);
}
