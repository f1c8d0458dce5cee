namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>The tables of <c>s3.db</c>.</summary>
internal static class S3Schema
{
    // Keys are blobs of UTF-8: SQLite compares them byte by byte, which is the order of S3's listings, and the first key past a
    // prefix is a matter of the last byte.
    // versions_listed serves the listings of current objects; versions_blob and parts_blob the sweep of orphaned files.
    private const string First = """
        CREATE TABLE buckets (
            name TEXT PRIMARY KEY,
            created INTEGER NOT NULL,
            location TEXT NOT NULL,
            versioning INTEGER NOT NULL,
            tags TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE versions (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            bucket TEXT NOT NULL REFERENCES buckets (name),
            key BLOB NOT NULL,
            version_id TEXT NOT NULL,
            is_latest INTEGER NOT NULL,
            blob TEXT,
            size INTEGER NOT NULL,
            etag TEXT,
            checksum_algorithm TEXT,
            checksum_value TEXT,
            checksum_type TEXT,
            modified INTEGER NOT NULL,
            attributes TEXT NOT NULL,
            tags TEXT NOT NULL,
            part_count INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX versions_by_id ON versions (bucket, key, version_id);
        CREATE UNIQUE INDEX versions_in_order ON versions (bucket, key, sequence DESC);
        CREATE UNIQUE INDEX versions_listed ON versions (bucket, key) WHERE is_latest = 1;
        CREATE UNIQUE INDEX versions_blob ON versions (blob) WHERE blob IS NOT NULL;

        CREATE TABLE object_parts (
            sequence INTEGER NOT NULL REFERENCES versions (sequence) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            size INTEGER NOT NULL,
            checksum TEXT NOT NULL,
            PRIMARY KEY (sequence, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE uploads (
            id TEXT PRIMARY KEY,
            bucket TEXT NOT NULL REFERENCES buckets (name),
            key BLOB NOT NULL,
            initiated INTEGER NOT NULL,
            algorithm TEXT NOT NULL,
            checksum_type TEXT NOT NULL,
            explicit_checksum INTEGER NOT NULL,
            attributes TEXT NOT NULL,
            tags TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX uploads_listed ON uploads (bucket, key, id);

        CREATE TABLE parts (
            upload TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            blob TEXT NOT NULL,
            size INTEGER NOT NULL,
            etag TEXT NOT NULL,
            checksum TEXT NOT NULL,
            modified INTEGER NOT NULL,
            PRIMARY KEY (upload, number)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX parts_blob ON parts (blob);
        """;

    // What is yet to be told of changes, and which writes were made that must be made once, whoever asks again.
    private const string Notes = """
        ALTER TABLE buckets ADD COLUMN event_bridge INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE object_notes (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            event_id TEXT NOT NULL,
            operation TEXT NOT NULL,
            created INTEGER NOT NULL,
            delete_marker INTEGER NOT NULL,
            bucket TEXT NOT NULL,
            key BLOB NOT NULL,
            version_id TEXT,
            size INTEGER NOT NULL,
            etag TEXT,
            time INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE once_keys (
            once_key TEXT PRIMARY KEY
        ) STRICT, WITHOUT ROWID;
        """;

    /// <summary>The schema's history, oldest first.</summary>
    public static readonly IReadOnlyList<string> Migrations = [First, Notes];
}
