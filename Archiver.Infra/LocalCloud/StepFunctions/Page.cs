using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>
/// One page of a list: how many, and from where. A token holds the list's question beside the place, so that it can't be used for
/// another.
/// </summary>
/// <param name="Count">How many at most.</param>
/// <param name="After">The place that the page begins after; nothing for the first.</param>
internal sealed record Page(int Count, string? After)
{
    private const int DefaultCount = 100;
    private const int MaxCount = 1000;
    private const char Separator = '\n';

    /// <summary>Reads the page that a request asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="question">What else the request says, as it must be the same for every page.</param>
    /// <exception cref="AwsError"><c>InvalidToken</c>: the token is none, or another question's; <c>ValidationException</c>.</exception>
    public static Page Of(JsonObject request, string question)
    {
        int count = request.Number("maxResults", MaxCount) is { } given and not 0 ? given : DefaultCount;
        if (request.Text("nextToken") is not { } token)
            return new Page(count, null);
        if (!Base64Url.IsValid(token))
            throw Refusals.InvalidToken();
        string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(Separator, 2);
        return parts.Length == 2 && parts[1] == question ? new Page(count, parts[0]) : throw Refusals.InvalidToken();
    }

    /// <summary>The token of the page that follows a place.</summary>
    public static string Token(string after, string question) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{after}{Separator}{question}"));

    /// <summary>The place as a number.</summary>
    /// <exception cref="AwsError"><c>InvalidToken</c>.</exception>
    public static long Number(string place) =>
        long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw Refusals.InvalidToken();
}
