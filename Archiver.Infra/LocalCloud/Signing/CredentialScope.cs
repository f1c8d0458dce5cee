namespace Archiver.Infra.LocalCloud.Signing;

/// <summary>What a signature is good for.</summary>
/// <param name="Date">The day, <c>yyyyMMdd</c>.</param>
/// <param name="Region">The region's code.</param>
/// <param name="Service">The service's signing name, such as <c>sqs</c>.</param>
internal sealed record CredentialScope(string Date, string Region, string Service)
{
    /// <summary>The scope as it is signed.</summary>
    public override string ToString() => $"{Date}/{Region}/{Service}/{SigV4.Terminator}";
}
