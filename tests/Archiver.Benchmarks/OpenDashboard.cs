using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Archiver.Benchmarks;

/// <summary>
/// A dashboard as it is open in a browser, without the browser: a real circuit with the page's own components. It takes and acknowledges
/// every render batch, answers what the page asks of scripts, and says of lists that their first rows are visible.
/// </summary>
internal sealed partial class OpenDashboard : IAsyncDisposable
{
    private const int Height = 820;

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _awaited;
    private readonly Action<byte[], long> _rendered;
    private Task _reading = Task.CompletedTask;
    private long _calls;

    private OpenDashboard(string awaited, Action<byte[], long> rendered) => (_awaited, _rendered) = (awaited, rendered);

    /// <summary>How many bytes of render batches came.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many render batches came.</summary>
    public int Batches { get; private set; }

    /// <summary>What went wrong, if anything did.</summary>
    public string? Problem { get; private set; }

    /// <summary>Opens one, and waits until it shows something.</summary>
    /// <param name="address">The page.</param>
    /// <param name="cookies">The header of whoever is signed in.</param>
    /// <param name="awaited">The text to wait for.</param>
    /// <param name="rendered">Told of every render batch, and when it came by <see cref="Stopwatch.GetTimestamp"/>.</param>
    public static async Task<OpenDashboard> OpenAsync(HttpClient http, Uri address, string cookies, string awaited, Action<byte[], long> rendered)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Add("Cookie", cookies);
        request.Headers.AcceptLanguage.ParseAdd("en-US");
        using HttpResponseMessage response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        string page = await response.Content.ReadAsStringAsync();

        OpenDashboard dashboard = new(awaited, rendered);
        dashboard._socket.Options.SetRequestHeader("Cookie", cookies);
        await dashboard._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/_blazor", Query = "" }.Uri, CancellationToken.None);
        await dashboard._socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, CancellationToken.None);
        dashboard._reading = dashboard.ReadAsync();
        await dashboard.SendAsync("StartCircuit", new Uri(address, "/").ToString(), address.ToString(), "[]", State().Match(page).Groups[1].Value, start: true);
        string[] markers = [.. Marker().Matches(page).Select(match => match.Groups[1].Value)];
        string operations = string.Join(',', markers.Select((marker, place) => string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"add\",\"ssrComponentId\":{place + 1},\"marker\":{marker}}}")));
        await dashboard.SendAsync("UpdateRootComponents", $"{{\"batchId\":1,\"operations\":[{operations}]}}", "");
        await dashboard._shown.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return dashboard;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _socket.Dispose();
        _stop.Dispose();
        _sending.Dispose();
    }

    private Task SendAsync(string method, string first, string second, string? third = null, string? fourth = null, bool start = false) =>
        SendAsync(start ? BlazorPack.Call("start", method, first, second, third, fourth) : BlazorPack.Call(null, method, first, second));

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        int filled = 0;
        bool isOpen = false;
        try
        {
            while (true)
            {
                if (filled == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
                ValueWebSocketReceiveResult received = await _socket.ReceiveAsync(buffer.AsMemory(filled), _stop.Token);
                if (received.MessageType == WebSocketMessageType.Close) throw new WebSocketException("The server closed it.");
                filled += received.Count;
                if (!isOpen)
                {
                    // The answer to the handshake ends with a record separator.
                    int end = buffer.AsSpan(0, filled).IndexOf((byte)0x1e);
                    if (end < 0) continue;
                    isOpen = true;
                    filled = Drop(buffer, filled, end + 1);
                }
                while (BlazorPack.Read(buffer.AsSpan(0, filled)) is { } read)
                {
                    filled = Drop(buffer, filled, read.Taken);
                    await TakeAsync(read.Message);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException || _stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            Problem ??= exception.Message;
            _shown.TrySetException(new InvalidOperationException(Problem, exception));
        }
    }

    private static int Drop(byte[] buffer, int filled, int taken)
    {
        Buffer.BlockCopy(buffer, taken, buffer, 0, filled - taken);
        return filled - taken;
    }

    private async Task TakeAsync(object?[] message)
    {
        switch (message)
        {
            case [1L, _, _, "JS.RenderBatch", object?[] and [long batch, byte[] data], ..]:
                Rendered(data);
                await SendAsync(BlazorPack.Call(null, "OnRenderCompleted", batch, null));
                break;
            case [1L, _, _, "JS.BeginInvokeJS", object?[] and [long call, string identifier, var arguments, long resultType, ..], ..]:
                await AnswerAsync(call, identifier, arguments as string ?? "[]", resultType);
                break;
            case [1L, _, _, "JS.Error", object?[] and [string error, ..], ..]:
                throw new InvalidOperationException(error);
            case [7L, ..]:
                throw new InvalidOperationException($"The server ended it: {message.ElementAtOrDefault(1)}");
            case [3L, _, _, 1L, string failure]:
                throw new InvalidOperationException(failure);
        }
    }

    private void Rendered(byte[] data)
    {
        long now = Stopwatch.GetTimestamp();
        (Bytes, Batches) = (Bytes + data.Length, Batches + 1);
        _rendered(data, now);
        if (!_shown.Task.IsCompleted && data.AsSpan().IndexOf(Encoding.UTF8.GetBytes(_awaited)) >= 0) _shown.TrySetResult();
    }

    // What a browser's scripts would say: a module is an object; a viewer is in Europe, by day; the rest has nothing to tell.
    private async Task AnswerAsync(long call, string identifier, string arguments, long resultType)
    {
        string result = (resultType, identifier) switch
        {
            (1, _) => string.Create(CultureInfo.InvariantCulture, $"{{\"__jsObjectId\":{Interlocked.Increment(ref _calls)}}}"),
            (3, _) => "null",
            (_, "isDark" or "isOpen") => "false",
            (_, "window.hasOwnProperty") => "true",
            (_, "mudpopoverHelper.countProviders") => "0",
            (_, "timeZone") => "\"Europe/Berlin\"",
            (_, "state") => "\"off\"",
            (_, _) => "null",
        };
        if (call != 0) await SendAsync(BlazorPack.Call(null, "EndInvokeJSFromDotNet", call, true, $"[{call.ToString(CultureInfo.InvariantCulture)},true,{result}]"));
        if (!identifier.EndsWith("Virtualize.init", StringComparison.Ordinal)) return;
        using JsonDocument given = JsonDocument.Parse(arguments);
        long list = given.RootElement[0].GetProperty("__dotNetObject").GetInt64();
        string id = Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture);
        // No row is there yet, and so the space before them is visible, in a window of this height.
        await SendAsync(BlazorPack.Call(null, "BeginInvokeDotNetFromJS", id, null, "OnSpacerBeforeVisible", list, $"[0,0,{Height.ToString(CultureInfo.InvariantCulture)}]"));
    }

    [GeneratedRegex("<!--Blazor:(\\{\"type\":\"server\".*?\\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}
