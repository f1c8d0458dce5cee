using System.Text.Json;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Parsing;

/// <summary>Reads <c>Retry</c> and <c>Catch</c>. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html</summary>
internal sealed class ErrorHandlingParser(DiagnosticBag findings)
{
    /// <summary>Reads the retriers of a state.</summary>
    public IReadOnlyList<Retrier> ParseRetry(FieldReader state) => [.. ParseList(state, "Retry", "A retrier").Select(ParseRetrier)];

    /// <summary>Reads the catchers of a state.</summary>
    public IReadOnlyList<Catcher> ParseCatch(FieldReader state) => [.. ParseList(state, "Catch", "A catcher").Select(ParseCatcher)];

    /// <summary>Reads a <c>ResultPath</c>.</summary>
    /// <returns>Whether it is null, which discards the result; and the path.</returns>
    public (bool Discards, ReferencePath? Path) ParseResultPath(FieldReader fields)
    {
        if (fields.Any("ResultPath") is { Kind: JsonValueKind.Null })
            return (true, null);
        if (fields.OfKind("ResultPath", JsonValueKind.String) is not { } node)
            return (false, null);

        if (ReferencePath.TryParse(node.Text!, out var path, out var error))
            return (false, path);
        findings.Error($"\"ResultPath\" is not a reference path: {error}", node);
        return (false, null);
    }

    private List<FieldReader> ParseList(FieldReader state, string name, string what)
    {
        var readers = new List<FieldReader>();
        var list = state.OfKind(name, JsonValueKind.Array);
        foreach (var item in list?.Items ?? [])
        {
            if (item.Kind == JsonValueKind.Object)
                readers.Add(new FieldReader(item, what, findings));
            else
                findings.Error($"{what} must be an object, but is {item.KindName}.", item);
        }

        for (var i = 0; i < readers.Count; i++)
            CheckErrorEquals(readers[i], isLast: i == readers.Count - 1);
        return readers;
    }

    private Retrier ParseRetrier(FieldReader fields)
    {
        var interval = fields.Integer("IntervalSeconds", 1, StatesLimits.Seconds) ?? 1;
        var longest = fields.Integer("MaxDelaySeconds", 1, StatesLimits.RetryDelaySeconds - 1);
        if (longest <= interval)
            findings.Error("\"MaxDelaySeconds\" must be greater than \"IntervalSeconds\".", fields.Node.Member("MaxDelaySeconds")!);
        var jitter = fields.Text("JitterStrategy");
        if (jitter is not (null or "FULL" or "NONE"))
            findings.Error("\"JitterStrategy\" must be FULL or NONE.", fields.Node.Member("JitterStrategy")!);

        var retrier = new Retrier(
            ErrorEquals(fields),
            interval,
            fields.Integer("MaxAttempts", 0, StatesLimits.RetryAttempts) ?? 3,
            fields.Number("BackoffRate", 1) ?? 2,
            longest,
            jitter == "FULL");
        _ = fields.Text("Comment");
        fields.ReportUnknown();
        return retrier;
    }

    private Catcher ParseCatcher(FieldReader fields)
    {
        var (discards, path) = ParseResultPath(fields);
        var catcher = new Catcher(ErrorEquals(fields), fields.Text("Next", required: true) ?? "", discards, path);
        _ = fields.Text("Comment");
        if (fields.Any("Assign") is { } assign)
            findings.Unsupported("\"Assign\" (variables)", assign);
        if (fields.Any("Output") is { } output)
            findings.Unsupported("\"Output\" (JSONata)", output);
        fields.ReportUnknown();
        return catcher;
    }

    private static List<string> ErrorEquals(FieldReader fields)
        => [.. fields.Node.Member("ErrorEquals")?.Items.Select(i => i.Text).OfType<string>() ?? []];

    private void CheckErrorEquals(FieldReader fields, bool isLast)
    {
        if (fields.OfKind("ErrorEquals", JsonValueKind.Array, required: true) is not { } list)
            return;
        if (list.Items.Count == 0)
            findings.Error("\"ErrorEquals\" must name an error.", list);

        foreach (var item in list.Items)
        {
            if (item.Text is null)
                findings.Error($"An error's name must be a string, but is {item.KindName}.", item);
            else if (!StatesErrors.IsNameable(item.Text))
                findings.Error($"There is no error \"{item.Text}\", and names that begin with \"States.\" are reserved.", item);
            else if (item.Text == StatesErrors.All && (list.Items.Count > 1 || !isLast))
                findings.Error("\"States.ALL\" must stand alone, and in the last retrier or catcher.", item);
        }
    }
}
