using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using static Archiver.Web.Shell.ShellWords;

namespace Archiver.Web.Shell.Json;

/// <summary>Shows JSON with folding, search and copy; text that is none is shown as it is.</summary>
public sealed partial class JsonView : IAsyncDisposable
{
    private const int Page = 500;

    private readonly HashSet<int> _folded = [];
    private IReadOnlyList<JsonLine>? _lines;
    private List<int> _matches = [];
    private ElementReference _box;
    private IJSObjectReference? _module;
    private string? _read;
    private string _query = "";
    private int _match;
    private int _shown = Page;
    private bool _copied;
    private bool _scroll;

    /// <summary>What it is.</summary>
    [Parameter, EditorRequired] public required string Title { get; set; }

    /// <summary>The text, its secrets hidden.</summary>
    [Parameter, EditorRequired] public required string Text { get; set; }

    /// <summary>Whether the title is shown, or something else on the page says it.</summary>
    [Parameter] public bool Heading { get; set; } = true;

    /// <summary>Whether it is a section of the page, and not of one of its sections.</summary>
    [Parameter] public bool IsSection { get; set; }

    [Inject] private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its module with it.
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_read == Text) return;
        _read = Text;
        _lines = JsonLines.Of(Text);
        _folded.Clear();
        _shown = Page;
        _copied = false;
        Search(_query);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_scroll) return;
        _scroll = false;
        if (await ModuleAsync() is { } module) await module.InvokeVoidAsync("show", _box);
    }

    // Lines that are not within what is folded.
    private IEnumerable<int> Visible()
    {
        for (int place = 0; place < _lines!.Count; place++)
        {
            yield return place;
            if (_folded.Contains(place)) place = _lines[place].End;
        }
    }

    private void Search(string? query)
    {
        _query = query ?? "";
        _match = 0;
        _matches = _query.Length == 0 || _lines is null ? [] : [.. Enumerable.Range(0, _lines.Count).Where(place => _lines[place].Has(_query))];
        if (_matches.Count > 0) Unfold(_matches[0]);
    }

    private Task KeyAsync(KeyboardEventArgs key) => key.Key == "Enter" ? GoAsync(key.ShiftKey ? -1 : 1) : Task.CompletedTask;

    private Task GoAsync(int step)
    {
        if (_matches.Count == 0) return Task.CompletedTask;
        _match = (_match + step + _matches.Count) % _matches.Count;
        Unfold(_matches[_match]);
        return Task.CompletedTask;
    }

    // What is found is shown, whatever it is in.
    private void Unfold(int line)
    {
        _folded.RemoveWhere(start => start < line && line <= _lines![start].End);
        int at = Visible().TakeWhile(place => place != line).Count();
        if (at >= _shown) _shown = at + Page;
        _scroll = true;
    }

    private void Fold(int line)
    {
        if (!_folded.Remove(line)) _folded.Add(line);
    }

    private void FoldAll()
    {
        bool any = _folded.Count > 0;
        _folded.Clear();
        if (any) return;
        // What is in the outermost stays one line each, so that there is something to see.
        _folded.UnionWith(Enumerable.Range(0, _lines!.Count).Where(place => _lines[place] is { Kind: JsonLineKind.Open, Depth: > 0 }));
        if (_folded.Count == 0 && _lines[0].Kind == JsonLineKind.Open) _folded.Add(0);
    }

    private async Task CopyAsync()
    {
        if (await ModuleAsync() is { } module) _copied = await module.InvokeAsync<bool>("copy", Text);
    }

    private async Task<IJSObjectReference?> ModuleAsync() =>
        _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./Shell/Json/JsonView.razor.js");

    private bool IsCurrent(int place) => _matches.Count > 0 && _matches[_match] == place;

    private string Closing(JsonLine line) => _lines![line.End].Text;

    private bool Comma(JsonLine line, int place) => line.Kind == JsonLineKind.Open ? _folded.Contains(place) && _lines![line.End].Comma : line.Comma;

    private string FoldLabel(JsonLine line, int place) => (_folded.Contains(place), line.Name?.Trim('"')) switch
    {
        (true, { } name) => L["Unfold {0}", name],
        (false, { } name) => L["Fold {0}", name],
        (true, null) => L["Unfold value"],
        (false, null) => L["Fold value"],
    };

    private RenderFragment Marked(string text) => builder =>
    {
        int from = 0;
        for (int at; _query.Length > 0 && (at = text.IndexOf(_query, from, StringComparison.OrdinalIgnoreCase)) >= 0; from = at + _query.Length)
        {
            builder.AddContent(0, text[from..at]);
            builder.OpenElement(1, "mark");
            builder.AddContent(2, text.Substring(at, _query.Length));
            builder.CloseElement();
        }
        builder.AddContent(3, text[from..]);
    };
}
