using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs;

/// <summary>A file that was chosen in the browser.</summary>
/// <param name="Name">Its name, as the browser says.</param>
/// <param name="Size">Its size in bytes, as the browser says.</param>
internal sealed record BrowserFile(string Name, long Size);

/// <summary>A file whose sending has ended.</summary>
/// <param name="Place">Its place among the chosen, from 0.</param>
/// <param name="Problem">What kept it from being taken, in words; nothing when it is stored.</param>
internal sealed record SentFile(int Place, string? Problem);

/// <summary>
/// The files that were chosen in the browser. They stay there until they are sent, each as one plain request past the circuit;
/// the browser tells how far they are, and what came of them.
/// </summary>
internal sealed class BrowserFiles(IJSRuntime script) : IAsyncDisposable
{
    private readonly Channel<SentFile> _ended = Channel.CreateUnbounded<SentFile>();
    private readonly HashSet<int> _awaited = [];
    private IJSObjectReference? _module;
    private IJSObjectReference? _files;
    private DotNetObjectReference<BrowserFiles>? _self;
    private Action<int, long>? _progress;

    /// <summary>Takes what an input element has chosen.</summary>
    /// <param name="most">The most files whose names and sizes are asked for.</param>
    /// <returns>How many files were chosen, and what they are: nothing of them when they are more than that.</returns>
    public async Task<(int Count, IReadOnlyList<BrowserFile> Files)> TakeAsync(ElementReference input, int most, CancellationToken cancellationToken)
    {
        _module ??= await script.InvokeAsync<IJSObjectReference>("import", cancellationToken, "./Runs/StartRunDialog.razor.js");
        _files ??= await _module.InvokeAsync<IJSObjectReference>("open", cancellationToken);
        int count = await _files.InvokeAsync<int>("take", cancellationToken, input);
        List<BrowserFile> files = [];
        while (count <= most && files.Count < count)
        {
            // In pages: a circuit takes 32 KB a message, and a thousand names have more.
            BrowserFile[] page = await _files.InvokeAsync<BrowserFile[]>("describe", cancellationToken, files.Count);
            if (page.Length == 0) break; // others were chosen meanwhile; that choice has an event of its own
            files.AddRange(page);
        }
        return (count, files);
    }

    /// <summary>Sends files to the upload endpoint.</summary>
    /// <param name="click">Names the click that they belong to.</param>
    /// <param name="places">Which, by their places among those that were taken.</param>
    /// <param name="progress">Told how many bytes of a file were sent, a few times a second.</param>
    /// <param name="cancellationToken">Stops the browser, too.</param>
    /// <returns>Each file once, as its sending ends.</returns>
    public async IAsyncEnumerable<SentFile> SendAsync(
        string click, IReadOnlyCollection<int> places, Action<int, long> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (places.Count == 0) yield break;
        _progress = progress;
        _awaited.UnionWith(places);
        _self ??= DotNetObjectReference.Create(this);
        await _files!.InvokeVoidAsync(
            "send", cancellationToken, $"runs/uploads/{click}", places, _self,
            new { broken = L["The file could not be read, or the connection broke."], answered = L["The dashboard answered {0}."] });
        for (int left = places.Count; left > 0; left--) yield return await _ended.Reader.ReadAsync(cancellationToken);
    }

    /// <summary>Called by the browser: how many bytes of which files were sent.</summary>
    /// <param name="sent">Pairs of a file's place and its bytes.</param>
    [JSInvokable]
    public void Progress(long[][] sent)
    {
        foreach (long[] file in sent)
        {
            if (file is [var place, var bytes] && _awaited.Contains((int)place)) _progress?.Invoke((int)place, bytes);
        }
    }

    /// <summary>Called by the browser: a file's sending has ended. It calls again where it got no answer, which then says nothing new.</summary>
    [JSInvokable]
    public void Ended(int place, string? problem)
    {
        if (_awaited.Remove(place)) _ended.Writer.TryWrite(new SentFile(place, problem));
    }

    /// <summary>Stops what is under way, and lets the browser forget the files.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_files is not null)
            {
                await _files.InvokeVoidAsync("stop");
                await _files.DisposeAsync();
            }
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and what it sent with it; or it does not answer, and soon will be.
        }
        finally
        {
            _self?.Dispose();
        }
    }
}
