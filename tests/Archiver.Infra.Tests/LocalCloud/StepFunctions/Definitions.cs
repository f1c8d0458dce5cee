namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>State machines that several tests run.</summary>
internal static class Definitions
{
    public const string Pass = """{"StartAt":"Only","States":{"Only":{"Type":"Pass","End":true}}}""";

    public const string Fail = """{"StartAt":"Only","States":{"Only":{"Type":"Fail","Error":"Broken","Cause":"as asked"}}}""";

    public const string WaitHour = """{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":3600,"End":true}}}""";

    /// <summary>Asks by the queue and ends with the answer.</summary>
    public const string Ask = """
        {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          "Parameters":{"QueueUrl":"http://queue","MessageBody":{"TaskToken.$":"$$.Task.Token","Name":"é<&>"}},"End":true}}}
        """;

    /// <summary>Calls the function "work" and ends with its result.</summary>
    public static string Call(string more = "", string function = "work") => $$$$"""
        {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:{{{{function}}}}"{{{{more}}}},"End":true}}}
        """;

    /// <summary><see cref="Ask"/> with more fields in its state, such as a time-out.</summary>
    public static string AskWith(string more) => Ask.Replace(@"""End"":true", more + @",""End"":true", StringComparison.Ordinal);
}
