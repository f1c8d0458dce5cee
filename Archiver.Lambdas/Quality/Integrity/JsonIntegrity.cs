using System.Text.Json;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>JSON (RFC 8259), or a text of it on each line, by .NET's reader.</summary>
internal static class JsonIntegrity
{
    // A single string or number can't be looked at in parts: one that is longer is not looked at.
    private const int LongestToken = 8 * 1024 * 1024;

    public static async Task<string?> LookAsync(ContentReader content, IntegrityTarget target)
    {
        ReadOnlyMemory<byte> beginning = await content.PeekAsync(3);
        if (beginning.Span is [0xFF or 0xFE, ..]) return null; // UTF-16, which RFC 8259 rules out between systems, but older ones write
        if (beginning.Span is [0xEF, 0xBB, 0xBF]) await content.TakeAsync(3);

        bool lines = ContentKinds.Extension(target.FileName) is "jsonl" or "ndjson";
        JsonReaderState state = new(new JsonReaderOptions { MaxDepth = 10_000, AllowMultipleValues = lines });
        byte[] buffer = new byte[ContentReader.MostInOnePiece];
        int length = 0;
        bool final;
        do
        {
            if (length == buffer.Length)
            {
                if (length >= LongestToken) throw new ContentLimitException();
                Array.Resize(ref buffer, length * 2);
            }

            ReadOnlyMemory<byte> piece = await content.NextAsync(buffer.Length - length);
            piece.CopyTo(buffer.AsMemory(length));
            length += piece.Length;
            final = piece.Length == 0;
            int consumed = Read(buffer.AsSpan(0, length), final, ref state);
            buffer.AsSpan(consumed..length).CopyTo(buffer);
            length -= consumed;
        }
        while (!final);
        return lines ? "Each line is well-formed JSON." : "The JSON is well-formed.";
    }

    private static int Read(ReadOnlySpan<byte> part, bool final, ref JsonReaderState state)
    {
        Utf8JsonReader reader = new(part, final, state);
        while (reader.Read())
        {
            // The reader looks at the form of a string only, not whether its bytes and escapes are characters.
            if (reader.TokenType is (JsonTokenType.String or JsonTokenType.PropertyName) && !System.Text.Unicode.Utf8.IsValid(reader.ValueSpan))
                throw new InvalidDataException("The JSON has a string that is not UTF-8.");
        }

        state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }
}
