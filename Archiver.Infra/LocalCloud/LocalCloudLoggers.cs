using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archiver.Infra.LocalCloud;

/// <summary>
/// The loggers of the program around the local cloud, for all but the host inside: that one logs the stack trace of a start that
/// failed, which the local cloud tells its caller in words.
/// </summary>
internal sealed class LocalCloudLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Microsoft.Extensions.Hosting.", StringComparison.Ordinal) ? NullLogger.Instance : loggers.CreateLogger(categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <summary>Leaves the loggers to the program that they belong to.</summary>
    public void Dispose() { }
}
