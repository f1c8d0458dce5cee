using Archiver.Infra.LocalCloud.Events;
using Archiver.Infra.LocalCloud.S3;
using Archiver.Infra.LocalCloud.S3.State;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Storage;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.Inbox;

/// <summary>
/// Makes each file that is copied or moved into the inbox folder an object of the inbox bucket, once, and removes it. A file is taken when
/// it has not changed for a while. First it is claimed by a rename; then it is put, in a write that is made once however often it is asked
/// for under the claim's name; then it is removed. So a crash between any two steps neither loses a file nor doubles it.
/// </summary>
internal sealed partial class InboxFolder : PumpService
{
    /// <summary>The folder below the data directory.</summary>
    public const string Name = "inbox";

    /// <summary>The bucket's name in the template.</summary>
    public const string Bucket = "InboxBucket";

    // The system tells of changes; but not of all where the folder is another machine's, or mounted into a container.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private readonly DataDirectory _directory;
    private readonly LocalCloudOptions _options;
    private readonly CreatedStack _stack;
    private readonly S3Service _s3;
    private readonly S3Store _store;
    private readonly TimeProvider _time;
    private readonly ILogger<InboxFolder> _logger;
    private readonly Dictionary<string, (FoundFile File, DateTimeOffset Since)> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<(string Key, string Reason)> _told = [];
    private FileSystemWatcher? _watcher;
    private InboxFiles? _files;
    private string _bucket = "";

    /// <summary>Makes it; it begins with <see cref="Begin"/>, when the bucket is there.</summary>
    public InboxFolder(
        DataDirectory directory, LocalCloudOptions options, CreatedStack stack, S3Service s3, S3Store store, TimeProvider time, ILogger<InboxFolder> logger)
        : base("The look into the inbox folder", time, logger)
    {
        (_directory, _options, _stack, _s3, _store, _time, _logger) = (directory, options, stack, s3, store, time, logger);
    }

    /// <summary>Begins to take files, if the stack has an inbox bucket.</summary>
    public void Begin()
    {
        if (_stack.Description?.Resources.FirstOrDefault(resource => resource is { LogicalId: Bucket, Type: "AWS::S3::Bucket" }) is not { } bucket)
            return;
        _bucket = bucket.PhysicalId;
        _files = new InboxFiles(_directory.FilePath(Name));
        if (_files.Claims().Count == 0)
            _store.Objects.ForgetOnceKeys(); // of claims that are removed, and whose names a crash left
        Watch(_files.Root);
        Pump.Start();
    }

    /// <inheritdoc/>
    public override Task StoppingAsync(CancellationToken cancellationToken)
    {
        _watcher?.Dispose();
        return base.StoppingAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _watcher?.Dispose();
        return base.DisposeAsync();
    }

    private void Watch(string root)
    {
        try
        {
            _watcher = new FileSystemWatcher(root) { IncludeSubdirectories = true };
            _watcher.Created += (_, _) => Pump.Signal();
            _watcher.Changed += (_, _) => Pump.Signal();
            _watcher.Renamed += (_, _) => Pump.Signal();
            _watcher.Error += (_, _) => Pump.Signal(); // too much at once to tell: the look sees it all
            _watcher.EnableRaisingEvents = true;
        }
        catch (IOException exception)
        {
            LogUnwatched(root, LookAgain.TotalSeconds, exception); // the system's limit of watches, say
        }
    }

    /// <summary>One look: takes up claims, then takes what has settled.</summary>
    /// <returns>When the next file may have settled, or when to look in any case.</returns>
    protected override async Task<DateTimeOffset?> RoundAsync(CancellationToken cancellationToken)
    {
        InboxFiles files = _files!;
        foreach (string claim in files.Claims())
            await PutAsync(files, claim, cancellationToken);
        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset next = now + LookAgain;
        IReadOnlyList<FoundFile> found = files.Find();
        Forget(found);
        foreach (FoundFile file in found)
        {
            if (!_seen.TryGetValue(file.Key, out (FoundFile File, DateTimeOffset Since) seen) || seen.File != file)
                _seen[file.Key] = seen = (file, now);
            DateTimeOffset settled = seen.Since + _options.InboxSettleTime;
            if (settled > now)
                next = settled < next ? settled : next;
            else
                await TakeAsync(files, file, cancellationToken);
        }
        return next;
    }

    private async Task TakeAsync(InboxFiles files, FoundFile file, CancellationToken cancellationToken)
    {
        if (InboxFiles.Look(file) != file)
            return; // gone, or it changed since this look began: the next one sees what became of it
        try
        {
            if (InboxFiles.WhyNot(file) is { } reason)
            {
                Tell(file.Key, reason);
                return;
            }
            if (files.Claim(file) is { } claim)
                await PutAsync(files, claim, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Tell(file.Key, exception.Message);
        }
    }

    private async Task PutAsync(InboxFiles files, string claim, CancellationToken cancellationToken)
    {
        if (files.Claimed(claim) is { } file)
        {
            if (new FileInfo(file.Path).LinkTarget is not null)
            {
                Tell(file.Key, "a link came in its place while it was taken"); // which would be read wherever it leads
                return;
            }
            try
            {
                bool done;
                FileStreamOptions options = new()
                {
                    Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                };
                using (FileStream content = new(file.Path, options))
                    done = await _s3.PutOnceAsync(_bucket, file.Key, claim, content, length => length == file.Length && files.Claimed(claim) == file, cancellationToken);
                if (!done)
                    return; // whoever wrote it goes on writing: the next look tries again
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AwsError)
            {
                Tell(file.Key, exception.Message);
                return;
            }
            LogTaken(file.Key, file.Length);
        }
        files.Release(claim);
        _store.Objects.ForgetOnceKey(claim);
    }

    // What is gone begins anew when it comes again.
    private void Forget(IReadOnlyList<FoundFile> found)
    {
        HashSet<string> keys = [.. found.Select(file => file.Key)];
        foreach (string gone in _seen.Keys.Where(key => !keys.Contains(key)).ToArray())
        {
            _seen.Remove(gone);
            _told.RemoveWhere(told => told.Key == gone);
        }
    }

    private void Tell(string key, string reason)
    {
        if (_told.Add((key, reason)))
            LogStays(key, reason);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Took {Key} from the inbox folder, {Size} bytes.")]
    private partial void LogTaken(string key, long size);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file {Key} can't be taken from the inbox folder, and stays: {Reason}")]
    private partial void LogStays(string key, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes in {Folder} can't be watched; it is looked into every {Seconds} seconds.")]
    private partial void LogUnwatched(string folder, double seconds, Exception exception);
}

/// <summary>Begins to take files from the inbox folder, once the bucket is there.</summary>
internal sealed class InboxOpening(InboxFolder inbox) : IStartupTask
{
    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        inbox.Begin();
        return Task.CompletedTask;
    }
}
