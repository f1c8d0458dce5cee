using System.Text.Json;

namespace Archiver.Web.Results.Columns;

/// <summary>
/// Which columns the grid has, in which order and how wide: a viewer's own choice, which their browser keeps. It does not change.
/// </summary>
public sealed class GridLayout
{
    /// <summary>The least width of a column, in pixels.</summary>
    public const int Narrowest = 48;

    /// <summary>The greatest.</summary>
    public const int Widest = 1200;

    /// <summary>The longest text that <see cref="Parse"/> reads.</summary>
    public const int LongestText = 4096;

    private static readonly GridColumn[] All = Enum.GetValues<GridColumn>();

    /// <summary>What a viewer has who chose nothing.</summary>
    public static readonly GridLayout Default = new(All, [GridColumn.DecidedIn], []);

    private readonly HashSet<GridColumn> _hidden;
    private readonly Dictionary<GridColumn, int> _widths;

    private GridLayout(IReadOnlyList<GridColumn> order, IEnumerable<GridColumn> hidden, IEnumerable<KeyValuePair<GridColumn, int>> widths)
    {
        (Order, _hidden, _widths) = (order, [.. hidden], new Dictionary<GridColumn, int>(widths));
        _hidden.Remove(GridColumn.File);
    }

    /// <summary>All columns in order, also those that are hidden.</summary>
    public IReadOnlyList<GridColumn> Order { get; }

    /// <summary>The columns that are shown, in order.</summary>
    public IReadOnlyList<GridColumn> Shown => [.. Order.Where(IsShown)];

    /// <summary>Whether every column that is shown has a width.</summary>
    public bool IsFixed => Shown.All(_widths.ContainsKey);

    /// <summary>Whether it is what a viewer has who chose nothing.</summary>
    public bool IsDefault => _widths.Count == 0 && Order.SequenceEqual(Default.Order) && _hidden.SetEquals(Default._hidden);

    /// <summary>Whether a column is shown.</summary>
    public bool IsShown(GridColumn column) => !_hidden.Contains(column);

    /// <summary>How wide a column is, in pixels; nothing where the browser says.</summary>
    public int? WidthOf(GridColumn column) => _widths.TryGetValue(column, out int width) ? width : null;

    /// <summary>The layout with a column shown or hidden.</summary>
    public GridLayout Toggle(GridColumn column) => new(Order, IsShown(column) ? _hidden.Append(column) : _hidden.Where(one => one != column), _widths);

    /// <summary>The layout with a column one place further to the front or to the end; the same where there is no such place.</summary>
    public GridLayout Move(GridColumn column, int by)
    {
        List<GridColumn> order = [.. Order];
        int place = order.IndexOf(column);
        if (place + by < 0 || place + by >= order.Count) return this;
        order.RemoveAt(place);
        order.Insert(place + by, column);
        return new GridLayout(order, _hidden, _widths);
    }

    /// <summary>The layout with widths, in pixels; what is too narrow or too wide is as narrow or wide as can be.</summary>
    public GridLayout Resize(IEnumerable<KeyValuePair<GridColumn, int>> widths)
    {
        Dictionary<GridColumn, int> all = new(_widths);
        foreach ((GridColumn column, int width) in widths) all[column] = Math.Clamp(width, Narrowest, Widest);
        return new GridLayout(Order, _hidden, all);
    }

    /// <summary>The layout as a text.</summary>
    public string ToText() => JsonSerializer.Serialize(new Kept(
        [.. Order.Select(column => column.ToString())], [.. _hidden.Order().Select(column => column.ToString())],
        _widths.OrderBy(one => one.Key).ToDictionary(one => one.Key.ToString(), one => one.Value)));

    /// <summary>
    /// Reads what <see cref="ToText"/> wrote, maybe long ago: columns that are not there any more are left out, and new ones stand at the end. What
    /// can't be read is the default.
    /// </summary>
    public static GridLayout Parse(string? text)
    {
        if (text is not { Length: > 0 and <= LongestText }) return Default;
        try
        {
            if (JsonSerializer.Deserialize<Kept>(text) is not { Order: { } order, Hidden: { } hidden, Widths: { } widths }) return Default;
            GridColumn[] known = [.. order.Select(Find).OfType<GridColumn>().Distinct()];
            GridColumn[] added = [.. All.Except(known)];
            return new GridLayout(
                [.. known, .. added],
                // A column that came after the layout was kept is shown as it is by default.
                hidden.Select(Find).OfType<GridColumn>().Concat(added.Where(Default._hidden.Contains)),
                [])
                .Resize(widths.Where(one => Find(one.Key) is not null).Select(one => KeyValuePair.Create(Find(one.Key)!.Value, one.Value)));
        }
        catch (JsonException)
        {
            return Default;
        }
    }

    // A number would be read as a column, too.
    private static GridColumn? Find(string? name) => Array.Find(All, column => column.ToString() == name) is var found && found.ToString() == name ? found : null;

    private sealed record Kept(IReadOnlyList<string?>? Order, IReadOnlyList<string?>? Hidden, IReadOnlyDictionary<string, int>? Widths);
}
