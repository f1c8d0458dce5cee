using Archiver.Lambdas.Quality;

namespace Archiver.Lambdas.Tests.Quality;

public sealed class ArchiveRulesTests
{
    [Theory]
    [InlineData("", "", "", null, true)]
    [InlineData("", "", "", true, true)]
    [InlineData("", "", "", false, false)]
    [InlineData("image/png, image/jpeg", "", "", null, true)]
    [InlineData("image/*", "", "", null, true)]
    [InlineData("IMAGE/PNG", "", "", null, true)]
    [InlineData("application/pdf", "", "", null, false)]
    [InlineData("application/pdf", "", "", true, false)]
    [InlineData("", "image/*", "", null, false)]
    [InlineData("*", "image/png", "", null, false)]
    [InlineData("", "text/*", "", null, true)]
    [InlineData("", "", "scratch/, tmp/", null, false)]
    [InlineData("", "", "mp/", null, true)]
    public void Against_RulesAndFlag_AnyOfThemSaysNo(string types, string notTypes, string notPrefixes, bool? flag, bool archived)
    {
        ArchiveRules rules = new(ArchiveRules.List(types), ArchiveRules.List(notTypes), ArchiveRules.List(notPrefixes));

        Assert.Equal(archived, rules.Against("tmp/a.png", "image/png", flag) is null);
    }

    [Fact]
    public void List_NoSetting_IsEmpty() => Assert.Empty(ArchiveRules.List(null));
}
