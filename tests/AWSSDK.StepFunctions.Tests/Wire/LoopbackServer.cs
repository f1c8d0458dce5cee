using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Amazon.StepFunctions.Tests.Wire;

/// <summary>
/// An HTTP server on a free loopback port, for what only a real connection shows. It answers every request alike.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<RecordedRequest> _requests = [];
    private readonly string _answer;
    private readonly Task _loop;

    public LoopbackServer(string answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = ServeAsync();
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    public RecordedRequest Request
    {
        get
        {
            lock (_requests)
                return Assert.Single(_requests);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(connection.GetStream());
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var start = (await reader.ReadLineAsync(_stop.Token))!.Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
            headers[line.Split(':')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();

        // Latin-1 has a character a byte, so that the length counts both.
        var body = new char[int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture)];
        await reader.ReadBlockAsync(body, _stop.Token);
        lock (_requests)
        {
            _requests.Add(new RecordedRequest(
                start[0], new Uri($"{Url}{start[1]}"), headers, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body))));
        }

        await stream.WriteAsync(
            Encoding.UTF8.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nConnection: close\r\n"
                + $"Content-Length: {Encoding.UTF8.GetByteCount(_answer)}\r\n\r\n{_answer}"),
            _stop.Token);
    }
}
