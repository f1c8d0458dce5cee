using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Running;

/// <summary>What <c>$$</c> is. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html</summary>
internal static class ContextObject
{
    /// <summary>Makes the context object of a state.</summary>
    public static JsonObject Make(
        ExecutionIdentity identity, ExecutionSnapshot snapshot, ExecutionFrame frame, State state, string? taskToken)
    {
        var execution = new JsonObject
        {
            ["Id"] = identity.ExecutionArn,
            ["Input"] = JsonText.Clone(snapshot.Input),
            ["StartTime"] = Rfc3339.Write(identity.StartTime),
            ["Name"] = identity.ExecutionName,
            ["RoleArn"] = identity.RoleArn,
            ["RedriveCount"] = snapshot.RedriveCount,
        };
        if (snapshot.RedriveTime is { } redriven)
            execution["RedriveTime"] = Rfc3339.Write(redriven);

        var current = new JsonObject
        {
            ["Name"] = frame.State,
            ["EnteredTime"] = Rfc3339.Write(frame.EnteredAt),
        };
        // The service has a count only where something can be retried.
        if (state is TaskState)
            current["RetryCount"] = frame.RetryCount;

        var context = new JsonObject
        {
            ["Execution"] = execution,
            ["StateMachine"] = new JsonObject { ["Id"] = identity.StateMachineArn, ["Name"] = identity.StateMachineName },
            ["State"] = current,
        };
        if (taskToken is not null)
            context["Task"] = new JsonObject { ["Token"] = taskToken };
        return context;
    }
}
