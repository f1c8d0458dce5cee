using Archiver.Lambdas.Functions;

namespace Archiver.Lambdas.Tests.Functions;

public sealed class FunctionServicesTests
{
    private readonly TestBench _bench = new();

    [Theory]
    [InlineData("QUALITY_THRESHOLD")]
    [InlineData("APPROVAL_TIMEOUT_DAYS")]
    public void ReadMetadata_MissingVariable_IsNamed(string variable)
    {
        _bench.Environment.Remove(variable);

        FunctionConfigurationException exception = Assert.Throws<FunctionConfigurationException>(() => new ReadMetadata(_bench.Services));

        Assert.Equal($"The environment variable {variable} is missing.", exception.Message);
    }

    [Theory]
    [InlineData("QUALITY_THRESHOLD", "101")]
    [InlineData("QUALITY_THRESHOLD", "-1")]
    [InlineData("QUALITY_THRESHOLD", "50.5")]
    [InlineData("QUALITY_THRESHOLD", "half")]
    [InlineData("APPROVAL_TIMEOUT_DAYS", "0")]
    [InlineData("APPROVAL_TIMEOUT_DAYS", "366")]
    public void ReadMetadata_WrongVariable_IsNamedWithItsValueAndLimits(string variable, string value)
    {
        _bench.Environment[variable] = value;

        FunctionConfigurationException exception = Assert.Throws<FunctionConfigurationException>(() => new ReadMetadata(_bench.Services));

        Assert.StartsWith($"The environment variable {variable} is “{value}”; it must be a whole number from ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Archive), "ARCHIVE_BUCKET")]
    [InlineData(nameof(QualityFail), "REJECTED_BUCKET")]
    [InlineData(nameof(Unarchivable), "REJECTED_BUCKET")]
    [InlineData(nameof(Deny), "REJECTED_BUCKET")]
    public void Action_EmptyBucketVariable_IsNamed(string function, string variable)
    {
        _bench.Environment[variable] = " ";

        FunctionConfigurationException exception = Assert.Throws<FunctionConfigurationException>(() => _bench.Handler(function));

        Assert.Contains(variable, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_All_HaveTheTwoConstructorsAndTheHandlerThatTheirHostsCall()
    {
        Type[] functions = [.. typeof(ReadMetadata).Assembly.GetExportedTypes().Where(type => type.GetMethod("HandleAsync") is not null)];

        Assert.Equal(
            ["Archive", "Deny", "Expire", "ExplainError", "QualityFail", "ReadMetadata", "Unarchivable"],
            functions.Select(function => function.Name).Order(StringComparer.Ordinal));
        Assert.All(functions, function =>
        {
            Assert.NotNull(function.GetConstructor([]));
            Assert.NotNull(function.GetConstructor([typeof(FunctionServices)]));
            Assert.Equal(typeof(Task<Stream>), function.GetMethod("HandleAsync", [typeof(Stream)])!.ReturnType);
        });
    }
}
