using System.Globalization;

namespace Archiver.Benchmarks;

/// <summary>The sizes of benchmarks, which can be given beside their names: <c>pages approvals=10000 results=100000</c>.</summary>
internal static class Sizes
{
    private static readonly Dictionary<string, int> Given = new(StringComparer.Ordinal);

    /// <summary>Takes the sizes out of a program's arguments.</summary>
    /// <returns>The other arguments.</returns>
    /// <exception cref="FormatException">A size is no number.</exception>
    public static string[] Take(string[] arguments)
    {
        foreach (string[] pair in arguments.Select(argument => argument.Split('=')).Where(parts => parts.Length == 2)) Given[pair[0]] = int.Parse(pair[1], CultureInfo.InvariantCulture);
        return [.. arguments.Where(argument => !argument.Contains('=', StringComparison.Ordinal))];
    }

    /// <summary>A size: the one that was given, else the usual one.</summary>
    public static int Of(string name, int usual) => Given.GetValueOrDefault(name, usual);
}
