using System.Globalization;
using System.Text;
using Archiver.Infra.LocalCloud.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.Parameters;

/// <summary>Keeps parameters and their last hundred versions.</summary>
internal sealed class ParameterStore : IDisposable
{
    private const int KeptVersions = 100;

    private const string Columns =
        "name AS Name, version AS Version, type AS Type, value AS Value, modified_at AS ModifiedAt, description AS Description, allowed_pattern AS AllowedPattern, key_id AS KeyId, tier AS Tier";

    private readonly Database _database;

    public ParameterStore(DataDirectory directory) => _database = new Database(
        directory.FilePath("parameters.db"),
        """
        CREATE TABLE parameter (
          name TEXT NOT NULL, version INTEGER NOT NULL, latest INTEGER NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, modified_at INTEGER NOT NULL,
          description TEXT, allowed_pattern TEXT, key_id TEXT, tier TEXT NOT NULL, PRIMARY KEY (name, version)) WITHOUT ROWID;
        CREATE UNIQUE INDEX parameter_latest ON parameter (name) WHERE latest = 1;
        """);

    /// <summary>Adds a version that <paramref name="next"/> makes of the one there is, or of none, in one step.</summary>
    public Parameter Put(string name, Func<Parameter?, Parameter> next) => _database.Write(connection =>
    {
        Parameter parameter = next(Latest(connection, name));
        connection.Execute("UPDATE parameter SET latest = 0 WHERE name = @name AND latest = 1", new { name });
        connection.Execute(
            """
            INSERT INTO parameter (name, version, latest, type, value, modified_at, description, allowed_pattern, key_id, tier)
            VALUES (@Name, @Version, 1, @Type, @Value, @ModifiedAt, @Description, @AllowedPattern, @KeyId, @Tier)
            """,
            new Row(parameter));
        connection.Execute("DELETE FROM parameter WHERE name = @name AND version <= @oldest", new { name, oldest = parameter.Version - KeptVersions });
        return parameter;
    });

    /// <summary>The newest version, or the given one; nothing where there is none.</summary>
    public Parameter? Get(string name, long? version = null) => _database.Read(connection => version is null
        ? Latest(connection, name)
        : connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM parameter WHERE name = @name AND version = @version", new { name, version })?.ToParameter());

    /// <summary>Removes a parameter with all of its versions.</summary>
    /// <returns>False where there was none.</returns>
    public bool Delete(string name) => _database.Write(connection => connection.Execute("DELETE FROM parameter WHERE name = @name", new { name }) > 0);

    /// <summary>Lists the newest versions by name.</summary>
    public ParameterPage List(ParameterFilter filter, string? after, int limit) => _database.Read(connection =>
    {
        StringBuilder sql = new($"SELECT {Columns} FROM parameter WHERE latest = 1 AND name > @after");
        DynamicParameters values = new(new { after = after ?? "", limit = limit + 1 });
        if (filter.Types.Count > 0)
        {
            sql.Append(" AND type IN @types");
            values.Add("types", filter.Types);
        }
        Any(sql, "path", filter.Paths, (path, name) =>
        {
            // Everything below /a is between "/a/" and "/a0": the character after the slash is the zero.
            string prefix = path.TrimEnd('/') + "/";
            values.Add(name, prefix);
            values.Add(name + "End", string.Concat(prefix.AsSpan(0, prefix.Length - 1), "0"));
            return filter.Recursive
                ? $"(name > @{name} AND name < @{name}End)"
                : $"(name > @{name} AND name < @{name}End AND instr(substr(name, length(@{name}) + 1), '/') = 0)";
        });
        Any(sql, "name", filter.Names, (text, name) =>
        {
            values.Add(name, text);
            return filter.NameOption switch
            {
                "BeginsWith" => $"substr(name, 1, length(@{name})) = @{name}",
                "Contains" => $"instr(name, @{name}) > 0",
                _ => $"name = @{name}",
            };
        });
        sql.Append(" ORDER BY name LIMIT @limit");
        Parameter[] found = [.. connection.Query<Row>(sql.ToString(), values).Select(row => row.ToParameter())];
        return found.Length > limit ? new ParameterPage(found[..limit], found[limit - 1].Name) : new ParameterPage(found, null);
    });

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    /// <summary>Appends "and one of these": only names made here go into the statement, every value is bound.</summary>
    private static void Any(StringBuilder sql, string kind, IReadOnlyList<string> texts, Func<string, string, string> clause)
    {
        if (texts.Count > 0)
            sql.Append(" AND (").AppendJoin(" OR ", texts.Select((text, i) => clause(text, kind + i.ToString(CultureInfo.InvariantCulture)))).Append(')');
    }

    private static Parameter? Latest(SqliteConnection connection, string name) =>
        connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM parameter WHERE name = @name AND latest = 1", new { name })?.ToParameter();

    /// <summary>A row as SQLite has it: times are milliseconds since 1970.</summary>
    private sealed class Row
    {
        public Row() { }

        public Row(Parameter parameter)
        {
            (Name, Version, Type, Value) = (parameter.Name, parameter.Version, parameter.Type, parameter.Value);
            (Description, AllowedPattern, KeyId, Tier) = (parameter.Description, parameter.AllowedPattern, parameter.KeyId, parameter.Tier);
            ModifiedAt = parameter.ModifiedAt.ToUnixTimeMilliseconds();
        }

        public string Name { get; init; } = "";

        public long Version { get; init; }

        public string Type { get; init; } = "";

        public string Value { get; init; } = "";

        public long ModifiedAt { get; init; }

        public string? Description { get; init; }

        public string? AllowedPattern { get; init; }

        public string? KeyId { get; init; }

        public string Tier { get; init; } = "";

        public Parameter ToParameter() =>
            new(Name, Version, Type, Value, DateTimeOffset.FromUnixTimeMilliseconds(ModifiedAt), Description, AllowedPattern, KeyId, Tier);
    }
}
