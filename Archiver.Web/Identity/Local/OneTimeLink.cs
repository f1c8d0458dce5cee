using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Archiver.Web.Identity.Local;

/// <summary>What became of a code.</summary>
internal enum CodeOutcome
{
    /// <summary>It was the right one, and is none any more.</summary>
    Accepted,

    /// <summary>It was not the right one.</summary>
    Wrong,

    /// <summary>There were too many wrong ones lately; this one was not looked at.</summary>
    TooMany,
}

/// <summary>The code of the link in the terminal: whoever can read that terminal is whoever started the dashboard. It lets one in, once.</summary>
internal sealed class OneTimeLink(TimeProvider time)
{
    /// <summary>How many wrong codes are looked at in a minute.</summary>
    public const int MostWrong = 10;

    private readonly Lock _lock = new();
    private readonly Queue<long> _wrong = new();
    private string _code = NewCode();

    /// <summary>The code that is good now, of 256 random bits.</summary>
    public string Code
    {
        get { lock (_lock) return _code; }
    }

    /// <summary>Tries a code. Of two that come with the right one at once, one gets in.</summary>
    public CodeOutcome Use(string? code)
    {
        lock (_lock)
        {
            while (_wrong.TryPeek(out long first) && time.GetElapsedTime(first) >= TimeSpan.FromMinutes(1)) _wrong.Dequeue();
            if (_wrong.Count >= MostWrong) return CodeOutcome.TooMany;
            // Hashes have one length, so that the time to compare tells nothing of the code's.
            if (!CryptographicOperations.FixedTimeEquals(Hash(code ?? ""), Hash(_code)))
            {
                _wrong.Enqueue(time.GetTimestamp());
                return CodeOutcome.Wrong;
            }
            _code = NewCode();
            return CodeOutcome.Accepted;
        }
    }

    private static string NewCode() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
