namespace Archiver.Infra.LocalCloud.Lambda;

/// <summary>A function of the stack.</summary>
internal sealed record LambdaFunction
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its ARN, without a version.</summary>
    public required string Arn { get; init; }

    /// <summary>Its handler, as <c>ASSEMBLY::TYPE::METHOD</c>.</summary>
    public required string Handler { get; init; }

    /// <summary>The role that it would have.</summary>
    public required string RoleArn { get; init; }

    /// <summary>Its environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>How long a call of it may take: 1 to 900 seconds.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>When the local cloud took it up.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>What calls it.</summary>
    public required LambdaHandler Code { get; init; }
}
