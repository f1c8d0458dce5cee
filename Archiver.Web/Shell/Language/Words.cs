using System.Globalization;
using System.Resources;

namespace Archiver.Web.Shell.Language;

/// <summary>
/// The texts of a feature in the language of whoever reads them. The English text is its own key, so that the code says what the page
/// does; every other language is a resource file beside the class that names the feature, such as <c>RunsWords.de.resx</c>. A text
/// that is not in it is shown in English.
/// </summary>
/// <param name="feature">The class that the resource files are named after.</param>
public sealed class Words(Type feature)
{
    private readonly ResourceManager _resources = new(feature);

    /// <summary>A text in the language of <see cref="CultureInfo.CurrentUICulture"/>.</summary>
    /// <param name="english">The text in English: a literal, so that its translations can be told complete.</param>
    public string this[string english] => Find(english) ?? english;

    /// <summary>A text with something in its places, each written as <see cref="CultureInfo.CurrentCulture"/> does.</summary>
    /// <param name="english">The text in English, with places such as <c>{0}</c> or <c>{0:N0}</c>.</param>
    /// <param name="arguments">What stands in them.</param>
    public string this[string english, params object?[] arguments] => string.Format(CultureInfo.CurrentCulture, this[english], arguments);

    /// <summary>A text that counts.</summary>
    /// <param name="number">How many; it stands in <c>{0}</c>, grouped as the viewer's culture does.</param>
    /// <param name="one">The text in English for exactly one.</param>
    /// <param name="many">The text in English for any other number.</param>
    /// <param name="more">What stands in <c>{1}</c> and so on.</param>
    public string Count(long number, string one, string many, params object?[] more) =>
        this[number == 1 ? one : many, [number.ToString("N0", CultureInfo.CurrentCulture), .. more]];

    /// <summary>What is said in English with numbers as every program reads them, whoever causes it: for what is kept.</summary>
    /// <param name="say">Says it.</param>
    public static string InEnglish(Func<string> say)
    {
        (CultureInfo culture, CultureInfo language) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.InvariantCulture, Languages.English);
        try
        {
            return say();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
        }
    }

    private string? Find(string english)
    {
        CultureInfo language = CultureInfo.CurrentUICulture;
        // Only for a language that there is: asked for another one, a resource manager without English resources fails.
        return Languages.IsTranslation(language) ? _resources.GetResourceSet(language, createIfNotExists: true, tryParents: false)?.GetString(english) : null;
    }
}
