using System.Security.Cryptography;
using System.Text;
using Archiver.Infra.LocalCloud.Storage;

namespace Archiver.Infra.LocalCloud.Parameters;

/// <summary>
/// Keeps a <c>SecureString</c> unreadable in the database and in answers that do not ask for decryption. The key lies beside
/// the data, readable by its owner alone: it guards against a glance and a copied answer, not against who owns the directory.
/// </summary>
internal sealed class ParameterCipher
{
    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;
    private readonly byte[] _key;

    public ParameterCipher(DataDirectory directory) => _key = LoadKey(directory.FilePath("parameters.key"));

    /// <summary>Encrypts a value, bound to its name: it can't be moved to another parameter.</summary>
    public string Encrypt(string name, string value)
    {
        byte[] plain = Encoding.UTF8.GetBytes(value);
        byte[] box = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using AesGcm aes = new(_key, TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(name));
        return Convert.ToBase64String(box);
    }

    /// <summary>Decrypts a value.</summary>
    /// <exception cref="CryptographicException">The key file was replaced, or the database was tampered with.</exception>
    public string Decrypt(string name, string value)
    {
        byte[] box = Convert.FromBase64String(value);
        byte[] plain = new byte[box.Length - NonceBytes - TagBytes];
        using AesGcm aes = new(_key, TagBytes);
        aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(name));
        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] LoadKey(string path)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: KeyBytes } kept)
            return kept;
        byte[] key = RandomNumberGenerator.GetBytes(KeyBytes);
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream file = new(path, options);
        file.Write(key);
        file.Flush(flushToDisk: true);
        return key;
    }
}
