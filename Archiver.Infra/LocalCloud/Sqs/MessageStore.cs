using Archiver.Infra.LocalCloud.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>
/// The messages on disk. Every method is one transaction: two receivers never take the same message, and a message is in one
/// queue at every moment.
/// </summary>
internal sealed class MessageStore(Database database)
{
    /// <summary>How many messages of a standard queue can be in flight.</summary>
    public const int InFlightLimit = 120_000;

    // How many expired messages go at once, and how many dead letters one receive carries off, so that no transaction is long.
    private const int SweepSize = 1_000;
    private const int DeadLetterSize = 1_000;
    private const int ForeignKeyViolation = 787;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private const string Columns =
        """
        id AS Id, message_id AS MessageId, body AS Body, attributes AS Attributes, trace_header AS TraceHeader, group_id AS GroupId,
        sent_at AS SentAt, visible_at AS VisibleAt, first_received_at AS FirstReceivedAt, receive_count AS ReceiveCount,
        received_here AS ReceivedHere, dead_letter_source_arn AS DeadLetterSourceArn
        """;

    private const string InsertMessage =
        """
        INSERT INTO messages (queue_id, message_id, sent_at, visible_at, group_id, trace_header, attributes, body)
        VALUES (@queueId, @MessageId, @SentAt, @VisibleAt, @GroupId, @TraceHeader, @Attributes, @Body)
        """;

    // By queue; touched by the writer alone, under the database's lock.
    private readonly Dictionary<long, Gauge> _gauges = [];

    /// <summary>Puts new messages into a queue, all or none.</summary>
    /// <returns>False when the queue is gone.</returns>
    public bool Add(Queue queue, IReadOnlyList<StoredMessage> messages, DateTimeOffset now)
    {
        try
        {
            database.Write(connection =>
            {
                Sweep(connection, queue, now);
                Insert(connection, queue.Id, messages);
            });
            return true;
        }
        catch (SqliteException exception) when (exception.SqliteExtendedErrorCode == ForeignKeyViolation)
        {
            return false; // The queue was deleted since it was found: its row is the judge.
        }
    }

    /// <summary>Takes visible messages, oldest first, and hides them; those that were received too often go to the dead-letter queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="deadLetters">Its dead-letter queue, if it has one that is there.</param>
    /// <param name="maxMessages">How many to take at most.</param>
    /// <param name="visibilityTimeout">For how long to hide them.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">When it is cancelled before the end, nothing is taken.</param>
    public ReceiveOutcome Receive(
        Queue queue, Queue? deadLetters, int maxMessages, TimeSpan visibilityTimeout, DateTimeOffset now, CancellationToken cancellationToken) => database.Write(connection =>
        {
            Sweep(connection, queue, now);
            if (IsOverLimit(connection, queue, maxMessages, now))
                return new ReceiveOutcome([], [], null, OverLimit: true);

            (List<StoredMessage> taken, List<StoredMessage> dead) = Look(connection, queue, deadLetters, maxMessages, now);
            if (dead.Count > 0)
                Bury(connection, queue, deadLetters!, dead, now);
            List<ReceivedMessage> received = Hide(connection, queue, taken, visibilityTimeout, now);
            GaugeOf(queue).InFlightAtMost += received.Count;
            // Who has gone must not take a message along: rolled back, it stays for the next.
            cancellationToken.ThrowIfCancellationRequested();
            return new ReceiveOutcome(
                received, [.. dead.Select(message => message.MessageId)], received.Count > 0 ? null : NextVisibleAt(connection, queue, now));
        });

    /// <summary>Deletes messages by their handles, where these are of the newest receive.</summary>
    public void Delete(IReadOnlyList<ReceiptHandle> handles) => database.Write(connection => connection.Execute(
        "DELETE FROM messages WHERE id = @Id AND queue_id = @QueueId AND receipt = @Nonce", handles));

    /// <summary>Hides a message in flight until another time.</summary>
    public VisibilityOutcome ChangeVisibility(Queue queue, ReceiptHandle handle, TimeSpan timeout, DateTimeOffset now) => database.Write(connection =>
    {
        InFlight? found = connection.QuerySingleOrDefault<InFlight>(
            """
            SELECT visible_at AS VisibleAt, received_at AS ReceivedAt FROM messages
            WHERE id = @Id AND queue_id = @QueueId AND receipt = @Nonce AND sent_at > @expired
            """,
            new { handle.Id, handle.QueueId, handle.Nonce, expired = queue.ExpiredBy(now).ToUnixTimeMilliseconds() });
        if (found is null)
            return VisibilityOutcome.NotThere;
        if (found.VisibleAt <= now.ToUnixTimeMilliseconds())
            return VisibilityOutcome.NotInFlight;
        long visibleAt = (now + timeout).ToUnixTimeMilliseconds();
        if (visibleAt > found.ReceivedAt + (QueueSettings.LongestVisibilityTimeout * 1_000L))
            return VisibilityOutcome.BeyondLimit;
        connection.Execute("UPDATE messages SET visible_at = @visibleAt WHERE id = @Id", new { visibleAt, handle.Id });
        return VisibilityOutcome.Changed;
    });

