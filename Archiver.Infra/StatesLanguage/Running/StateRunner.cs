using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Running;

/// <summary>Runs states, one after the other, until the execution waits or ends.</summary>
internal sealed class StateRunner(Step step, TaskRunner tasks)
{
    /// <summary>
    /// Does something to the execution, then runs on. A step that has run long ends with a timer that is due at once, so that
    /// what happened is made durable before more does.
    /// </summary>
    public void Run(Action begin)
    {
        Guard(begin);
        for (var ran = 0; step.IsReady; ran++)
        {
            if (ran == StatesLimits.TransitionsPerStep)
            {
                step.Wait(FrameWait.Turn, step.Now);
                return;
            }

            Guard(RunState);
        }
    }

    private void RunState()
    {
        switch (step.State)
        {
            case PassState pass:
                RunPass(pass);
                break;
            case TaskState task:
                tasks.Schedule(task);
                break;
            case ChoiceState choice:
                RunChoice(choice);
                break;
            case WaitState wait:
                RunWait(wait);
                break;
            case SucceedState:
                step.Exit(StateData.Select(step, StateData.Input(step)), null);
                break;
            case FailState fail:
                step.Fail(StateData.FailText(step, fail.Error), StateData.FailText(step, fail.Cause));
                break;
            default:
                throw new InvalidOperationException($"Nothing runs a state of the type {step.State.Type}.");
        }
    }

    private void RunPass(PassState pass)
    {
        var parameters = StateData.Parameters(step.Scope(StateData.Input(step)), pass);
        step.Exit(StateData.Output(step, pass.HasResult ? JsonText.Clone(pass.Result) : parameters), pass.Next);
    }

    private void RunChoice(ChoiceState choice)
    {
        var input = StateData.Input(step);
        var scope = step.Scope(input);
        var next = choice.Rules.FirstOrDefault(r => r.Condition.Holds(scope))?.Next ?? choice.Default
            ?? throw new EvaluationException(
                StatesErrors.NoChoiceMatched, "Failed to transition out of the state. The state does not point to a next state.");
        step.Exit(StateData.Select(step, input), next);
    }

    private void RunWait(WaitState wait)
    {
        var until = Until(wait, StateData.Input(step));
        if (until > step.Now)
            step.Wait(FrameWait.Wait, until);
        else
            ExitWait();
    }

    /// <summary>Ends the wait of a Wait state.</summary>
    public void ExitWait() => step.Exit(StateData.Select(step, StateData.Input(step)), ((WaitState)step.State).Next);

    private DateTimeOffset Until(WaitState wait, JsonNode? input)
    {
        if (wait.Timestamp is { } timestamp)
            return timestamp;
        if (wait.TimestampPath is not { } path)
            return step.Now.AddSeconds(StateData.Seconds(step, wait.Duration, input, 0)!.Value);

        var value = step.Scope(input).Require(path, "TimestampPath");
        if (Rfc3339.TryParse(JsonText.AsString(value), out var instant))
            return instant;

        throw EvaluationException.Runtime(
            "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: "
            + $"{path.Text} == {JsonText.AsString(value) ?? JsonText.Write(value)}");
    }

    /// <summary>The one place where what is wrong with data becomes the state's error.</summary>
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (EvaluationException e)
        {
            Handle(Describe(e));
        }
    }

    private void Handle(StateFailure failure)
    {
        try
        {
            tasks.Handle(failure);
        }
        catch (EvaluationException e)
        {
            // Handling the error met another: the catcher's ResultPath does not fit, or the history is full.
            var second = Describe(e);
            step.Fail(second.Error, second.Cause);
        }
    }

    private StateFailure Describe(EvaluationException e)
    {
        var place = e.TellsState && step.Snapshot.Root is { } frame
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"An error occurred while executing the state '{frame.State}' (entered at the event id #{frame.EnteredEventId}). ")
            : "";
        return new StateFailure(e.Error, place + e.Message);
    }
}
