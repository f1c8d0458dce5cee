namespace Archiver.Lambdas.Functions;

/// <summary>The name of a file for people.</summary>
internal static class FileName
{
    /// <summary>The last part of a key, or the whole key where it ends with a slash.</summary>
    public static string Of(string key) => key.EndsWith('/') ? key : key[(key.LastIndexOf('/') + 1)..];
}
