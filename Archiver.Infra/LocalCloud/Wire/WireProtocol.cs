namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>The shapes in which services answer, errors first of all.</summary>
internal enum WireProtocol
{
    /// <summary><c>awsJson1_0</c> and <c>awsJson1_1</c>.</summary>
    Json,

    /// <summary><c>awsQuery</c>: a form in, XML out.</summary>
    Query,

    /// <summary><c>restJson1</c>: paths of its own, JSON out.</summary>
    RestJson,

    /// <summary><c>restXml</c> as S3 speaks it.</summary>
    S3,
}
