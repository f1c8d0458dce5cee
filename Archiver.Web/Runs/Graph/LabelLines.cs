namespace Archiver.Web.Runs.Graph;

/// <summary>Breaks a state's name into lines that fit into its box: SVG's text does not wrap by itself.</summary>
internal static class LabelLines
{
    /// <summary>The longest line, in columns; a wide character takes two.</summary>
    public const int Longest = 24;

    /// <summary>The most lines; what does not fit ends with an ellipsis.</summary>
    public const int Most = 3;

    /// <summary>A name's lines, one at least.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        List<string> lines = [];
        string rest = name;
        while (rest.Length > 0 && lines.Count < Most)
        {
            int end = Fitting(rest);
            if (end < rest.Length && lines.Count < Most - 1) end = Break(rest, end);
            lines.Add(rest[..end].Trim());
            rest = rest[end..];
        }
        if (rest.Length > 0) lines[^1] = lines[^1].Length > 1 ? WithoutHalf(lines[^1][..^1]) + "…" : "…";
        return lines.Count == 0 ? [""] : lines;
    }

    /// <summary>How many columns a text takes, about.</summary>
    public static int Columns(string text) => text.Sum(Columns);

    private static int Columns(char character) => character is >= '\u1100' and not (>= '\u2010' and <= '\u2BFF') ? 2 : 1;

    private static int Fitting(string text)
    {
        int columns = 0, end = 0;
        while (end < text.Length && (columns += Columns(text[end])) <= Longest) end++;
        return Whole(text, Math.Max(end, 1));
    }

    // Behind a blank or a hyphen, or before a capital that follows a small letter; not so early that a line is almost empty.
    private static int Break(string text, int end)
    {
        for (int place = end; place > Longest / 3; place--)
        {
            if (text[place - 1] is ' ' or '-' or '_' or '.' || text[place] == ' ' || (char.IsUpper(text[place]) && char.IsLower(text[place - 1]))) return place;
        }
        return end;
    }

    // Not between the halves of one character.
    private static int Whole(string text, int end) => end < text.Length && char.IsLowSurrogate(text[end]) ? end + 1 : end;

    private static string WithoutHalf(string text) => text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text[..^1] : text;
}
