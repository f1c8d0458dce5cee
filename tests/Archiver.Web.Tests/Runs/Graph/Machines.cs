namespace Archiver.Web.Tests.Runs.Graph;

/// <summary>Definitions that the tests draw.</summary>
internal static class Machines
{
    /// <summary>A Parallel state with a Map state in it, retries, catches, a loop, a state that leads to itself.</summary>
    public const string Nested = """
        {
          "StartAt": "Prepare",
          "States": {
            "Prepare": {
              "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Comment": "Gets it ready.",
              "Retry": [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 2}, {"ErrorEquals": ["A", "B"]}],
              "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Give up"}],
              "Next": "Both"
            },
            "Both": {
              "Type": "Parallel",
              "Branches": [
                {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "Next": "Left end"}, "Left end": {"Type": "Succeed"}}},
                {"StartAt": "Each", "States": {"Each": {
                  "Type": "Map",
                  "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "One item", "States": {"One item": {"Type": "Task", "Resource": "x", "End": true}}},
                  "End": true}}}
              ],
              "Catch": [{"ErrorEquals": ["Broken"], "Next": "Give up"}],
              "Next": "Enough?"
            },
            "Enough?": {
              "Type": "Choice",
              "Choices": [
                {"Variable": "$.count", "NumericGreaterThanEquals": 3, "Next": "Done"},
                {"Not": {"Variable": "$.more", "IsPresent": true}, "Next": "Done"}
              ],
              "Default": "Pause"
            },
            "Pause": {"Type": "Wait", "Seconds": 5, "Next": "Prepare"},
            "Give up": {"Type": "Fail", "Error": "GaveUp"},
            "Done": {"Type": "Succeed"}
          }
        }
        """;
}
