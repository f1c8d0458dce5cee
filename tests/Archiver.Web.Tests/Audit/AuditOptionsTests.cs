using Archiver.Web.Audit.Trail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Tests.Audit;

public sealed class AuditOptionsTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Read_NoKey_IsNone() => Assert.Null(AuditOptionsReader.Read(new ConfigurationBuilder().Build()).Key);

    [Fact]
    public void Read_AKeyOfTheEnvironment_IsTaken() => Assert.Equal(Key, AuditOptionsReader.Read(From(Convert.ToBase64String(Key))).Key);

    [Theory]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public void Read_NoKeyOrAShortOne_IsRefusedWithoutBeingQuoted(string text)
    {
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => AuditOptionsReader.Read(From(text)));

        Assert.Contains("Audit:Key is no key", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AKeyOnTheCommandLine_IsRefused()
    {
        string key = Convert.ToBase64String(Key);
        IConfiguration configuration = new ConfigurationBuilder().AddCommandLine([$"--Audit:Key={key}"]).Build();

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => AuditOptionsReader.Read(configuration));

        Assert.Contains("on the command line", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AKeyInTheSettingsFile_IsRefused()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("archiver-audit-");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "appsettings.json"), $$$"""{"Audit":{"Key":"{{{Convert.ToBase64String(Key)}}}"}}""", TestContext.Current.CancellationToken);
        IConfiguration configuration = new ConfigurationBuilder().SetBasePath(directory.FullName).AddJsonFile("appsettings.json").Build();

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => AuditOptionsReader.Read(configuration));

        Assert.Contains("in appsettings.json", refused.Message, StringComparison.Ordinal);
        directory.Delete(recursive: true);
    }

    private static IConfigurationRoot From(string key) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Audit:Key"] = key }).Build();
}
