using System.Globalization;

namespace Archiver.Web.Shell.Language;

/// <summary>
/// The languages that the dashboard speaks. One more is a resource file beside each feature's words and an entry here.
/// </summary>
public static class Languages
{
    /// <summary>The language that the code is written in.</summary>
    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en");

    /// <summary>All of them, English first.</summary>
    public static IReadOnlyList<CultureInfo> All { get; } = [English, CultureInfo.GetCultureInfo("de")];

    /// <summary>Whether a language is one of those that have resource files.</summary>
    public static bool IsTranslation(CultureInfo language)
    {
        for (int i = 1; i < All.Count; i++)
        {
            if (All[i].Name == language.Name) return true;
        }
        return false;
    }
}
