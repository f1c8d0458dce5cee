using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Approvals.Decisions;

public sealed class DeliveryScheduleTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new();
    private readonly DeliverySchedule _schedule;
    private readonly Approval _approval = Samples.Pending("one");

    public DeliveryScheduleTests() => _schedule = new DeliverySchedule(_time);

    public void Dispose() => _schedule.Dispose();

    [Fact]
    public void Add_ItsOwnAfterItWasHeardOfAsAnybodys_IsDueAtOnceAndOnce()
    {
        _schedule.Add(new DueDelivery(_approval), Lease);

        _schedule.Add(new DueDelivery(_approval, "token"), TimeSpan.Zero);

        Assert.True(_schedule.Due.TryRead(out DueDelivery? due));
        Assert.Equal("token", due.TaskToken);
        _time.Advance(Lease);
        Assert.False(_schedule.Due.TryRead(out _));
    }

    [Fact]
    public void Add_HeardOfAfterItIsUnderWay_ChangesNothing()
    {
        _schedule.Add(new DueDelivery(_approval), TimeSpan.Zero);
        Assert.True(_schedule.Due.TryRead(out _));

        _schedule.Add(new DueDelivery(_approval), TimeSpan.Zero);
        _schedule.Add(new DueDelivery(_approval), Lease);
        _time.Advance(Lease);

        Assert.False(_schedule.Due.TryRead(out _));
    }

    [Fact]
    public void Add_WhileItIsTriedAgain_DoesNotHurryIt()
    {
        _schedule.Add(new DueDelivery(_approval), TimeSpan.Zero);
        Assert.True(_schedule.Due.TryRead(out DueDelivery? first));
        _schedule.Again(first with { Failures = 1 }, TimeSpan.FromSeconds(2));

        _schedule.Add(new DueDelivery(_approval), TimeSpan.Zero);

        Assert.False(_schedule.Due.TryRead(out _));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_schedule.Due.TryRead(out DueDelivery? again));
        Assert.Equal(1, again.Failures);
    }

    [Fact]
    public void Add_ANewerVersion_TakesThePlaceOfTheOlder()
    {
        _schedule.Add(new DueDelivery(_approval), Lease);

        _schedule.Add(new DueDelivery(_approval with { Version = _approval.Version + 1 }), Lease);
        _time.Advance(Lease);

        Assert.True(_schedule.Due.TryRead(out DueDelivery? due));
        Assert.Equal(_approval.Version + 1, due.Approval.Version);
        Assert.False(_schedule.Due.TryRead(out _));
    }
}
