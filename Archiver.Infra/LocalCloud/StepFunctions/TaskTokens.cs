using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>What a task token says of its task.</summary>
/// <param name="ExecutionArn">The execution that waits.</param>
/// <param name="TaskId">Its task.</param>
/// <param name="Genuine">This local cloud gave the token: it was not made up, and it is not another cloud's.</param>
internal sealed record TaskTokenContent(string ExecutionArn, string TaskId, bool Genuine);

/// <summary>
/// Makes and reads task tokens. A token carries its execution and task, so that an answer finds its run without a search, 128 random
/// bits, and a seal that only the holder of this cloud's secret can make. It reads as base64url of
/// <c>version, nonce, length, execution ARN, task id, seal</c>.
/// </summary>
/// <param name="secret">The key of the seal.</param>
internal sealed class TaskTokens(byte[] secret)
{
    private const byte Version = 1;
    private const int NonceLength = 16;
    private const int SealLength = 16;
    private const int HeaderLength = 1 + NonceLength + 2;

    /// <summary>Makes a fresh token.</summary>
    /// <returns>At most 1,024 characters of <c>A-Z a-z 0-9 - _</c>, the first of them a letter.</returns>
    public string Create(string executionArn, string taskId)
    {
        int arnLength = Encoding.UTF8.GetByteCount(executionArn);
        byte[] token = new byte[HeaderLength + arnLength + Encoding.UTF8.GetByteCount(taskId) + SealLength];
        token[0] = Version;
        RandomNumberGenerator.Fill(token.AsSpan(1, NonceLength));
        token[1 + NonceLength] = (byte)(arnLength >> 8);
        token[2 + NonceLength] = (byte)arnLength;
        Encoding.UTF8.GetBytes(executionArn, token.AsSpan(HeaderLength));
        Encoding.UTF8.GetBytes(taskId, token.AsSpan(HeaderLength + arnLength));
        Seal(token.AsSpan(0, token.Length - SealLength), token.AsSpan(token.Length - SealLength));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Reads a token.</summary>
    /// <returns>False when it has not the form of one.</returns>
    public bool TryRead(string text, [NotNullWhen(true)] out TaskTokenContent? content)
    {
        content = null;
        if (!Base64Url.IsValid(text, out int length) || length <= HeaderLength + SealLength)
            return false;
        byte[] token = Base64Url.DecodeFromChars(text);
        int arnLength = (token[1 + NonceLength] << 8) | token[2 + NonceLength];
        int taskLength = token.Length - HeaderLength - SealLength - arnLength;
        if (token[0] != Version || arnLength == 0 || taskLength <= 0)
            return false;
        string arn = Encoding.UTF8.GetString(token, HeaderLength, arnLength);
        if (!StatesArn.TryParse(arn, out _))
            return false;
        Span<byte> seal = stackalloc byte[SealLength];
        Seal(token.AsSpan(0, token.Length - SealLength), seal);
        content = new TaskTokenContent(
            arn,
            Encoding.UTF8.GetString(token, HeaderLength + arnLength, taskLength),
            CryptographicOperations.FixedTimeEquals(seal, token.AsSpan(token.Length - SealLength)));
        return true;
    }

    private void Seal(ReadOnlySpan<byte> content, Span<byte> seal)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, content, hash);
        hash[..SealLength].CopyTo(seal);
    }
}
