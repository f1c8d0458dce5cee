using System.Diagnostics;

namespace Archiver.Infra.Tests.LocalCloud.Signing;

/// <summary>The <c>aws</c> client, as a person in a shell uses it.</summary>
public sealed class AwsClientTests(SignedCloud cloud) : IClassFixture<SignedCloud>
{
    [Fact]
    public async Task Aws_RightKey_WorksWithEveryService()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, new byte[9 * 1024 * 1024], TestContext.Current.CancellationToken); // large enough for parts
            foreach (string command in (string[])
            [
                "sts get-caller-identity", "sqs create-queue --queue-name q", "dynamodb list-tables", "stepfunctions list-state-machines",
                "ssm put-parameter --name /a/b --value v --type String", "lambda list-functions", "cloudformation describe-stacks",
                "s3 mb s3://shell", $"s3 cp {file} s3://shell/a+b/é.bin", "s3api head-object --bucket shell --key a+b/é.bin",
            ])
            {
                (int exit, string said) = await RunAsync(SignedCloud.Secret, command.Split(' '));
                Assert.True(exit == 0, $"{command}: {said}");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("sts get-caller-identity", "(SignatureDoesNotMatch)")]
    [InlineData("sqs list-queues", "(InvalidSignatureException)")]
    [InlineData("s3api list-buckets", "(SignatureDoesNotMatch)")]
    [InlineData("lambda list-functions", "(InvalidSignatureException)")]
    public async Task Aws_WrongSecret_IsRefused(string command, string code)
    {
        (int exit, string said) = await RunAsync("wrong-secret", command.Split(' '));

        Assert.NotEqual(0, exit);
        Assert.Contains(code, said, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Said)> RunAsync(string secret, string[] arguments)
    {
        ProcessStartInfo start = new("aws", ["--endpoint-url", cloud.Endpoint.ToString(), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = SignedCloud.AccessKeyId;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = secret;
        start.Environment["AWS_PAGER"] = "";
        using Process client = Process.Start(start)!;
        string[] said = await Task.WhenAll(
            client.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), client.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (client.ExitCode, string.Concat(said));
    }
}
