using System.Globalization;
using Archiver.Web.Identity.Access;
using Microsoft.AspNetCore.Http.Extensions;
using static Archiver.Web.Audit.AuditWords;

namespace Archiver.Web.Audit.Pages;

/// <summary>What an address was read as.</summary>
/// <param name="View">What it says; where it says nothing that is understood, the default.</param>
/// <param name="Problems">What of it is not understood, a sentence each.</param>
internal sealed record ParsedAuditView(AuditView View, IReadOnlyList<string> Problems);

/// <summary>The page's state as an address, there and back. What is as by default is left out, so that one state has one address.</summary>
internal static class AuditUrl
{
    /// <summary>The page.</summary>
    public const string Page = "/audit";

    /// <summary>The download of the chain.</summary>
    public const string Export = "/audit/export.jsonl";

    /// <summary>The longest text that is searched for, in characters.</summary>
    public const int LongestText = 200;

    private const string TimePattern = "yyyy-MM-dd'T'HH:mm";

    /// <summary>The address of the page in a state.</summary>
    public static string To(AuditView view)
    {
        QueryBuilder query = new();
        AuditFilter filter = view.Filter;
        if (filter.From is { } from) query.Add("from", Text(from));
        if (filter.Until is { } until) query.Add("until", Text(until));
        if (filter.Person is { } person) query.Add("person", person);
        if (filter.Operation is { } operation) query.Add("operation", operation.ToString());
        if (filter.Phase is { } phase) query.Add("phase", phase.ToString());
        if (filter.Subject is { } subject) query.Add("subject", subject);
        if (view.Before is { } before) query.Add("before", before.ToString(CultureInfo.InvariantCulture));
        else if (view.After is { } after) query.Add("after", after.ToString(CultureInfo.InvariantCulture));
        return Page + query;
    }

    /// <summary>Reads an address' query.</summary>
    /// <param name="value">Gives a parameter's value; nothing or an empty text where it is not there.</param>
    public static ParsedAuditView Parse(Func<string, string?> value)
    {
        List<string> problems = [];
        DateTime? from = ReadTime("from", value, problems), until = ReadTime("until", value, problems);
        if (from >= until)
        {
            problems.Add(L["from is not before until."]);
            (from, until) = (null, null);
        }
        AuditFilter filter = new(
            from, until, ReadText("person", value, problems), ReadName<Operation>("operation", value, problems), ReadName<AuditPhase>("phase", value, problems),
            ReadText("subject", value, problems));
        long? before = ReadNumber("before", value, problems);
        return new ParsedAuditView(new AuditView(filter, before, before is null ? ReadNumber("after", value, problems) : null), problems);
    }

    /// <summary>Reads a time that a person gave; nothing where it is none that an entry could have.</summary>
    public static DateTime? ReadTime(string? text) =>
        DateTime.TryParseExact(text, TimePattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) && time.Year is >= 2000 and < 3000 ? time : null;

    /// <summary>Writes a time as <see cref="ReadTime(string?)"/> reads it.</summary>
    public static string Text(DateTime time) => time.ToString(TimePattern, CultureInfo.InvariantCulture);

    private static DateTime? ReadTime(string name, Func<string, string?> value, List<string> problems)
    {
        if (value(name) is not { Length: > 0 } text) return null;
        if (ReadTime(text) is { } time) return time;
        problems.Add(L["{0} is '{1}'; it is a time such as 2026-03-26T20:14.", name, text]);
        return null;
    }

    private static string? ReadText(string name, Func<string, string?> value, List<string> problems)
    {
        if (value(name)?.Trim() is not { Length: > 0 } text) return null;
        if (text.Length <= LongestText) return text;
        problems.Add(L["{0} is longer than {1:N0} characters.", name, LongestText]);
        return null;
    }

    private static T? ReadName<T>(string name, Func<string, string?> value, List<string> problems) where T : struct, Enum
    {
        if (value(name) is not { Length: > 0 } text) return null;
        // By name only: a number would be read as one, too.
        if (Enum.GetNames<T>().Contains(text, StringComparer.Ordinal)) return Enum.Parse<T>(text);
        problems.Add(L["{0} is '{1}'; it is one of {2}.", name, text, string.Join(", ", Enum.GetNames<T>())]);
        return null;
    }

    private static long? ReadNumber(string name, Func<string, string?> value, List<string> problems)
    {
        if (value(name) is not { Length: > 0 } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number < long.MaxValue) return number;
        problems.Add(L["{0} is '{1}'; it is the number of an entry.", name, text]);
        return null;
    }
}
