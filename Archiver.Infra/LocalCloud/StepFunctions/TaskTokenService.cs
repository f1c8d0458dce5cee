using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>Decides on the answers that come by task tokens: the first one to a waiting task counts, every other is refused.</summary>
internal sealed class TaskTokenService(TaskTokens tokens, ExecutionStore store, ExecutionEngine engine)
{
    /// <summary>Ends a task well.</summary>
    /// <exception cref="AwsError"><c>InvalidToken</c>, <c>TaskDoesNotExist</c>, <c>TaskTimedOut</c>; <c>InvalidOutput</c>: the output is not JSON
    /// or has more than 262,144 bytes, and the task waits on.</exception>
    public Task SucceedAsync(string token, string output)
    {
        TaskTokenContent content = Read(token);
        JsonNode? value;
        if (Payload.IsTooLarge(output))
            throw Refusals.InvalidOutput($"The output has more than {StatesLimits.PayloadBytes} bytes.");
        try
        {
            value = JsonText.Parse(output);
        }
        catch (JsonException exception)
        {
            throw Refusals.InvalidOutput(exception.Message);
        }
        return AnswerAsync(content, token, new ExecutionInput.TaskSucceeded(content.TaskId, value));
    }

    /// <summary>Ends a task as failed.</summary>
    /// <exception cref="AwsError"><c>InvalidToken</c>, <c>TaskDoesNotExist</c>, <c>TaskTimedOut</c>.</exception>
    public Task FailAsync(string token, string? error, string? cause)
    {
        TaskTokenContent content = Read(token);
        return AnswerAsync(content, token, new ExecutionInput.TaskFailed(content.TaskId, error, cause));
    }

    /// <summary>Says that a task's holder is alive.</summary>
    /// <exception cref="AwsError"><c>InvalidToken</c>, <c>TaskDoesNotExist</c>, <c>TaskTimedOut</c>.</exception>
    public Task HeartbeatAsync(string token)
    {
        TaskTokenContent content = Read(token);
        return AnswerAsync(content, token, new ExecutionInput.TaskHeartbeat(content.TaskId));
    }

    private TaskTokenContent Read(string token)
    {
        if (!tokens.TryRead(token, out TaskTokenContent? content))
            throw Refusals.InvalidToken();
        return content.Genuine ? content : throw Refusals.TaskDoesNotExist();
    }

    private async Task AnswerAsync(TaskTokenContent content, string token, ExecutionInput input)
    {
        // The guard and the input are one turn of the execution's line, so that of many answers exactly one finds the task open.
        InputOutcome outcome = await engine.ApplyAsync(
            content.ExecutionArn, input, run => IsOpen(run.Snapshot, content.TaskId, token) ? null : Refusals.TaskTimedOut());
        if (outcome.Snapshot is null)
            throw store.Find(content.ExecutionArn) is null ? Refusals.TaskDoesNotExist() : Refusals.TaskTimedOut();
        if (!outcome.Applied)
            throw outcome.Refusal ?? Refusals.TaskTimedOut();
    }

    private static bool IsOpen(ExecutionSnapshot snapshot, string taskId, string token) =>
        snapshot.OpenTasks.FirstOrDefault(task => task.TaskId == taskId)?.TaskToken is { } open
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(open), Encoding.UTF8.GetBytes(token));
}
