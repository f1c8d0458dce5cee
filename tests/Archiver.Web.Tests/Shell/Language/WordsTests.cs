using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Archiver.Web.Identity;
using Archiver.Web.Shell.Language;

namespace Archiver.Web.Tests.Shell.Language;

/// <summary>Each language says all that English says, with the same things in the same places.</summary>
public sealed partial class WordsTests
{
    public static TheoryData<string, string> Translations { get; } = new(
        from file in Directory.EnumerateFiles(Sources(), "*Words.*.resx", SearchOption.AllDirectories)
        orderby file
        select (Path.GetRelativePath(Sources(), file), Path.GetFileName(file).Split('.')[1]));

    [Fact]
    public void Languages_EachFeature_HasAFileOfEach()
    {
        string[] features = [.. Directory.EnumerateFiles(Sources(), "*Words.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "Words.cs").Select(file => Path.GetRelativePath(Sources(), file)[..^3])];
        string[] wanted = [.. from feature in features from language in Languages.All.Skip(1) select $"{feature}.{language.Name}.resx"];

        Assert.NotEmpty(wanted);
        Assert.Equal(wanted.Order(StringComparer.Ordinal), Translations.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void Translation_OfAFeature_HasEveryTextAndNoOther(string file, string language)
    {
        Assert.Contains(Languages.All, known => known.Name == language);
        string folder = Path.GetDirectoryName(Path.Combine(Sources(), file))!;
        string[] sources = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(source => source.EndsWith(".cs", StringComparison.Ordinal) || source.EndsWith(".razor", StringComparison.Ordinal))
            .Select(File.ReadAllText)];
        HashSet<string> used = [.. sources.SelectMany(TextsIn)];
        Dictionary<string, string> translated = Read(file);

        Assert.Empty(sources.SelectMany(source => Unreadable().Matches(source).Select(use => use.Value)));
        Assert.Empty(used.Except(translated.Keys).Order(StringComparer.Ordinal));
        Assert.Empty(translated.Keys.Except(used).Order(StringComparer.Ordinal));
        Assert.All(translated, pair => Assert.Equal(PlacesIn(pair.Key), PlacesIn(pair.Value)));
        Assert.All(translated.Values, value => Assert.False(string.IsNullOrWhiteSpace(value)));
    }

    [Fact]
    public void Text_InALanguageThatThereIs_IsInIt() => In("de", () => Assert.Equal("Abmelden", IdentityWords.L["Sign out"]));

    [Theory]
    [InlineData("en")]
    [InlineData("en-GB")]
    [InlineData("fr")]
    [InlineData("")]
    public void Text_InAnyOther_IsEnglish(string language) => In(language, () => Assert.Equal("Sign out", IdentityWords.L["Sign out"]));

    [Theory]
    [InlineData(0, "de-DE", "0 files")]
    [InlineData(1, "de-DE", "1 file")]
    [InlineData(1_234, "de-DE", "1.234 files")]
    [InlineData(1_234, "en-US", "1,234 files")]
    public void Count_ANumber_StandsAsTheCultureWritesIt(int number, string culture, string text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(text, new Words(typeof(WordsTests)).Count(number, "{0} file", "{0} files"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Bind_CalledInAnotherCulture_RunsInTheViewersOwn()
    {
        ViewerCulture german = In("de", () => new ViewerCulture());
        string? heard = null;

        In("en", () =>
        {
            german.Bind(() => heard = CultureInfo.CurrentUICulture.Name)();
            Assert.Equal("en", CultureInfo.CurrentUICulture.Name);
        });

        Assert.Equal("de", heard);
    }

    private static void In(string language, Action act) => In(language, () =>
    {
        act();
        return true;
    });

    private static T In<T>(string language, Func<T> act)
    {
        CultureInfo before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return act();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static IEnumerable<string> TextsIn(string source) => Use().Matches(source)
        .SelectMany(use => use.Groups["text"].Captures)
        .Select(text => Regex.Unescape(text.Value));

    private static string[] PlacesIn(string text) => [.. Place().Matches(text).Select(place => place.Value).Distinct().Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Read(string file) => XDocument.Load(Path.Combine(Sources(), file)).Root!.Elements("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static string Sources()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Archiver.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "Archiver.Web");
    }

    // L["text"…], and both texts of L.Count(number, "one", "many"…), whose number may be any expression without quotes.
    [GeneratedRegex("""\bL(?:\[\s*"(?<text>(?:[^"\\]|\\.)*)"|\.Count\([^"]*?,\s*"(?<text>(?:[^"\\]|\\.)*)",\s*"(?<text>(?:[^"\\]|\\.)*)")""")]
    private static partial Regex Use();

    // What is no literal can't be looked up here.
    [GeneratedRegex("""\bL\[\s*[^"\s][^\]\n]*""")]
    private static partial Regex Unreadable();

    [GeneratedRegex("""\{\d+[^}]*\}""")]
    private static partial Regex Place();
}
