using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archiver.Infra.LocalCloud;

/// <summary>
/// The loggers of the program around the local cloud, for all but the host inside: that one logs an address that is not the
/// program's, the stack trace of a start that failed, which the local cloud tells its caller in words, and every request's
/// URL, which may be a presigned one.
/// </summary>
internal sealed class LocalCloudLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    private static readonly string[] Host = ["Microsoft.Extensions.Hosting.", "Microsoft.Hosting.", "Microsoft.AspNetCore.Hosting."];

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        Array.Exists(Host, prefix => categoryName.StartsWith(prefix, StringComparison.Ordinal)) ? NullLogger.Instance : loggers.CreateLogger(categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <summary>Leaves the loggers to the program that they belong to.</summary>
    public void Dispose() { }
}
