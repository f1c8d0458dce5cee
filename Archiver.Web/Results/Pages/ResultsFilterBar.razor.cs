using System.Globalization;
using Archiver.Lambdas.Contracts;
using Microsoft.AspNetCore.Components;

namespace Archiver.Web.Results.Pages;

/// <summary>The controls above the grid. What they can't make sense of, such as half a date, they ignore.</summary>
public sealed partial class ResultsFilterBar
{
    private const string ADay = "day";
    private const string Days = "days";

    private static readonly int[] OfferedDays = [1, 7, 30];

    /// <summary>The filter that is in force.</summary>
    [Parameter, EditorRequired] public required ResultsFilter Filter { get; set; }

    /// <summary>The viewer's day.</summary>
    [Parameter, EditorRequired] public DateOnly Today { get; set; }

    /// <summary>Another filter was chosen.</summary>
    [Parameter] public EventCallback<ResultsFilter> FilterChanged { get; set; }

    private string PeriodChoice => Filter.Period switch
    {
        ResultsPeriod.OneDay => ADay,
        ResultsPeriod.Span => Days,
        ResultsPeriod.LastDays last => last.Count.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    private string HumanChoice => Filter.Asked switch { true => "asked", false => "not-asked", null => "" };

    // An address may name another number than those that are offered.
    private IEnumerable<int> CountsOfDays() =>
        Filter.Period is ResultsPeriod.LastDays last ? OfferedDays.Append(last.Count).Distinct().Order() : OfferedDays;

    private Task ChoosePeriodAsync(ChangeEventArgs change)
    {
        (DateOnly first, DateOnly last) = Filter.Period.Days(Today);
        return change.Value switch
        {
            ADay => SetAsync(Filter with { Period = new ResultsPeriod.OneDay(last) }),
            Days => SetAsync(Filter with { Period = new ResultsPeriod.Span(first, last) }),
            string text when int.TryParse(text, CultureInfo.InvariantCulture, out int count) => SetAsync(Filter with { Period = new ResultsPeriod.LastDays(count) }),
            _ => Task.CompletedTask,
        };
    }

    private Task ChooseDayAsync(ChangeEventArgs change) => ResultsUrl.ReadDay(change.Value as string) is { } day
        ? SetAsync(Filter with { Period = Filter.Period is ResultsPeriod.OneDay before ? before with { Date = day } : new ResultsPeriod.OneDay(day) })
        : Task.CompletedTask;

    // The hour that was chosen stays; the other one follows where it has to.
    private Task ChooseHourAsync(ChangeEventArgs change, bool isFrom)
    {
        if (Filter.Period is not ResultsPeriod.OneDay day || !int.TryParse(change.Value as string, CultureInfo.InvariantCulture, out int hour)) return Task.CompletedTask;
        return SetAsync(Filter with
        {
            Period = isFrom
                ? day with { FromHour = Math.Clamp(hour, 0, ResultsPeriod.OneDay.Hours - 1), ToHour = Math.Max(day.ToHour, hour + 1) }
                : day with { FromHour = Math.Min(day.FromHour, hour - 1), ToHour = Math.Clamp(hour, 1, ResultsPeriod.OneDay.Hours) },
        });
    }

    // The end that was moved stays where it was put; the other one follows where it has to.
    private Task ChooseSpanAsync(ChangeEventArgs change, bool isFrom)
    {
        if (Filter.Period is not ResultsPeriod.Span span || ResultsUrl.ReadDay(change.Value as string) is not { } day) return Task.CompletedTask;
        int room = ResultsPeriod.LongestDays - 1;
        ResultsPeriod period = isFrom
            ? new ResultsPeriod.Span(day, DateOnly.FromDayNumber(Math.Clamp(span.To.DayNumber, day.DayNumber, day.DayNumber + room)))
            : new ResultsPeriod.Span(DateOnly.FromDayNumber(Math.Clamp(span.From.DayNumber, day.DayNumber - room, day.DayNumber)), day);
        return SetAsync(Filter with { Period = period });
    }

    private Task ToggleAsync(string action)
    {
        bool isOn = Filter.Actions.Contains(action);
        string[] actions = [.. ResultAction.All.Where(one => one == action ? !isOn : Filter.Actions.Contains(one))];
        return SetAsync(Filter with { Actions = actions });
    }

    private Task ChooseHumanAsync(ChangeEventArgs change) =>
        SetAsync(Filter with { Asked = change.Value switch { "asked" => true, "not-asked" => false, _ => null } });

    private Task ChooseQualityAsync(int? given, bool isLeast)
    {
        int? quality = given is { } number ? Math.Clamp(number, 0, 100) : null;
        return SetAsync(isLeast
            ? Filter with { LeastQuality = quality, MostQuality = Filter.MostQuality < quality ? quality : Filter.MostQuality }
            : Filter with { MostQuality = quality, LeastQuality = Filter.LeastQuality > quality ? quality : Filter.LeastQuality });
    }

    private Task ChooseDecidedInAsync(ChangeEventArgs change) => SetAsync(Filter with { DecidedIn = DecisionBand.Of(change.Value as string) });

    private Task ChooseReasonAsync(ChangeEventArgs change) => change.Value switch
    {
        string { Length: > ResultsFilter.LongestReason } => Task.CompletedTask,
        string { Length: > 0 } reason => SetAsync(Filter with { Reason = reason }),
        _ => SetAsync(Filter with { Reason = null }),
    };

    private static string HourText(int hour) => hour.ToString(CultureInfo.InvariantCulture);

    private Task SetAsync(ResultsFilter filter) => FilterChanged.InvokeAsync(filter);
}
