namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>The text of <c>Fn::Sub</c>, taken apart: literal text, and the names in <c>${…}</c>.</summary>
internal static class SubText
{
    /// <summary>A part of the text.</summary>
    /// <param name="Text">Literal text, or a name.</param>
    /// <param name="IsName">Which of the two.</param>
    internal readonly record struct Part(string Text, bool IsName);

    /// <summary>Takes the text apart. <c>${!x}</c> is the literal <c>${x}</c>; a <c>${</c> that nothing closes is literal, too.</summary>
    /// <exception cref="TemplateException">A name has characters that no name has.</exception>
    public static IReadOnlyList<Part> Parse(string text, SourceLocation at)
    {
        List<Part> parts = [];
        int from = 0;
        while (text.IndexOf("${", from, StringComparison.Ordinal) is >= 0 and int open && text.IndexOf('}', open) is >= 0 and int close)
        {
            if (open > from)
                parts.Add(new Part(text[from..open], IsName: false));
            string name = text[(open + 2)..close];
            if (name.StartsWith('!'))
                parts.Add(new Part($"${{{name[1..]}}}", IsName: false));
            else if (name.Trim() is { Length: > 0 } trimmed && trimmed.All(IsNameCharacter))
                parts.Add(new Part(trimmed, IsName: true));
            else
                throw new TemplateException("FUNCTION_ARGUMENT", $"Fn::Sub has ${{{name}}}; a name has letters, digits, underscores, periods and colons.", at);
            from = close + 1;
        }
        if (from < text.Length)
            parts.Add(new Part(text[from..], IsName: false));
        return parts;
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':';
}
