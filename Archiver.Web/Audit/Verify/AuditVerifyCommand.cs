using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Amazon.DynamoDBv2;
using Archiver.Infra.LocalCloud;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Export;
using Archiver.Web.Audit.Store;
using Archiver.Web.Audit.Trail;
using Archiver.Web.Cloud;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Audit.Verify;

/// <summary>
/// The command <c>audit verify [FILE] [--head N:HASH]</c>: follows the chain of the configured cloud's table, or of an exported
/// file without any cloud, and says in a sentence what it found. It reads link by link, in the same memory for any length.
/// </summary>
/// <param name="file">The exported file; the table where there is none.</param>
/// <param name="expected">A head that was written down, as the log has it.</param>
internal sealed class AuditVerifyCommand(string? file, AuditHead? expected)
{
    /// <summary>The chain is intact.</summary>
    public const int Intact = 0;

    /// <summary>The chain is broken.</summary>
    public const int Broken = 1;

    /// <summary>It could not be told: nothing could be read, or the key is missing.</summary>
    public const int Unknown = 2;

    /// <summary>Runs the command.</summary>
    /// <param name="configuration">The dashboard's settings.</param>
    /// <param name="output">What was found, when it is intact.</param>
    /// <param name="error">What was found else.</param>
    /// <returns>The process' exit code.</returns>
    public async Task<int> RunAsync(IConfiguration configuration, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        ChainFinding found;
        try
        {
            AuditHasher hasher = new(AuditOptionsReader.Read(configuration).Key);
            found = file is null ? await FollowCloudAsync(configuration, hasher, cancellationToken) : await FollowFileAsync(file, hasher, cancellationToken);
        }
        catch (Exception exception) when (exception is StartupException or LocalCloudException or OptionsValidationException or UnauthorizedAccessException || CloudFailure.Is(exception))
        {
            found = new ChainFinding.Unknown($"The audit trail could not be read: {exception.Message}");
        }
        await (found is ChainFinding.Intact ? output : error).WriteLineAsync(found.Sentence);
        return found switch
        {
            ChainFinding.Intact => Intact,
            ChainFinding.Broken => Broken,
            _ => Unknown,
        };
    }

    /// <summary>Follows the chain of a table.</summary>
    public async Task<ChainFinding> FollowAsync(AuditStore store, AuditHasher hasher, CancellationToken cancellationToken)
    {
        AuditChain chain = new(hasher, AuditHead.Start, expected);
        await foreach (AuditBlock block in store.ReadForwardAsync(1, cancellationToken))
        {
            if (chain.Add(block) is not null) break;
        }
        return chain.End();
    }

    private async Task<ChainFinding> FollowCloudAsync(IConfiguration configuration, AuditHasher hasher, CancellationToken cancellationToken)
    {
        CloudOptions options = CloudOptionsReader.Read(configuration);
        if (options.Mode == CloudMode.Local && !Directory.Exists(options.Local.DataDirectory))
            throw new StartupException([$"Cloud:Local:DataDirectory is {options.Local.DataDirectory}, where no local cloud has kept anything."]);
        // No port is asked of whoever only reads; a cloud that runs over the directory has it to itself, and says so.
        IConfiguration own = new ConfigurationBuilder().AddConfiguration(configuration)
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Cloud:Local:Port"] = "0" }).Build();
        await using CloudConnection cloud = await CloudConnection.OpenAsync(own, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        using IAmazonDynamoDB dynamoDb = cloud.Options.CreateServiceClient<IAmazonDynamoDB>();
        return await FollowAsync(new AuditStore(dynamoDb, cloud.Resources), hasher, cancellationToken);
    }

    private async Task<ChainFinding> FollowFileAsync(string path, AuditHasher hasher, CancellationToken cancellationToken)
    {
        AuditChain chain = new(hasher, expected: expected);
        await using FileStream stream = File.OpenRead(path);
        PipeReader reader = PipeReader.Create(stream);
        for (long number = 1; ; number++)
        {
            string where = string.Create(CultureInfo.InvariantCulture, $"line {number}");
            (byte[]? line, bool isWhole) = await ReadLineAsync(reader, cancellationToken);
            if (line is null) break;
            AuditLink link = default;
            // A last line without its end is one that was cut.
            if (!isWhole || !AuditLine.TryRead(line, out link)) link = new AuditLink("", "", "");
            if (chain.Add(link, where) is not null) break;
        }
        await reader.CompleteAsync();
        return chain.End();
    }

    // A line that is too long to be one is given as far as it was read; nobody reads on after it.
    private static async Task<(byte[]? Line, bool IsWhole)> ReadLineAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                byte[] line = buffer.Slice(0, end).ToArray();
                reader.AdvanceTo(buffer.GetPosition(1, end));
                return (line, true);
            }
            if (read.IsCompleted || buffer.Length > AuditLine.Longest)
            {
                byte[]? rest = buffer.IsEmpty ? null : buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return (rest, false);
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
