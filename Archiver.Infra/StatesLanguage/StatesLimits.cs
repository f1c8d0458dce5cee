namespace Archiver.Infra.StatesLanguage;

/// <summary>The numbers that bound machines and executions. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html</summary>
internal static class StatesLimits
{
    /// <summary>The largest input, result or output, as UTF-8.</summary>
    public const int PayloadBytes = 262_144;

    /// <summary>The largest definition, as UTF-8.</summary>
    public const int DefinitionBytes = 1_048_576;

    /// <summary>The events that a standard execution's history can hold; the last of them ends it.</summary>
    public const long HistoryEvents = 25_000;

    /// <summary>The longest wait, timeout or retry interval, in seconds.</summary>
    public const long Seconds = 99_999_999;

    /// <summary>What <c>MaxDelaySeconds</c> must stay below.</summary>
    public const long RetryDelaySeconds = 31_622_400;

    /// <summary>The most retries.</summary>
    public const long RetryAttempts = 99_999_999;

    /// <summary>The seconds that an express execution may take.</summary>
    public const int ExpressSeconds = 300;

    /// <summary>The longest state name, in characters.</summary>
    public const int StateNameLength = 80;

    /// <summary>The intrinsic functions that one field may hold.</summary>
    public const int IntrinsicCalls = 10;

    /// <summary>The longest string that <c>States.Hash</c> and the Base64 functions take, in characters.</summary>
    public const int IntrinsicStringLength = 10_000;

    /// <summary>The most elements of <c>States.ArrayRange</c>.</summary>
    public const int ArrayRangeLength = 1_000;

    /// <summary>The longest error name in a history, in characters.</summary>
    public const int ErrorLength = 256;

    /// <summary>The longest cause in a history, in characters.</summary>
    public const int CauseLength = 32_768;

    /// <summary>
    /// What the values of one template may add up to, in bytes. What is made in the end may have <see cref="PayloadBytes"/>; without
    /// this bound a template of many or nested fields could fill the memory first.
    /// </summary>
    public const int TemplateBytes = 4 * PayloadBytes;

    /// <summary>The nodes that a path may select on its way: a chain of <c>..</c> multiplies them.</summary>
    public const int PathNodes = 1_000_000;

    /// <summary>
    /// How deep a payload may nest. AWS documents no number; without one a loop could nest its data until reading it overflows
    /// the stack.
    /// </summary>
    public const int PayloadDepth = 200;

    /// <summary>
    /// The states that one step runs through before it lets the caller make durable what happened: a loop without a wait would
    /// otherwise gather its whole history in memory.
    /// </summary>
    public const int TransitionsPerStep = 250;
}
