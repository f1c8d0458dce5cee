using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>Which events of an execution are logged.</summary>
public class LogLevel : ConstantClass
{
    /// <summary>All.</summary>
    public static readonly LogLevel ALL = new("ALL");

    /// <summary>Errors.</summary>
    public static readonly LogLevel ERROR = new("ERROR");

    /// <summary>Errors that end the execution.</summary>
    public static readonly LogLevel FATAL = new("FATAL");

    /// <summary>None.</summary>
    public static readonly LogLevel OFF = new("OFF");

    /// <summary>A value that this version knows no constant for.</summary>
    public LogLevel(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static LogLevel FindValue(string value) => FindValue<LogLevel>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator LogLevel(string value) => FindValue(value);
}
