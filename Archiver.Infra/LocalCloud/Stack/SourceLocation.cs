namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>A place in a file that a person wrote.</summary>
/// <param name="File">The file, as it was named to the program.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <summary>The form that editors and terminals make a link of.</summary>
    public override string ToString() => $"{File}({Line},{Column})";
}

/// <summary>A name that one part of the template uses for another, and where it does.</summary>
internal readonly record struct NameUse(string Name, SourceLocation At);
