using System.Text;

namespace Archiver.Infra.StatesLanguage.Model;

/// <summary>The pattern of <c>StringMatches</c>.</summary>
internal sealed class WildcardPattern
{
    private readonly IReadOnlyList<string> _pieces;

    private WildcardPattern(IReadOnlyList<string> pieces) => _pieces = pieces;

    /// <summary>Reads a pattern.</summary>
    /// <returns>Nothing where a backslash stands before something else than <c>*</c> and <c>\</c>.</returns>
    public static WildcardPattern? Parse(string text)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '*':
                    pieces.Add(piece.ToString());
                    piece.Clear();
                    break;
                case '\\' when i + 1 < text.Length && text[i + 1] is '*' or '\\':
                    piece.Append(text[++i]);
                    break;
                case '\\':
                    return null;
                default:
                    piece.Append(text[i]);
                    break;
            }
        }

        pieces.Add(piece.ToString());
        return new WildcardPattern(pieces);
    }

    /// <summary>Whether a text as a whole is so: its first and last piece in their places, the others in order between.</summary>
    public bool Matches(string text)
    {
        if (_pieces.Count == 1)
            return text == _pieces[0];

        var (first, last) = (_pieces[0], _pieces[^1]);
        if (text.Length < first.Length + last.Length
            || !text.StartsWith(first, StringComparison.Ordinal)
            || !text.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        // The leftmost place for each piece leaves the most room for the next, so nothing need be tried twice.
        var rest = text.AsSpan(first.Length, text.Length - first.Length - last.Length);
        for (var i = 1; i < _pieces.Count - 1; i++)
        {
            var at = rest.IndexOf(_pieces[i], StringComparison.Ordinal);
            if (at < 0)
                return false;
            rest = rest[(at + _pieces[i].Length)..];
        }

        return true;
    }
}
