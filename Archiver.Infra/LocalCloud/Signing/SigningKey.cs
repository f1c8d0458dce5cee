namespace Archiver.Infra.LocalCloud.Signing;

/// <summary>The one key that requests must be signed with. Its secret is in nothing that it prints.</summary>
/// <param name="accessKeyId">The part of it that a request names.</param>
/// <param name="secret">The part of it that only a signature tells of.</param>
internal sealed class SigningKey(string accessKeyId, string secret)
{
    /// <summary>The key of the settings; nothing when any key is taken.</summary>
    public static SigningKey? Of(LocalCloudOptions options) =>
        options is { AccessKeyId: { } id, SecretAccessKey: { } secret } ? new SigningKey(id, secret) : null;

    /// <summary>Whether a request names this key.</summary>
    public bool Is(string named) => SigV4.Same(accessKeyId, named);

    /// <summary>The key that signs in a scope.</summary>
    public byte[] For(CredentialScope scope) => SigV4.SigningKey(secret, scope);

    /// <inheritdoc/>
    public override string ToString() => accessKeyId;
}
