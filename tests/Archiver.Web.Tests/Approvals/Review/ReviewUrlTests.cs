using Archiver.Web.Approvals.Review;
using FsCheck.Xunit;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Archiver.Web.Tests.Approvals.Review;

public sealed class ReviewUrlTests
{
    [Fact]
    public void To_TheDefault_IsTheBareAddress() => Assert.Equal("/approvals", ReviewUrl.To(ReviewView.Default));

    [Fact]
    public void To_AState_HasAParameterForEachOfIt() => Assert.Equal(
        "/approvals?q=a%26b%20%C3%A9&archive=no&max-quality=49&recommendation=Quality_Fail&older=90m&left=1d&sort=time-left&item=f00",
        ReviewUrl.To(new ReviewView(
            new InboxFilter { Text = "a&b é", Archive = false, MostQuality = 49, Recommendation = "Quality_Fail", Older = TimeSpan.FromMinutes(90), Left = TimeSpan.FromDays(1) },
            ApprovalSort.TimeLeft, Descending: false, Item: "f00")));

    [Property]
    public bool Parse_WhatToWrote_IsTheSameState(
        bool? archive, byte least, byte more, bool hasLeast, bool hasMost, string? type, string? machine, string? text, ushort older, ushort younger, ushort left, byte sort, bool descending, string? item)
    {
        int from = least % 101, to = from + (more % (101 - from));
        ReviewView view = new(
            new InboxFilter
            {
                Archive = archive,
                LeastQuality = hasLeast ? from : null,
                MostQuality = hasMost ? to : null,
                Type = Text(type),
                Machine = Text(machine),
                Text = Text(text),
                Recommendation = Text(machine),
                Older = Minutes(older),
                Younger = Minutes(younger),
                Left = Minutes(left),
            },
            (ApprovalSort)(sort % 4), descending, Text(item));

        ParsedReview parsed = Parse(ReviewUrl.To(view));

        return parsed.View == view && parsed.Problems.Count == 0 && ReviewUrl.To(parsed.View) == ReviewUrl.To(view);
    }

    [Theory]
    [InlineData("sort=colour", "sort is 'colour'; it is asked, time-left, quality or name, with a - before it for descending.")]
    [InlineData("archive=maybe", "archive is 'maybe'; it is yes or no.")]
    [InlineData("min-quality=101", "min-quality is '101'; it is a whole number from 0 to 100.")]
    [InlineData("max-quality=-1", "max-quality is '-1'; it is a whole number from 0 to 100.")]
    [InlineData("min-quality=60&max-quality=50", "min-quality is 60, which is more than max-quality, 50.")]
    [InlineData("older=soon", "older is 'soon'; it is a time such as 30m, 4h or 7d, of a year at most.")]
    [InlineData("younger=0h", "younger is '0h'; it is a time such as 30m, 4h or 7d, of a year at most.")]
    [InlineData("left=400d", "left is '400d'; it is a time such as 30m, 4h or 7d, of a year at most.")]
    public void Parse_WhatCanNotBeRead_IsSaidAndLeftAside(string query, string problem)
    {
        ParsedReview parsed = Parse($"/approvals?{query}");

        Assert.Equal([problem], parsed.Problems);
        Assert.Equal(ReviewView.Default, parsed.View);
    }

    [Fact]
    public void Parse_ATextWithoutAnEnd_IsSaid() => Assert.Equal(["q is longer than 200 characters."], Parse($"/approvals?q={new string('a', 201)}").Problems);

    [Fact]
    public void Parse_TheOrderOfOldBookmarks_IsUnderstood() => Assert.Equal(ReviewView.Default with { Descending = false }, Parse("/approvals?order=oldest").View);

    private static ParsedReview Parse(string address)
    {
        int question = address.IndexOf('?', StringComparison.Ordinal);
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(question < 0 ? "" : address[question..]);
        return ReviewUrl.Parse(name => query.GetValueOrDefault(name));
    }

    // A browser sends no half of a pair; and what is all blanks is nothing.
    private static string? Text(string? any)
    {
        string text = string.Concat((any ?? "").Where(letter => !char.IsSurrogate(letter))).Trim();
        return text.Length is 0 or > 200 ? null : text;
    }

    private static TimeSpan? Minutes(ushort minutes) => minutes == 0 ? null : TimeSpan.FromMinutes(minutes);
}
