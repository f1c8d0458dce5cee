using System.Diagnostics;
using Amazon.Runtime;
using Amazon.StepFunctions.Model;
using Amazon.StepFunctions.Tests.Wire;

namespace Amazon.StepFunctions.Tests;

/// <summary>The SDK's switches for the whole process, as this package follows them.</summary>
[Collection(nameof(ProcessWide))]
public sealed class ProcessSettingsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InitializeCollections_On_GivesEmptyCollectionsInPlaceOfNull()
    {
        AWSConfigs.InitializeCollections = true;
        try
        {
            var service = new FakeService().Answers();
            using var client = service.Client();

            Assert.Empty((await client.ListExecutionsAsync(new ListExecutionsRequest(), Stop)).Executions);
            Assert.Empty((await client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest(), Stop)).Events);
            Assert.Empty(new StateExitedEventDetails().AssignedVariables);
        }
        finally
        {
            AWSConfigs.InitializeCollections = false;
        }
    }

    [Fact]
    public async Task Log_EverythingOn_HoldsNoTokenInputOrOutput()
    {
        using var log = new Log();
        AWSConfigs.AddTraceListener("Amazon", log);
        var (to, responses) = (AWSConfigs.LoggingConfig.LogTo, AWSConfigs.LoggingConfig.LogResponses);
        AWSConfigs.LoggingConfig.LogTo = LoggingOptions.SystemDiagnostics;
        AWSConfigs.LoggingConfig.LogResponses = ResponseLoggingOption.Always;
        try
        {
            const string answer =
                """
                {"output":"SECRET-OUTPUT","input":"SECRET-INPUT",
                 "events":[{"taskScheduledEventDetails":{"parameters":"SECRET-TOKEN"}}]}
                """;
            var service = new FakeService()
                .Answers(answer).Answers(answer).Refuses("TaskTimedOut").Refuses("Broken").Answers("{SECRET-OUTPUT");
            using var client = service.Client(config => config.LogMetrics = true);

            await client.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = "arn:e" }, Stop);
            await client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = "arn:e" }, Stop);
            var success = new SendTaskSuccessRequest { TaskToken = "SECRET-TOKEN", Output = "SECRET-OUTPUT" };
            await Assert.ThrowsAsync<TaskTimedOutException>(() => client.SendTaskSuccessAsync(success, Stop));
            await Assert.ThrowsAsync<AmazonStepFunctionsException>(() => client.SendTaskSuccessAsync(success, Stop));
            await Assert.ThrowsAsync<AmazonUnmarshallingException>(
                () => client.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = "arn:e" }, Stop));

            Assert.Contains("TaskTimedOut", log.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("SECRET", log.Text, StringComparison.Ordinal);
        }
        finally
        {
            AWSConfigs.LoggingConfig.LogTo = to;
            AWSConfigs.LoggingConfig.LogResponses = responses;
            AWSConfigs.RemoveTraceListener("Amazon", log.Name);
        }
    }

    private sealed class Log() : TraceListener("step-functions-tests")
    {
        private readonly StringWriter _text = new();

        public string Text
        {
            get
            {
                lock (_text)
                    return _text.ToString();
            }
        }

        public override void Write(string? message)
        {
            lock (_text)
                _text.Write(message);
        }

        public override void WriteLine(string? message)
        {
            lock (_text)
                _text.WriteLine(message);
        }
    }
}
