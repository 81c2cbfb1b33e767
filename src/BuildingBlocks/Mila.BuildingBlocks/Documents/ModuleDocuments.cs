using System.Linq.Expressions;
using Marten;
using Mila.BuildingBlocks.Api.Lists;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Mila.BuildingBlocks.Documents;

/// <summary>Where a module declares its documents: all in its own schema, all with optimistic concurrency.</summary>
public sealed class ModuleDocuments
{
    private readonly StoreOptions _options;
    private readonly string _schema;

    internal ModuleDocuments(StoreOptions options, string schema) => (_options, _schema) = (options, schema);

    internal List<string> AfterMigration { get; } = [];

    /// <summary>Marten's own options, for what this face does not say.</summary>
    public StoreOptions Options => _options;

    /// <summary>A document of this module. Its <c>Version</c> becomes its ETag.</summary>
    public DocumentSchema<T> Document<T>()
        where T : class, IDocument
    {
        var mapping = _options.Schema.For<T>().DatabaseSchemaName(_schema).UseOptimisticConcurrency(true);
        mapping.Metadata(m =>
        {
            m.Version.MapTo(d => d.Version);
            m.DotNetType.Enabled = false;
        });
        return new DocumentSchema<T>(_schema, AfterMigration, mapping);
    }

    /// <summary>A plain table of this module, for what is a queue or a ledger rather than a document.</summary>
    public void Table(string name, Action<Table> define)
    {
        var table = new Table(new PostgresqlObjectName(_schema, name, SchemaUtils.IdentifierUsage.General));
        define(table);
        _options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <summary>A statement to run at each start, once the schema is what this version expects.</summary>
    public void AfterMigrating(string sql) => AfterMigration.Add(sql);
}

/// <summary>One document's table.</summary>
public sealed class DocumentSchema<T>
    where T : class, IDocument
{
    private readonly string _schema;
    private readonly List<string> _afterMigration;
    private readonly MartenRegistry.DocumentMappingExpression<T> _mapping;
    private string _alias = typeof(T).Name;

    internal DocumentSchema(string schema, List<string> afterMigration, MartenRegistry.DocumentMappingExpression<T> mapping) =>
        (_schema, _afterMigration, _mapping) = (schema, afterMigration, mapping);

    /// <summary>Another name for the table than the type's, where several modules have a type of that name. Before its indexes.</summary>
    public DocumentSchema<T> Called(string alias)
    {
        _alias = alias;
        _mapping.DocumentAlias(alias);
        return this;
    }

    /// <summary>
    /// An index that a list sorted by this member walks, over (member, id): <see cref="ListOf{T}"/> compares text by its bytes, so the index says so too.
    /// </summary>
    public DocumentSchema<T> SortIndex(Expression<Func<T, object?>> member)
    {
        var path = JsonPath.Of(member);
        return Written($"mt_list_{typeof(T).Name}_{path.Name}", $"(({path.SortKey("data")}) collate \"C\", id)");
    }

    /// <summary>The same for a list that is always of one thing, such as the registrations of an event: over (that thing, member, id).</summary>
    public DocumentSchema<T> SortIndexWithin(Expression<Func<T, object?>> within, Expression<Func<T, object?>> member)
    {
        var (outer, inner) = (JsonPath.Of(within), JsonPath.Of(member));
        return Written($"mt_list_{typeof(T).Name}_{outer.Name}_{inner.Name}", $"(({outer.Text("data")}), ({inner.SortKey("data")}) collate \"C\", id)");
    }

    /// <summary>An index over the text of this member, by its bytes, of the documents that have it.</summary>
    public DocumentSchema<T> TextIndex(Expression<Func<T, object?>> member)
    {
        var path = JsonPath.Of(member);
        return Written($"mt_text_{typeof(T).Name}_{path.Name}", $"(({path.Text("data")}) collate \"C\") where {path.Text("data")} is not null");
    }

    /// <summary>
    /// The same over members that every document has. PostgreSQL knows how their values are spread: of an index over some rows it takes no statistics, and so expects
    /// one row in two hundred to have any value that is asked for.
    /// </summary>
    public DocumentSchema<T> TextIndexOfAll(params Expression<Func<T, object?>>[] members)
    {
        var paths = members.Select(JsonPath.Of).ToArray();
        var columns = string.Join(", ", paths.Select(p => $"({p.Text("data")}) collate \"C\""));
        return Written($"mt_texts_{typeof(T).Name}_{string.Join('_', paths.Select(p => p.Name))}", $"({columns})");
    }

    /// <summary>The same over one member, whose value no two documents share.</summary>
    public DocumentSchema<T> UniqueText(Expression<Func<T, object?>> member)
    {
        var path = JsonPath.Of(member);
        return Written($"mt_text_{typeof(T).Name}_{path.Name}", $"(({path.Text("data")}) collate \"C\") where {path.Text("data")} is not null", "unique ");
    }

    /// <summary>No two documents may share this value (or these together).</summary>
    public DocumentSchema<T> Unique(params Expression<Func<T, object?>>[] members)
    {
        _mapping.UniqueIndex(Marten.Schema.UniqueIndexType.Computed, $"{typeof(T).Name}_one_per_{string.Join("_", members.Select(m => JsonPath.Of(m).Name))}".ToLowerInvariant(), members!);
        return this;
    }

    private DocumentSchema<T> Written(string name, string over, string kind = "")
    {
        name = name.ToLowerInvariant();
        var table = $"{_schema}.mt_doc_{_alias}".ToLowerInvariant();
        _mapping.IgnoreIndex(name);
        _afterMigration.Add($"create {kind}index if not exists {name} on {table} {over}");
        return this;
    }

    /// <summary>Marten's own expression, for what this face does not say.</summary>
    public DocumentSchema<T> Also(Action<MartenRegistry.DocumentMappingExpression<T>> configure)
    {
        configure(_mapping);
        return this;
    }
}
