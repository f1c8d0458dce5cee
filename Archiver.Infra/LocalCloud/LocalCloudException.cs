namespace Archiver.Infra.LocalCloud;

/// <summary>
/// The local cloud can't start, for a reason that the person who started it can mend: a port in use, a data directory
/// that can't be written, a broken template or state machine. The message is meant to be shown as it is; it names the
/// setting or the file and line.
/// </summary>
public sealed class LocalCloudException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong and what to do, in words.</param>
    /// <param name="innerException">What it came from, if anything.</param>
    public LocalCloudException(string message, Exception? innerException = null) : base(message, innerException) { }
}
