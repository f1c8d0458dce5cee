using System.Diagnostics;

namespace Archiver.CrashSubject;

/// <summary>
/// Prints a line where a call to the cloud begins and where it ends, as the HTTP client itself tells it: the points at which
/// whoever started this process may end it.
/// </summary>
internal sealed class CallWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Listener = "HttpHandlerDiagnosticListener";
    private const string Began = "System.Net.Http.HttpRequestOut.Start";
    private const string Ended = "System.Net.Http.HttpRequestOut.Stop";

    // Asked all the time, and again when it failed.
    private static readonly string[] NothingIsUnderWayIn = [".GetQueueAttributes", ".Query", ".DescribeExecution"];

    public static IDisposable Start() => DiagnosticListener.AllListeners.Subscribe(new CallWatch());

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Listener) value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key is not (Began or Ended) || value.Value is not { } happening) return;
        // What is told is of a type that only the framework can name.
        if (happening.GetType().GetProperty("Request")?.GetValue(happening) is not HttpRequestMessage request) return;
        string action = request.Headers.TryGetValues("X-Amz-Target", out IEnumerable<string>? targets) ? targets.First() : request.Method.Method;
        if (NothingIsUnderWayIn.Any(one => action.EndsWith(one, StringComparison.Ordinal))) return;
        Console.WriteLine($"at the {(value.Key == Began ? "beginning" : "end")} of {action}");
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }
}
