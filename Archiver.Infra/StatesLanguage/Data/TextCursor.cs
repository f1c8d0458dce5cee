namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>A place in a text that is being read.</summary>
internal sealed class TextCursor(string text)
{
    /// <summary>How deep brackets and parentheses may nest: a definition comes from outside, and reading it must not overflow the stack.</summary>
    private const int MaxDepth = 50;

    private int _depth;

    /// <summary>The place, in characters from the start.</summary>
    public int Position { get; private set; }

    /// <summary>Nothing is left.</summary>
    public bool AtEnd => Position >= text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Peek => AtEnd ? '\0' : text[Position];

    /// <summary>Takes the next character.</summary>
    public char Take() => AtEnd ? throw Unexpected("more") : text[Position++];

    /// <summary>Takes a string if it is next.</summary>
    public bool TryTake(string expected)
    {
        if (string.CompareOrdinal(text, Position, expected, 0, expected.Length) != 0)
            return false;
        Position += expected.Length;
        return true;
    }

    /// <summary>Takes a string that must be next.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public void Expect(string expected)
    {
        if (!TryTake(expected))
            throw Unexpected(expected);
    }

    /// <summary>Goes one level into brackets or parentheses.</summary>
    /// <exception cref="FormatException">That is too deep.</exception>
    public void Enter()
    {
        if (++_depth > MaxDepth)
            throw new FormatException($"\"{text[..Math.Min(text.Length, 80)]}\" nests deeper than {MaxDepth} levels.");
    }

    /// <summary>Leaves a level.</summary>
    public void Leave() => _depth--;

    /// <summary>Takes the characters that fit.</summary>
    public string TakeWhile(Predicate<char> fits)
    {
        var start = Position;
        while (!AtEnd && fits(text[Position]))
            Position++;
        return Since(start);
    }

    /// <summary>Skips blanks.</summary>
    public void SkipBlanks() => TakeWhile(char.IsWhiteSpace);

    /// <summary>What was taken since a position.</summary>
    public string Since(int start) => text[start..Position];

    /// <summary>Says what should have been next.</summary>
    public FormatException Unexpected(string expected)
        => new($"Expected {expected} at character {Position + 1} of \"{text}\"{(AtEnd ? ", which ends there" : "")}.");
}
