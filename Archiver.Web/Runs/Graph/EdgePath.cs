using System.Globalization;
using System.Text;
using Archiver.Web.Runs.Graph.Layout;

namespace Archiver.Web.Runs.Graph;

/// <summary>Writes an edge's way as SVG's path data. https://www.w3.org/TR/SVG2/paths.html</summary>
internal static class EdgePath
{
    private const double HeadLength = 7;

    /// <summary>A number as SVG takes it, in whatever culture.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The line, which ends where its head begins.</summary>
    public static string Line(EdgeRoute route)
    {
        IReadOnlyList<Point> points = route.Points;
        StringBuilder path = new();
        path.Append(CultureInfo.InvariantCulture, $"M{Number(points[0].X)} {Number(points[0].Y)}");
        for (int place = 1; place < points.Count; place++)
        {
            Point to = place == points.Count - 1 ? Neck(route) : points[place], from = points[place - 1];
            if (route.IsLoop || place % 2 == 1)
            {
                path.Append(CultureInfo.InvariantCulture, $"L{Number(to.X)} {Number(to.Y)}");
            }
            else
            {
                string half = Number((from.Y + to.Y) / 2);
                path.Append(CultureInfo.InvariantCulture, $"C{Number(from.X)} {half} {Number(to.X)} {half} {Number(to.X)} {Number(to.Y)}");
            }
        }
        return path.ToString();
    }

    /// <summary>The head: a triangle with its tip where the way ends.</summary>
    public static string Head(EdgeRoute route)
    {
        Point tip = route.Points[^1];
        string start = $"M{Number(tip.X)} {Number(tip.Y)}";
        return route.IsLoop ? $"{start}l{HeadLength} -4v8z" : $"{start}l-4 {Number(LeadsDown(route) ? -HeadLength : HeadLength)}h8z";
    }

    private static Point Neck(EdgeRoute route)
    {
        Point tip = route.Points[^1];
        return route.IsLoop ? tip.Move(HeadLength, 0) : tip.Move(0, LeadsDown(route) ? -HeadLength : HeadLength);
    }

    private static bool LeadsDown(EdgeRoute route) => route.Points[^1].Y > route.Points[0].Y;
}