    /// <summary>Deletes all messages of a queue.</summary>
    public void Purge(Queue queue) => database.Write(connection =>
        connection.Execute("DELETE FROM messages WHERE queue_id = @Id", new { queue.Id }));

    /// <summary>Counts the messages of a queue.</summary>
    public MessageCounts Count(Queue queue, DateTimeOffset now) => database.Read(connection => connection.QuerySingle<MessageCounts>(
        """
        SELECT COUNT(*) FILTER (WHERE visible_at <= @now) AS Visible,
               COUNT(*) FILTER (WHERE visible_at > @now AND received_at IS NOT NULL) AS InFlight,
               COUNT(*) FILTER (WHERE visible_at > @now AND received_at IS NULL) AS Delayed
        FROM messages INDEXED BY messages_by_visibility WHERE queue_id = @Id AND sent_at > @expired
        """,
        new { queue.Id, now = now.ToUnixTimeMilliseconds(), expired = queue.ExpiredBy(now).ToUnixTimeMilliseconds() }));

    /// <summary>The oldest visible messages of a queue, as they lie there.</summary>
    public IReadOnlyList<StoredMessage> Peek(Queue queue, int count, DateTimeOffset now) => database.Read(connection =>
        Visible(connection, queue, now).Take(count).ToList());

    /// <summary>
    /// Moves visible messages to another queue, each as a new message with an id, a time and counts of its own. What is no longer
    /// there, or was received meanwhile, stays out of it.
    /// </summary>
    /// <returns>How many were moved; nothing when the destination is gone.</returns>
    public int? Move(Queue source, Queue destination, IReadOnlyList<StoredMessage> messages, DateTimeOffset now)
    {
        try
        {
            return database.Write(connection =>
            {
                long time = now.ToUnixTimeMilliseconds();
                List<StoredMessage> moved = [];
                foreach (StoredMessage message in messages)
                {
                    int deleted = connection.Execute(
                        "DELETE FROM messages WHERE id = @Id AND queue_id = @queueId AND visible_at <= @time",
                        new { message.Id, queueId = source.Id, time });
                    if (deleted == 1)
                        moved.Add(message with { MessageId = Guid.NewGuid().ToString(), SentAt = time, VisibleAt = time });
                }
                Insert(connection, destination.Id, moved);
                return moved.Count;
            });
        }
        catch (SqliteException exception) when (exception.SqliteExtendedErrorCode == ForeignKeyViolation)
        {
            return null;
        }
    }

    private static void Insert(SqliteConnection connection, long queueId, IReadOnlyList<StoredMessage> messages) => connection.Execute(
        InsertMessage,
        messages.Select(message => new
        {
            queueId,
            message.MessageId,
            message.SentAt,
            message.VisibleAt,
            message.GroupId,
            message.TraceHeader,
            message.Attributes,
            message.Body,
        }));

    // Read one by one along the index: who stops early has not paid for the rest.
    private static IEnumerable<StoredMessage> Visible(SqliteConnection connection, Queue queue, DateTimeOffset now) => connection.Query<StoredMessage>(
        $"""
        SELECT {Columns} FROM messages INDEXED BY messages_by_visibility
        WHERE queue_id = @Id AND visible_at <= @now AND sent_at > @expired
        ORDER BY visible_at, id
        """,
        new { queue.Id, now = now.ToUnixTimeMilliseconds(), expired = queue.ExpiredBy(now).ToUnixTimeMilliseconds() },
        buffered: false);

