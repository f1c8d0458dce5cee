using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Review;

/// <summary>What an address was read as.</summary>
/// <param name="View">What it says; where it says nothing that is understood, the default.</param>
/// <param name="Problems">What of it is not understood, a sentence each.</param>
internal sealed record ParsedReview(ReviewView View, IReadOnlyList<string> Problems);

/// <summary>The inbox's state as an address, there and back. What is as by default is left out, so that one state has one address.</summary>
internal static class ReviewUrl
{
    /// <summary>The page.</summary>
    public const string Page = "/approvals";

    /// <summary>The parameter of <see cref="ReviewView.Item"/>, which the page's script writes, too.</summary>
    public const string Item = "item";

    private const int LongestText = 200;

    private static readonly (ApprovalSort Sort, string Name)[] Sorts =
        [(ApprovalSort.Asked, "asked"), (ApprovalSort.TimeLeft, "time-left"), (ApprovalSort.Quality, "quality"), (ApprovalSort.Name, "name")];

    /// <summary>The address of the page in a state.</summary>
    public static string To(ReviewView view)
    {
        QueryBuilder query = Query(view);
        if (view.Item is { } item) query.Add(Item, item);
        return Page + query;
    }

    /// <summary>The query of a state less what is open: what a view with a name is kept as.</summary>
    public static string ToQuery(ReviewView view) => Query(view).ToString();

    /// <summary>The sort as a parameter has it: the name, with a <c>-</c> before it for descending.</summary>
    public static string Text(ApprovalSort sort, bool descending) => $"{(descending ? "-" : "")}{Sorts.First(one => one.Sort == sort).Name}";

    /// <summary>Reads an address' query.</summary>
    /// <param name="value">Gives a parameter's value; nothing or an empty text where it is not there.</param>
    public static ParsedReview Parse(Func<string, string?> value)
    {
        List<string> problems = [];
        (ApprovalSort sort, bool descending) = ReadSort(value, problems);
        int? least = ReadQuality("min-quality", value, problems);
        int? most = ReadQuality("max-quality", value, problems);
        if (least > most)
        {
            problems.Add(L["min-quality is {0}, which is more than max-quality, {1}.", least, most]);
            (least, most) = (null, null);
        }
        InboxFilter filter = new()
        {
            Archive = ReadArchive(value("archive"), problems),
            LeastQuality = least,
            MostQuality = most,
            Recommendation = ReadText("recommendation", value, problems),
            Type = ReadText("type", value, problems),
            Older = ReadAge("older", value, problems),
            Younger = ReadAge("younger", value, problems),
            Left = ReadAge("left", value, problems),
            Machine = ReadText("machine", value, problems),
            Text = ReadText("q", value, problems),
        };
        return new ParsedReview(new ReviewView(filter, sort, descending, value(Item) is { Length: > 0 } item ? item : null), problems);
    }

    private static QueryBuilder Query(ReviewView view)
    {
        QueryBuilder query = new();
        InboxFilter filter = view.Filter;
        if (filter.Text is { } text) query.Add("q", text);
        if (filter.Archive is { } archive) query.Add("archive", archive ? "yes" : "no");
        if (filter.LeastQuality is { } least) query.Add("min-quality", Text(least));
        if (filter.MostQuality is { } most) query.Add("max-quality", Text(most));
        if (filter.Recommendation is { } recommendation) query.Add("recommendation", recommendation);
        if (filter.Type is { } type) query.Add("type", type);
        if (filter.Older is { } older) query.Add("older", Age.Text(older));
        if (filter.Younger is { } younger) query.Add("younger", Age.Text(younger));
        if (filter.Left is { } left) query.Add("left", Age.Text(left));
        if (filter.Machine is { } machine) query.Add("machine", machine);
        if (view is not { Sort: ApprovalSort.Asked, Descending: true }) query.Add("sort", Text(view.Sort, view.Descending));
        return query;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static (ApprovalSort Sort, bool Descending) ReadSort(Func<string, string?> value, List<string> problems)
    {
        // Bookmarks of before there was more than one thing to sort by.
        if (string.Equals(value("order"), "oldest", StringComparison.OrdinalIgnoreCase)) return (ApprovalSort.Asked, false);
        if (value("sort") is not { Length: > 0 } text) return (ApprovalSort.Asked, true);
        foreach ((ApprovalSort sort, string name) in Sorts)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase)) return (sort, false);
            if (text[0] == '-' && text.AsSpan(1).Equals(name, StringComparison.OrdinalIgnoreCase)) return (sort, true);
        }
        problems.Add(L["sort is '{0}'; it is asked, time-left, quality or name, with a - before it for descending.", text]);
        return (ApprovalSort.Asked, true);
    }

    private static bool? ReadArchive(string? text, List<string> problems)
    {
        if (text is "yes" or "no") return text == "yes";
        if (text is { Length: > 0 }) problems.Add(L["archive is '{0}'; it is yes or no.", text]);
        return null;
    }

    private static int? ReadQuality(string name, Func<string, string?> value, List<string> problems)
    {
        if (value(name) is not { Length: > 0 } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int quality) && quality <= 100) return quality;
        problems.Add(L["{0} is '{1}'; it is a whole number from 0 to 100.", name, text]);
        return null;
    }

    private static TimeSpan? ReadAge(string name, Func<string, string?> value, List<string> problems)
    {
        if (value(name) is not { Length: > 0 } text) return null;
        if (Age.Parse(text) is { } age) return age;
        problems.Add(L["{0} is '{1}'; it is a time such as 30m, 4h or 7d, of a year at most.", name, text]);
        return null;
    }

    private static string? ReadText(string name, Func<string, string?> value, List<string> problems)
    {
        if (value(name)?.Trim() is not { Length: > 0 } text) return null;
        if (text.Length <= LongestText) return text;
        problems.Add(L["{0} is longer than {1} characters.", name, LongestText]);
        return null;
    }
}
