using System.Globalization;
using System.Reflection;
using Amazon.StepFunctions.Model;
using Archiver.Web.Shell.Secrets;

namespace Archiver.Web.Runs;

/// <summary>
/// Reads an event of the history into what a page shows. An event has one of some forty kinds of details, each a class of the
/// SDK; they are read alike, by their members, so that a kind that AWS adds is shown, too.
/// </summary>
internal static class RunEventReader
{
    private static readonly PropertyInfo[] Kinds =
        [.. typeof(HistoryEvent).GetProperties().Where(property => property.Name.EndsWith("EventDetails", StringComparison.Ordinal))];

    // What names the subject of an event, the most telling first.
    private static readonly string[] Subjects = ["Name", "Resource"];

    public static RunEvent Read(HistoryEvent one)
    {
        object? details = Kinds.Select(kind => kind.GetValue(one)).FirstOrDefault(value => value is not null);
        RunEventDetail[] members = details is null ? [] : [.. Members(details)];
        string? subject = Subjects.Select(name => members.FirstOrDefault(member => member.Name == name)?.Value).FirstOrDefault(value => value is not null);
        return new RunEvent(
            one.Id ?? 0, new DateTimeOffset((one.Timestamp ?? default).ToUniversalTime()), one.Type?.Value ?? "", subject,
            [.. members.Where(member => member.Name != "Name")])
        {
            PreviousId = one.PreviousEventId ?? 0,
        };
    }

    private static IEnumerable<RunEventDetail> Members(object details)
    {
        foreach (PropertyInfo property in details.GetType().GetProperties())
        {
            // InputDetails and OutputDetails only say whether the log cut the text.
            if (property.GetValue(details) is not { } value || property.Name is "InputDetails" or "OutputDetails") continue;
            string? text = value switch
            {
                string json => SecretText.Json(json),
                bool or int or long => Convert.ToString(value, CultureInfo.InvariantCulture),
                _ => null,
            };
            if (text is not null) yield return new RunEventDetail(property.Name, text);
        }
    }
}
