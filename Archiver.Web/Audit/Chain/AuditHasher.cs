using System.Security.Cryptography;
using System.Text;
using Archiver.Web.Audit.Trail;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Audit.Chain;

/// <summary>
/// Hashes entries: SHA-256 of the previous hash's 32 bytes and the entry's bytes. Where a key is set it is HMAC-SHA256 of the same
/// with that key (RFC 2104), so that whoever can write to the table, but has no key, can't make a chain that holds.
/// </summary>
internal sealed class AuditHasher
{
    // Long enough that two keys are not taken for each other, and short enough to say nothing of them.
    private const int KeyNameLength = 16;

    private readonly byte[]? _key;

    /// <param name="key">The key; nothing for plain hashes.</param>
    public AuditHasher(byte[]? key)
    {
        _key = key;
        KeyName = key is null ? null : Hex(HMACSHA256.HashData(key, "archiver audit key"u8))[..KeyNameLength];
    }

    /// <summary>Takes the key from the settings.</summary>
    public AuditHasher(IOptions<AuditOptions> options) : this(options.Value.Key) { }

    /// <summary>What entries call the key that they are hashed with; it tells nothing of the key. Nothing without one.</summary>
    public string? KeyName { get; }

    /// <summary>The hash of an entry.</summary>
    /// <param name="previous">The hash of the one before it, as it is written.</param>
    /// <param name="entry">The entry's text.</param>
    public string Hash(string previous, string entry) => Hash(previous, entry, _key);

    /// <summary>The hash that an entry has where no key is set.</summary>
    /// <inheritdoc cref="Hash(string, string)" path="/param"/>
    public static string PlainHash(string previous, string entry) => Hash(previous, entry, null);

    private static string Hash(string previous, string entry, byte[]? key)
    {
        byte[] bytes = [.. Convert.FromHexString(previous), .. Encoding.UTF8.GetBytes(entry)];
        return Hex(key is null ? SHA256.HashData(bytes) : HMACSHA256.HashData(key, bytes));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
