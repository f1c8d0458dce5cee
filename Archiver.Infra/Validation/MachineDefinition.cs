using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Validation;

/// <summary>
/// A state machine's definition with its substitutions made, which knows where each place of it came from: a file beside the
/// template, or the template itself.
/// </summary>
internal sealed partial class MachineDefinition
{
    private readonly Func<string, int, int, SourceLocation> _locate;

    private MachineDefinition(string text, bool isExpress, Func<string, int, int, SourceLocation> locate)
    {
        Text = text;
        IsExpress = isExpress;
        _locate = locate;
    }

    /// <summary>The definition that a deployment would send.</summary>
    public string Text { get; }

    /// <summary>It is for an express machine.</summary>
    public bool IsExpress { get; }

    /// <summary>Finds the definition of a machine and makes its substitutions.</summary>
    /// <param name="declaration">The machine as it is written.</param>
    /// <param name="properties">Its properties, resolved.</param>
    /// <param name="templatePath">The template's file.</param>
    /// <param name="findings">Takes what is wrong with the file and with the substitutions.</param>
    public static MachineDefinition? Load(ResourceDeclaration declaration, JsonObject properties, string templatePath, ICollection<Finding> findings)
    {
        bool isExpress = properties["Type"]?.ToString() == "EXPRESS";
        JsonObject substitutions = properties["DefinitionSubstitutions"] as JsonObject ?? [];
        if (properties["DefinitionUri"] is JsonValue uri)
            return OfFile(declaration, uri.ToString(), substitutions, isExpress, templatePath, findings);
        if (properties["Definition"] is not JsonObject inline)
        {
            findings.Add(Finding.Error("NO_DEFINITION", $"The state machine {declaration.LogicalId} has no definition that can be read here.", declaration.At));
            return null;
        }
        TemplateNode node = declaration.Properties["Definition"]!;
        Substituted substituted = Substitute(declaration, inline.ToJsonString(), substitutions, _ => node.At, findings);
        return new MachineDefinition(substituted.Text, isExpress, (path, _, _) => Nearest(node, path));
    }

    /// <summary>Where a place of <see cref="Text"/> was written.</summary>
    /// <param name="path">The path into the definition, such as <c>/States/Approve/Next</c>.</param>
    /// <param name="line">The line in <see cref="Text"/>.</param>
    /// <param name="column">The column there.</param>
    public SourceLocation Locate(string path, int line, int column) => _locate(path, line, column);

    private static MachineDefinition? OfFile(
        ResourceDeclaration declaration, string uri, JsonObject substitutions, bool isExpress, string templatePath, ICollection<Finding> findings)
    {
        string path = Path.Combine(Path.GetDirectoryName(templatePath) ?? "", uri);
        string source;
        try
        {
            source = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            SourceLocation at = declaration.Properties["DefinitionUri"]?.At ?? declaration.At;
            findings.Add(Finding.Error("NO_DEFINITION", $"The definition of {declaration.LogicalId} can't be read: {exception.Message}", at));
            return null;
        }
        Substituted substituted = Substitute(declaration, source, substitutions, offset => Place(path, source, offset), findings);
        return new MachineDefinition(
            substituted.Text, isExpress, (_, line, column) => Place(path, source, substituted.SourceOffset(Offset(substituted.Text, line, column))));
    }

    private static Substituted Substitute(
        ResourceDeclaration declaration, string source, JsonObject substitutions, Func<int, SourceLocation> place, ICollection<Finding> findings)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        Substituted result = new();
        int from = 0;
        foreach (Match match in Placeholder().Matches(source))
        {
            string name = match.Groups["name"].Value;
            result.Copy(source, from, match.Index);
            from = match.Index + match.Length;
            if (substitutions.ContainsKey(name))
            {
                used.Add(name);
                result.Replace(match, substitutions[name]?.ToString() ?? "");
            }
            else
            {
                findings.Add(Finding.Error("UNFILLED_SUBSTITUTION", $"Nothing fills {match.Value}: {declaration.LogicalId} has no {name} in DefinitionSubstitutions.", place(match.Index)));
                result.Replace(match, match.Value);
            }
        }
        result.Copy(source, from, source.Length);

        MapNode? written = declaration.Properties["DefinitionSubstitutions"] as MapNode;
        foreach ((string name, _) in substitutions)
        {
            if (!used.Contains(name))
                findings.Add(Finding.Warning("UNUSED_SUBSTITUTION", $"The definition of {declaration.LogicalId} does not use ${{{name}}}.", written?.Find(name)?.At ?? declaration.At));
        }
        return result;
    }

    /// <summary>The place of the deepest part of an inline definition on a path.</summary>
    private static SourceLocation Nearest(TemplateNode node, string path)
    {
        SourceLocation at = node.At;
        foreach (string step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string key = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (node is MapNode map && map.Find(key) is { } entry)
                (node, at) = (entry.Value, entry.At);
            else if (node is ListNode list && int.TryParse(key, out int index) && index >= 0 && index < list.Items.Count)
                (node, at) = (list.Items[index], list.Items[index].At);
            else
                break;
        }
        return at;
    }

    private static SourceLocation Place(string file, string text, int offset)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, offset);
        return new SourceLocation(file, before.Count('\n') + 1, offset - before.LastIndexOf('\n'));
    }

    private static int Offset(string text, int line, int column)
    {
        int start = 0;
        for (int i = 1; i < line && text.IndexOf('\n', start) is >= 0 and int end; i++)
            start = end + 1;
        return Math.Clamp(start + column - 1, 0, text.Length);
    }

    [GeneratedRegex(@"\$\{(?<name>[^{}""\s]+)\}")]
    private static partial Regex Placeholder();

    /// <summary>A text that grows out of another, and can say where each place of it comes from.</summary>
    private sealed class Substituted
    {
        private readonly StringBuilder _text = new();
        private readonly List<(int Start, int SourceStart, bool Copied)> _pieces = [];

        public string Text => _text.ToString();

        public void Copy(string source, int from, int to)
        {
            _pieces.Add((_text.Length, from, true));
            _text.Append(source, from, to - from);
        }

        public void Replace(Match match, string value)
        {
            _pieces.Add((_text.Length, match.Index, false));
            _text.Append(value);
        }

        /// <summary>The offset in the source; all of a replaced placeholder is at its beginning.</summary>
        public int SourceOffset(int offset)
        {
            (int start, int sourceStart, bool copied) = _pieces.FindLast(piece => piece.Start <= offset);
            return copied ? sourceStart + offset - start : sourceStart;
        }
    }
}
