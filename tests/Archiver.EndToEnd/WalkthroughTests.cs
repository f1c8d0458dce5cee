using System.Diagnostics;

namespace Archiver.EndToEnd;

/// <summary>The operator's shell walkthrough, with the real <c>aws</c> client, against the local cloud alone.</summary>
public sealed class WalkthroughTests
{
    [Fact]
    public async Task SeedWalkthrough_AgainstUp_EveryStepPasses()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess cloud = await DashboardProcess.StartCloudAsync(data.Path);

        ProcessStartInfo start = new("bash", [Repository.Path("..", "shared", "acceptance", "seed-walkthrough.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_ENDPOINT_URL"] = cloud.CloudEndpoint.ToString().TrimEnd('/');
        using Process script = Process.Start(start)!;
        Task<string> errors = script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.True(script.ExitCode == 0, output + await errors);
        Assert.Matches(@"(?m)^[1-9]\d* passed, 0 failed$", output);
    }
}
