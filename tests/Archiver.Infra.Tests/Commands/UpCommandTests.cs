using System.Net;
using System.Net.Sockets;

namespace Archiver.Infra.Tests.Commands;

public sealed class UpCommandTests : IDisposable
{
    private const string Template = """
        Parameters: {Text: {Type: String, Default: d}}
        Resources:
          Greeting: {Type: AWS::SSM::Parameter, Properties: {Name: !Sub '/${AWS::StackName}/greeting', Type: String, Value: !Ref Text}}
          Role: {Type: AWS::IAM::Role}
        Outputs:
          GreetingText: {Value: !GetAtt Greeting.Value}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-up-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Up_Signal_PrintsItsNamesServesAndStops(string signal)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "t.yaml"), Template, TestContext.Current.CancellationToken);
        await using InfraProcess up = InfraProcess.Start(_folder, "up", "--port", "0", "--template", "t.yaml", "--stack", "shop", "--parameter", "Text=a=b");

        await up.UntilAsync("ready");

        Assert.Equal(
            [
                $"endpoint  {up.Endpoint}", $"data      {_folder}/.archiver", "stack     shop", "",
                "resources", "  Greeting  AWS::SSM::Parameter  /shop/greeting", "  Role      AWS::IAM::Role       shop-Role", "",
                "outputs", "  GreetingText  a=b", "", "ready",
            ],
            up.Lines);
        using HttpClient http = new();
        using HttpResponseMessage answer = await http.GetAsync(up.Endpoint, TestContext.Current.CancellationToken);
        await up.SignalAsync(signal);
        Assert.Equal((0, ""), await up.EndAsync());
    }

    [Fact]
    public async Task Up_TheStackItself_IsCreatedAndKeepsItsNames()
    {
        await using InfraProcess up = InfraProcess.Start(_folder, "up", "--port", "0");

        await up.UntilAsync("ready");

        Assert.Contains(up.Lines, line => line.EndsWith(":stateMachine:archiver-ArchiverStateMachine", StringComparison.Ordinal));
        Assert.Contains(up.Lines, line => line.EndsWith(" archiver-ArchiveTable", StringComparison.Ordinal));
        Assert.Contains(up.Lines, line => line.EndsWith("/archiver-HumanSQS", StringComparison.Ordinal));
        await up.SignalAsync("TERM");
        Assert.Equal((0, ""), await up.EndAsync());
    }

    [Fact]
    public async Task Up_Killed_LeavesADirectoryThatCanBeUsedAgain()
    {
        await using (InfraProcess first = Start())
        {
            await first.UntilAsync("ready");
            await first.SignalAsync("KILL");
            await first.EndAsync();
        }

        await using InfraProcess second = Start();
        await second.UntilAsync("ready");
        await using InfraProcess third = Start();
        Assert.Equal((1, $"Another local cloud has the data directory {_folder}/data. Stop it, or choose another directory with --data."), await third.EndAsync());

        InfraProcess Start() => InfraProcess.Start(_folder, "up", "--port", "0", "--data", "data", "--template", WriteTemplate());
    }

    [Fact]
    public async Task Up_PortInUse_SaysSoAndExits1()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using InfraProcess up = InfraProcess.Start(_folder, "up", "--port", $"{port}", "--template", WriteTemplate());

        Assert.Equal(
            (1, $"Port {port} of 127.0.0.1 is in use. Stop the program that has it, or choose another with --port (0 takes a free one)."), await up.EndAsync());
        Assert.Empty(up.Lines);
    }

    [Fact]
    public async Task Up_UnwritableDirectory_SaysSoAndExits1()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "", TestContext.Current.CancellationToken);

        await using InfraProcess up = InfraProcess.Start(_folder, "up", "--port", "0", "--data", "file/below");

        (int exitCode, string error) = await up.EndAsync();
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"The data directory {_folder}/file/below can't be written: ", error, StringComparison.Ordinal);
        Assert.EndsWith("Choose another with --data.", error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Resources: {A: {Type: AWS::EC2::Instance}}", "t.yaml(1,13): The local cloud has no AWS::EC2::Instance, which A is.")]
    [InlineData("Resources: {A: {Type: T, Properties: {X: !Ref B}}}", "t.yaml(1,42): B is not a parameter or a resource of the template.")]
    [InlineData("Parameters: {P: {Type: String}}\nResources: {}", "t.yaml(1,14): The parameter P has no default and was given no value.")]
    public async Task Up_BrokenTemplate_SaysWhereAndExits1(string template, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "t.yaml"), template, TestContext.Current.CancellationToken);

        await using InfraProcess up = InfraProcess.Start(_folder, "up", "--port", "0", "--template", "t.yaml");

        Assert.Equal((1, expected), await up.EndAsync());
    }

    [Fact]
    public async Task Up_WrongArguments_AreToldByName()
    {
        await using InfraProcess settings = InfraProcess.Start(_folder, "up", "--port", "70000", "--stack", "1");
        await using InfraProcess parameter = InfraProcess.Start(_folder, "up", "--parameter", "novalue");

        (int settingsExit, string settingsError) = await settings.EndAsync();
        (int parameterExit, string parameterError) = await parameter.EndAsync();

        Assert.Equal((1, 1), (settingsExit, parameterExit));
        Assert.Contains("--port is 70000;", settingsError, StringComparison.Ordinal);
        Assert.Contains("--stack is '1';", settingsError, StringComparison.Ordinal);
        Assert.Contains("--parameter takes Key=Value, not 'novalue'.", parameterError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_WithAKey_TakesOnlyWhatIsSignedAndPrintsNoSecret()
    {
        await using InfraProcess up = InfraProcess.StartWithSecret(_folder, "a-secret-of-mine", "up", "--port", "0", "--template", WriteTemplate(), "--access-key-id", "AKIDUP");

        await up.UntilAsync("ready");

        Assert.Contains("key       AKIDUP", up.Lines);
        using HttpClient http = new();
        using HttpResponseMessage answer = await http.GetAsync(up.Endpoint, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await up.SignalAsync("TERM");
        Assert.Equal((0, ""), await up.EndAsync());
        Assert.DoesNotContain(up.Lines, line => line.Contains("a-secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "AKIDUP", "ARCHIVER_SECRET_ACCESS_KEY is not set, but --access-key-id is")]
    [InlineData("a-secret-of-mine", null, "--access-key-id is not set, but ARCHIVER_SECRET_ACCESS_KEY is")]
    [InlineData("short", "AKIDUP", "ARCHIVER_SECRET_ACCESS_KEY is no secret")]
    public async Task Up_HalfAKey_IsToldByName(string? secret, string? accessKeyId, string expected)
    {
        string[] arguments = ["up", "--port", "0", "--template", WriteTemplate()];
        await using InfraProcess up = InfraProcess.StartWithSecret(_folder, secret, accessKeyId is null ? arguments : [.. arguments, "--access-key-id", accessKeyId]);

        (int exitCode, string error) = await up.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", error, StringComparison.Ordinal);
    }

    private string WriteTemplate()
    {
        string path = Path.Combine(_folder, "t.yaml");
        File.WriteAllText(path, Template);
        return path;
    }
}
