using System.Collections.Frozen;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>
/// Parses projection expressions: paths, with commas between them.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html
/// </summary>
internal sealed class ProjectionParser : ExpressionParser
{
    private const string Member = "ProjectionExpression";

    private ProjectionParser(string source, Placeholders placeholders) : base(Member, source, placeholders) { }

    /// <inheritdoc/>
    protected override IReadOnlySet<string> Keywords => FrozenSet<string>.Empty;

    /// <summary>Parses an expression.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c>, in AWS's words.</exception>
    public static Projection Parse(string source, Placeholders placeholders)
    {
        ProjectionParser parser = new(source, placeholders);
        List<DocumentPath> paths = [];
        do
            paths.Add(parser.TakePath());
        while (parser.TakeSymbol(","));
        if (PathOverlap.Find(paths) is string overlap)
            parser.Note(FindingKind.OverlappingPaths, overlap);
        parser.Finish();
        return new Projection(paths);
    }
}
