using System.Diagnostics;

namespace Archiver.Web.Tests.Faults;

/// <summary>The <c>aws</c> client, as a person in a shell uses it.</summary>
internal static class AwsClient
{
    /// <summary>Runs it against a local cloud, and holds it to have gone well.</summary>
    public static async Task RunAsync(CloudFixture cloud, params string[] arguments)
    {
        ProcessStartInfo start = new("aws", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ENDPOINT_URL"] = cloud.Connection.Options.DefaultClientConfig.ServiceURL;
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = "local";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "local";
        start.Environment["AWS_PAGER"] = "";
        using Process client = Process.Start(start)!;
        string[] said = await Task.WhenAll(
            client.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), client.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(client.ExitCode == 0, string.Join(Environment.NewLine, said));
    }
}
