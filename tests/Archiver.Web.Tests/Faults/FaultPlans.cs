namespace Archiver.Web.Tests.Faults;

/// <summary>Disturbs a fraction of a service's calls, with each kind of fault in its turn; the same seed draws the same.</summary>
internal sealed class FractionPlan(string service, double fraction, int seed) : IFaultPlan
{
    private static readonly Fault[] Kinds = Enum.GetValues<Fault>();

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    /// <summary>How many calls there were.</summary>
    public int Calls { get; private set; }

    /// <summary>How many of them were disturbed.</summary>
    public int Disturbed { get; private set; }

    public Fault? Next(CloudCall call)
    {
        if (call.Service != service) return null;
        lock (_lock)
        {
            Calls++;
            return _random.NextDouble() < fraction ? Kinds[Disturbed++ % Kinds.Length] : null;
        }
    }
}

/// <summary>A service that is down from one moment to another: it fails and does not answer, in turn.</summary>
internal sealed class OutagePlan(string service, TimeProvider time) : IFaultPlan
{
    private readonly Lock _lock = new();
    private DateTimeOffset _from = DateTimeOffset.MaxValue;
    private DateTimeOffset _to = DateTimeOffset.MaxValue;

    /// <summary>How many calls met the outage.</summary>
    public int Refused { get; private set; }

    /// <summary>Goes down now.</summary>
    /// <returns>When it comes back.</returns>
    public DateTimeOffset GoDown(TimeSpan duration)
    {
        lock (_lock)
        {
            _from = time.GetUtcNow();
            return _to = _from + duration;
        }
    }

    public Fault? Next(CloudCall call)
    {
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (call.Service != service || now < _from || now >= _to) return null;
            return ++Refused % 2 == 0 ? Fault.TimeOut : Fault.Fail;
        }
    }
}

/// <summary>Disturbs the next calls of an action, once each.</summary>
internal sealed class NextCallPlan : IFaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<(string Action, Fault Fault)> _next = [];

    /// <summary>Whether all that was asked for has happened.</summary>
    public bool IsDone
    {
        get { lock (_lock) return _next.Count == 0; }
    }

    /// <summary>Asks for a fault.</summary>
    public void Disturb(string action, Fault fault, int times = 1)
    {
        lock (_lock) _next.AddRange(Enumerable.Repeat((action, fault), times));
    }

    public Fault? Next(CloudCall call)
    {
        lock (_lock)
        {
            int index = _next.FindIndex(one => one.Action == call.Action);
            if (index < 0) return null;
            Fault fault = _next[index].Fault;
            _next.RemoveAt(index);
            return fault;
        }
    }
}
