using System.Text;

namespace Archiver.Infra.LocalCloud.Events.Patterns;

/// <summary>
/// Text in which each <c>*</c> stands for any characters, also for none; a backslash makes a <c>*</c> or a backslash mean itself.
/// See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching.
/// </summary>
internal sealed class WildcardText
{
    /// <summary>What stands between the wildcards; one piece more than there are wildcards.</summary>
    private readonly IReadOnlyList<string> _pieces;

    private WildcardText(IReadOnlyList<string> pieces) => _pieces = pieces;

    /// <summary>Reads such a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="error">Else why it is none.</param>
    /// <returns>The form; nothing when it is none.</returns>
    public static WildcardText? TryParse(string text, out string? error)
    {
        List<string> pieces = [];
        StringBuilder piece = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                if (i + 1 == text.Length || text[i + 1] is not ('*' or '\\'))
                {
                    error = $"Invalid escape character at pos {i}";
                    return null;
                }
                piece.Append(text[++i]);
            }
            else if (text[i] != '*')
            {
                piece.Append(text[i]);
            }
            else if (i > 0 && piece.Length == 0 && pieces.Count > 0)
            {
                error = $"Consecutive wildcard characters at pos {i - 1}";
                return null;
            }
            else
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
        }
        pieces.Add(piece.ToString());
        error = null;
        return new WildcardText(pieces);
    }

    /// <summary>Whether a text has this form. Each piece is taken where it first occurs, which never costs a match; so the time that this
    /// takes grows with the text's length times a piece's, whatever the form.</summary>
    public bool Matches(string text)
    {
        if (_pieces.Count == 1)
            return text == _pieces[0];
        string last = _pieces[^1];
        if (text.Length < _pieces[0].Length + last.Length
            || !text.StartsWith(_pieces[0], StringComparison.Ordinal) || !text.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }
        int position = _pieces[0].Length;
        int end = text.Length - last.Length;
        foreach (string piece in _pieces.Skip(1).SkipLast(1))
        {
            int found = text.AsSpan(position, end - position).IndexOf(piece, StringComparison.Ordinal);
            if (found < 0)
                return false;
            position += found + piece.Length;
        }
        return true;
    }
}
