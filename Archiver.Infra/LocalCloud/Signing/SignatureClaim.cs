namespace Archiver.Infra.LocalCloud.Signing;

/// <summary>What a request says of its own signature, before any of it is believed.</summary>
/// <param name="AccessKeyId">The key that it names.</param>
/// <param name="Scope">What the signature is said to be good for.</param>
/// <param name="SignedHeaders">The headers that it covers, their names in lower case.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Timestamp">When it was signed, as it is signed.</param>
/// <param name="SignedAt">The same as a time.</param>
/// <param name="Lifetime">How long a presigned URL is good for; nothing when the signature stands in the headers.</param>
internal sealed record SignatureClaim(
    string AccessKeyId, CredentialScope Scope, IReadOnlyList<string> SignedHeaders, string Signature, string Timestamp, DateTimeOffset SignedAt, TimeSpan? Lifetime)
{
    /// <summary>Whether the signature stands in the query.</summary>
    public bool IsPresigned => Lifetime is not null;
}