    private static (List<StoredMessage> Taken, List<StoredMessage> Dead) Look(
        SqliteConnection connection, Queue queue, Queue? deadLetters, int maxMessages, DateTimeOffset now)
    {
        bool redrives = deadLetters is not null
            && connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM queues WHERE id = @Id)", new { deadLetters.Id });
        int maxReceives = redrives ? queue.Settings.RedrivePolicy!.MaxReceiveCount : int.MaxValue;
        List<StoredMessage> taken = [];
        List<StoredMessage> dead = [];
        foreach (StoredMessage message in Visible(connection, queue, now))
        {
            (message.ReceivedHere >= maxReceives ? dead : taken).Add(message);
            if (taken.Count == maxMessages || dead.Count == DeadLetterSize)
                break;
        }
        return (taken, dead);
    }

    // The time of sending stays: a dead letter's age counts from there.
    private static void Bury(SqliteConnection connection, Queue queue, Queue deadLetters, List<StoredMessage> dead, DateTimeOffset now) => connection.Execute(
        """
        UPDATE messages
        SET queue_id = @deadLettersId, visible_at = @time, received_at = NULL, receipt = NULL, received_here = 0, dead_letter_source_arn = @Arn
        WHERE id = @Id
        """,
        dead.Select(message => new { deadLettersId = deadLetters.Id, time = now.ToUnixTimeMilliseconds(), queue.Arn, message.Id }));

    private static List<ReceivedMessage> Hide(
        SqliteConnection connection, Queue queue, List<StoredMessage> taken, TimeSpan visibilityTimeout, DateTimeOffset now)
    {
        long time = now.ToUnixTimeMilliseconds();
        long visibleAt = (now + visibilityTimeout).ToUnixTimeMilliseconds();
        List<ReceivedMessage> received = [.. taken.Select(message => new ReceivedMessage(
            message with { ReceiveCount = message.ReceiveCount + 1, FirstReceivedAt = message.FirstReceivedAt ?? time },
            new ReceiptHandle(queue.Id, message.Id, ReceiptHandle.NewNonce())))];
        connection.Execute(
            """
            UPDATE messages
            SET visible_at = @visibleAt, received_at = @time, receipt = @Nonce, first_received_at = @FirstReceivedAt,
                receive_count = @ReceiveCount, received_here = received_here + 1
            WHERE id = @Id
            """,
            received.Select(one => new { visibleAt, time, one.Handle.Nonce, one.Message.FirstReceivedAt, one.Message.ReceiveCount, one.Message.Id }));
        return received;
    }

    private static DateTimeOffset? NextVisibleAt(SqliteConnection connection, Queue queue, DateTimeOffset now)
    {
        long? next = connection.ExecuteScalar<long?>(
            "SELECT MIN(visible_at) FROM messages WHERE queue_id = @Id AND visible_at > @now", new { queue.Id, now = now.ToUnixTimeMilliseconds() });
        return next is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
    }

    /// <summary>Removes what has expired, now and then. What is not removed yet is out of sight all the same.</summary>
    private void Sweep(SqliteConnection connection, Queue queue, DateTimeOffset now)
    {
        Gauge gauge = GaugeOf(queue);
        if (now < gauge.SweepAt)
            return;
        int removed = connection.Execute(
            """
            DELETE FROM messages WHERE id IN (
                SELECT id FROM messages WHERE queue_id = @Id AND sent_at <= @expired LIMIT @SweepSize)
            """,
            new { queue.Id, expired = queue.ExpiredBy(now).ToUnixTimeMilliseconds(), SweepSize });
        gauge.SweepAt = removed == SweepSize ? now : now + SweepInterval;
    }

    /// <summary>
    /// Whether too many are in flight. Only a receive adds to them, so a count stays an upper bound while the receives since are
    /// added: the messages themselves are counted only when that bound comes to the limit.
    /// </summary>
    private bool IsOverLimit(SqliteConnection connection, Queue queue, int more, DateTimeOffset now)
    {
        Gauge gauge = GaugeOf(queue);
        if (gauge.InFlightAtMost + more <= InFlightLimit)
            return false;
        gauge.InFlightAtMost = connection.ExecuteScalar<long>(
            "SELECT COUNT(*) FROM messages WHERE queue_id = @Id AND visible_at > @now AND received_at IS NOT NULL",
            new { queue.Id, now = now.ToUnixTimeMilliseconds() });
        return gauge.InFlightAtMost >= InFlightLimit;
    }

    private Gauge GaugeOf(Queue queue)
    {
        if (!_gauges.TryGetValue(queue.Id, out Gauge? gauge))
            _gauges.Add(queue.Id, gauge = new Gauge());
        return gauge;
    }

    private sealed record InFlight(long VisibleAt, long ReceivedAt);

    private sealed class Gauge
    {
        public DateTimeOffset SweepAt { get; set; }

        // Not known until it is counted.
        public long InFlightAtMost { get; set; } = InFlightLimit;
    }
}
