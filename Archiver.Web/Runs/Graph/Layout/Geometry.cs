namespace Archiver.Web.Runs.Graph.Layout;

/// <summary>A place on the drawing, in its own units; down is more.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
public readonly record struct Point(double X, double Y)
{
    /// <summary>The place moved by a distance.</summary>
    public Point Move(double x, double y) => new(X + x, Y + y);
}

/// <summary>A rectangle on the drawing.</summary>
/// <param name="X">Its left edge.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
public readonly record struct Box(double X, double Y, double Width, double Height)
{
    /// <summary>Its right edge.</summary>
    public double Right => X + Width;

    /// <summary>Its lower edge.</summary>
    public double Bottom => Y + Height;

    /// <summary>The middle between left and right.</summary>
    public double CenterX => X + (Width / 2);

    /// <summary>The middle between top and bottom.</summary>
    public double CenterY => Y + (Height / 2);

    /// <summary>The rectangle moved by a distance.</summary>
    public Box Move(double x, double y) => this with { X = X + x, Y = Y + y };
}

/// <summary>
/// The way of an edge. Of each two points from the first on, the way between them is straight, and between one such pair and the next
/// it bends; a loop is straight all along.
/// </summary>
/// <param name="Points">From where the edge leaves its first node to where it reaches its second; an even number of them.</param>
/// <param name="IsLoop">Whether it leads from a node to that node.</param>
public sealed record EdgeRoute(IReadOnlyList<Point> Points, bool IsLoop)
{
    /// <summary>The way moved by a distance.</summary>
    public EdgeRoute Move(double x, double y) => this with { Points = [.. Points.Select(point => point.Move(x, y))] };
}

/// <summary>How large a node is.</summary>
/// <param name="Width">How wide.</param>
/// <param name="Height">How high.</param>
internal readonly record struct NodeSize(double Width, double Height);

/// <summary>A graph laid out.</summary>
/// <param name="Nodes">Where each node is, as they were given.</param>
/// <param name="Routes">The way of each edge, as they were given.</param>
/// <param name="Width">How wide the whole is.</param>
/// <param name="Height">How high the whole is.</param>
internal sealed record LayoutResult(IReadOnlyList<Box> Nodes, IReadOnlyList<EdgeRoute> Routes, double Width, double Height);
