namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>Counts what is under way, so that a shutdown can wait until nothing is.</summary>
internal sealed class Activity
{
    private readonly Lock _gate = new();
    private int _count;
    private TaskCompletionSource? _idle;

    /// <summary>Something begins.</summary>
    public void Enter()
    {
        lock (_gate)
            _count++;
    }

    /// <summary>Something that began has ended.</summary>
    public void Leave()
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (--_count == 0)
                (idle, _idle) = (_idle, null);
        }
        idle?.SetResult();
    }

    /// <summary>Completes when nothing is under way, at once when nothing is.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
        {
            if (_count == 0)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }
}
