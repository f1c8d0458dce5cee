namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>
/// The one place where things happen to an execution: work that is posted here runs one piece at a time, in order, on the thread
/// pool. A line lives as long as it has work or is held, and takes no thread while it has none.
/// </summary>
/// <param name="executionArn">Whose line it is.</param>
/// <param name="retire">Takes the line out of use; called once, while nothing can be posted.</param>
internal sealed class ExecutionLine(string executionArn, Action<ExecutionLine> retire)
{
    private readonly Lock _gate = new();
    private readonly Queue<Action<ExecutionLine>> _work = new();
    private int _holds;
    private bool _pumping;
    private bool _retired;

    /// <summary>Whose line it is.</summary>
    public string ExecutionArn { get; } = executionArn;

    /// <summary>The execution, once work of this line has loaded it. Only work of this line may touch it.</summary>
    public RunningExecution? Run { get; set; }

    /// <summary>Appends work; it must not throw.</summary>
    /// <returns>False when the line is retired: post to its successor.</returns>
    public bool TryPost(Action<ExecutionLine> work)
    {
        lock (_gate)
        {
            if (_retired)
                return false;
            _work.Enqueue(work);
            if (_pumping)
                return true;
            _pumping = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static line => line.Pump(), this, preferLocal: false);
        return true;
    }

    /// <summary>Keeps the line, and what it has loaded, while a call is under way or somebody waits for the end.</summary>
    public void Hold()
    {
        lock (_gate)
            _holds++;
    }

    /// <summary>Ends a <see cref="Hold"/>.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _holds--;
            RetireIfIdle();
        }
    }

    private void Pump()
    {
        while (true)
        {
            Action<ExecutionLine>? work;
            lock (_gate)
            {
                if (!_work.TryDequeue(out work))
                {
                    _pumping = false;
                    RetireIfIdle();
                    return;
                }
            }
            work(this);
        }
    }

    private void RetireIfIdle()
    {
        if (_holds > 0 || _pumping || _retired)
            return;
        _retired = true;
        retire(this);
    }
}
