namespace Archiver.Lambdas.Functions;

/// <summary>An attribute's value as DynamoDB writes it in JSON: one of the members, the others absent.</summary>
internal sealed record ItemAttribute
{
    public string? S { get; init; }

    public string? N { get; init; }

    public bool? BOOL { get; init; }
}
