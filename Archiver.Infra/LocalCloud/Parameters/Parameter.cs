namespace Archiver.Infra.LocalCloud.Parameters;

/// <summary>One version of a parameter.</summary>
/// <param name="Name">Its full name; a hierarchy's begins with a slash.</param>
/// <param name="Version">From 1.</param>
/// <param name="Type"><c>String</c>, <c>StringList</c> or <c>SecureString</c>.</param>
/// <param name="Value">The value; of a <c>SecureString</c>, encrypted.</param>
/// <param name="ModifiedAt">When it was put.</param>
/// <param name="Description">What it is for.</param>
/// <param name="AllowedPattern">What its values match.</param>
/// <param name="KeyId">The key that a <c>SecureString</c> names.</param>
/// <param name="Tier"><c>Standard</c> or <c>Advanced</c>.</param>
internal sealed record Parameter(
    string Name, long Version, string Type, string Value, DateTimeOffset ModifiedAt, string? Description, string? AllowedPattern, string? KeyId, string Tier);

/// <summary>What to put.</summary>
internal sealed record ParameterPut(
    string Name, string Value, string? Type, bool Overwrite, string? Description = null, string? AllowedPattern = null, string? KeyId = null, string? Tier = null);

/// <summary>A page of parameters.</summary>
/// <param name="Items">The parameters, by name.</param>
/// <param name="Next">The name to go on after; nothing on the last page.</param>
internal sealed record ParameterPage(IReadOnlyList<Parameter> Items, string? Next);

/// <summary>Which parameters to list.</summary>
internal sealed record ParameterFilter
{
    /// <summary>Everything below one of these paths.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>All levels below, or the next alone.</summary>
    public bool Recursive { get; init; }

    /// <summary>One of these types; empty for any.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>One of these names in the way of <see cref="NameOption"/>; empty for any.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary><c>Equals</c>, <c>BeginsWith</c> or <c>Contains</c>.</summary>
    public string NameOption { get; init; } = "Equals";
}
