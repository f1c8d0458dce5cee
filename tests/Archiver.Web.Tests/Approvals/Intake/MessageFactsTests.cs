using System.Globalization;
using Amazon.SQS.Model;
using Archiver.Web.Approvals.Intake;

namespace Archiver.Web.Tests.Approvals.Intake;

public sealed class MessageFactsTests
{
    private static readonly DateTimeOffset Sent = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Lag_FirstReceive_IsByTheClockOfTheQueueWhateverOursSays()
    {
        Message[] messages = [Of(Sent.AddSeconds(2), Sent.AddSeconds(9)), Of(Sent, Sent.AddSeconds(9))];

        Assert.Equal(TimeSpan.FromSeconds(9), MessageFacts.Lag(messages, Sent.AddMinutes(-1)));
        Assert.Equal(TimeSpan.FromSeconds(9), MessageFacts.Lag(messages, Sent.AddMinutes(2)));
    }

    [Fact]
    public void Lag_OnlyWhatCameBefore_IsByOurClock() =>
        Assert.Equal(TimeSpan.FromMinutes(2), MessageFacts.Lag([Of(Sent, Sent.AddSeconds(1), receives: 2)], Sent.AddMinutes(2)));

    [Fact]
    public void Lag_OurClockBehind_IsNeverNegative() =>
        Assert.Equal(TimeSpan.Zero, MessageFacts.Lag([Of(Sent, Sent.AddSeconds(1), receives: 2)], Sent.AddMinutes(-2)));

    [Fact]
    public void Facts_WithoutAttributes_AreUnknown()
    {
        Message message = new() { Body = "x" };

        Assert.Null(message.SentAt());
        Assert.Equal(1, message.Receives());
        Assert.Equal(TimeSpan.Zero, MessageFacts.Lag([message], Sent));
    }

    private static Message Of(DateTimeOffset sent, DateTimeOffset received, int receives = 1) => new()
    {
        Attributes = new()
        {
            ["SentTimestamp"] = sent.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ["ApproximateFirstReceiveTimestamp"] = received.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ["ApproximateReceiveCount"] = receives.ToString(CultureInfo.InvariantCulture),
        },
    };
}
