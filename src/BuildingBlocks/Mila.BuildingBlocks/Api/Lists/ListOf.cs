using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Results;
using Mila.BuildingBlocks.Time;
using Npgsql;
using NpgsqlTypes;

namespace Mila.BuildingBlocks.Api.Lists;

/// <summary>
/// What a list may be sorted and filtered by (API.md R4). Pages by (sort key, id), so page N costs what page 1 costs.
/// Everything that becomes SQL is written here or in a definition; a request only ever chooses among it and fills parameters.
/// </summary>
public sealed class ListOf<T>
    where T : class, IDocument
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 250;
    private const int MaxValues = 50;
    private const int MaxValueLength = 200;

    private readonly List<Order> _sorts = [];
    private readonly List<Condition> _filters = [];
    private string? _table;

    /// <summary>Names of the sort keys, the default first, and of the filters: for the API's description.</summary>
    internal ListDescription Description => new([.. _sorts.Select(s => s.Name)], [.. _filters.Select(f => (f.Name, f.Help, f.Values))]);

    private string SortNames => string.Join(", ", _sorts.Select(s => s.Name));

    /// <summary>A key to sort by; the first one declared is the default, ascending. Text sorts by its bytes.</summary>
    public ListOf<T> Sort<TValue>(string name, Expression<Func<T, TValue>> member)
    {
        _sorts.Add(new Order(name, JsonPath.Of(member).SortKey("d.data")));
        return this;
    }

    /// <summary>Items whose member is one of the comma-separated values. An enum accepts its own words only.</summary>
    public ListOf<T> Filter<TValue>(string name, Expression<Func<T, TValue>> member)
    {
        var path = JsonPath.Of(member);
        var words = path.Type.IsEnum ? [.. Enum.GetNames(path.Type).Select(JsonNamingPolicy.CamelCase.ConvertName)] : path.Type == typeof(bool) ? new[] { "true", "false" } : null;
        return Add(name, $"{path.Text("d.data")} = any($)", "One value or several, comma-separated.", words, values => Check(path.Type, values));
    }

    /// <summary>Items whose array member holds one of the comma-separated values.</summary>
    public ListOf<T> FilterAny<TValue>(string name, Expression<Func<T, IReadOnlyList<TValue>>> member)
    {
        var path = JsonPath.Of(member);
        var words = typeof(TValue).IsEnum ? Enum.GetNames(typeof(TValue)).Select(JsonNamingPolicy.CamelCase.ConvertName).ToArray() : null;
        return Add(name, $"{path.Json("d.data")} ?| $", "One value or several, comma-separated.", words, values => Check(typeof(TValue), values));
    }

    /// <summary>Items at or after the value: a date, which for a member that is an instant begins at midnight in Paris, or an instant.</summary>
    public ListOf<T> From<TValue>(string name, Expression<Func<T, TValue>> member) => Bound<TValue>(name, $"{SortText(member)} >= $[1]", "Not before this date or instant.", p => [p.Text]);

    /// <summary>Items before the value.</summary>
    public ListOf<T> Until<TValue>(string name, Expression<Func<T, TValue>> member) => Bound<TValue>(name, $"{SortText(member)} < $[1]", "Before this date or instant.", p => [p.TextOrMonth]);

    /// <summary>Items whose days, from the first to the last included, hold the value: a date, or an instant, which is its day in Paris. Without a first or a last day they have no such bound.</summary>
    public ListOf<T> On(string name, Expression<Func<T, DateOnly?>> first, Expression<Func<T, DateOnly?>> last)
    {
        var (from, to) = (JsonPath.Of(first).Text("d.data"), JsonPath.Of(last).Text("d.data"));
        return Add(name, $"(coalesce({from}, '') collate \"C\" <= $ and coalesce({to}, '~') collate \"C\" >= $)", "Valid on this date, in Paris.", null, values => Day(string.Join(',', values)));
    }

    /// <summary>
    /// <c>from</c> and <c>to</c> of what takes place: items that are not over by the one and begin before the other, so that what is under way is among them. See
    /// <see cref="PointInTime"/> for items that have only a month, or nothing.
    /// </summary>
    /// <param name="start">The sort key: an instant, a month, or <c>~</c>.</param>
    /// <param name="end">The end of those that have an instant.</param>
    /// <param name="longest">How long one lasts at most: the index over the start is entered there, so that what was over long before is not read.</param>
    public ListOf<T> Within(Expression<Func<T, string>> start, Expression<Func<T, DateTimeOffset?>> end, TimeSpan longest)
    {
        var (key, over) = (SortText(start), $"({JsonPath.Of(end).Text("d.data")}) collate \"C\"");
        Bound<string>(
            "from", $"{key} >= $[1] and {key} < '~' and ({key} >= $[2] or {over} >= $[2] or {key} = $[3])",
            "Not over by this date or instant: what ends then or later, also what began before. What has a month and no day counts to the end of its month.", p => [p.Earlier(longest), p.Text, p.Month]);
        return Bound<string>("to", $"{key} < $[1]", "Begins before this date or instant. What has a month and no day counts from the first of its month.", p => [p.TextOrMonth]);
    }

    /// <summary><c>updatedSince</c>: items changed at or after an instant.</summary>
    public ListOf<T> UpdatedSince(Expression<Func<T, DateTimeOffset>> member) => From("updatedSince", member);

    /// <summary>Items in which one of the members contains the words, whatever their case.</summary>
    public ListOf<T> Search(string name, params Expression<Func<T, string?>>[] members)
    {
        var sql = string.Join(" or ", members.Select(m => $"{JsonPath.Of(m).Text("d.data")} ilike $"));
        return Add(name, $"({sql})", "Contains these words, whatever their case.", null, values => $"%{string.Join(',', values).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%");
    }

    /// <summary>One page, or the fault of the query.</summary>
    /// <param name="request">The query.</param>
    /// <param name="session">Where the documents are.</param>
    /// <param name="show">What the caller sees of one.</param>
    /// <param name="ct">Stops the query.</param>
    /// <param name="only">A condition of the slice's own, such as what concerns one partner; without a value, those that have the member.</param>
    public async Task<Results<Ok<Page<TItem>>, ProblemHttpResult>> AnswerAsync<TItem>(
        ListRequest request, IQuerySession session, Func<T, TItem> show, CancellationToken ct, params (Expression<Func<T, object?>> Member, string? Value)[] only)
    {
        if (!Open(request, only).Succeeded(out var query, out var fault)) return fault.ToProblem();

        var (found, keys) = await query.FetchAsync(session, Table(session.DocumentStore), ct);
        string? next = null;
        if (found.Count > query.Limit)
        {
            found.RemoveAt(query.Limit);
            next = Next(request, query, new Cursor(keys[query.Limit - 1].Key, keys[query.Limit - 1].Id));
        }

        return TypedResults.Ok(new Page<TItem>([.. found.Select(show)], next));
    }

    /// <summary>The same page, of items that are kept as they are sent.</summary>
    /// <param name="request">The query.</param>
    /// <param name="items">What the caller sees of one.</param>
    /// <param name="ct">Stops the query.</param>
    /// <param name="only">What the caller may see at all; without a value, what has the member.</param>
    public async Task<Results<WrittenPage<TItem>, ProblemHttpResult>> WriteAsync<TItem>(
        ListRequest request, WrittenItems<T, TItem> items, CancellationToken ct, params (Expression<Func<T, object?>> Member, string? Value)[] only)
    {
        if (!Open(request, only).Succeeded(out var query, out var fault)) return fault.ToProblem();

        var services = request.Context.RequestServices;
        var store = services.GetRequiredService<IDocumentStore>();
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct);
        var rows = new List<WrittenRow>(query.Limit + 1);
        await using (var command = query.Command($"d.id, d.mt_version, {query.SortSql}, {items.Beside(store)}", Table(store), connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) rows.Add(new WrittenRow(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), await reader.IsDBNullAsync(3, ct) ? null : reader.GetString(3)));
        }

        string? next = null;
        if (rows.Count > query.Limit)
        {
            rows.RemoveAt(query.Limit);
            next = Next(request, query, new Cursor(rows[^1].Key, rows[^1].Id));
        }

        return new WrittenPage<TItem>(await items.OfAsync(rows, store, Table(store), connection, ct), next);
    }

    // Quoting a name takes longer than one would think, and it is the same in every store.
    private string Table(IDocumentStore store) => _table ??= store.Options.FindOrResolveDocumentType(typeof(T)).TableName.QualifiedName;

    private static string Next(ListRequest request, Query query, Cursor last) => request.NextUrl(last.Seal(SigningKeyOf(request), query.Fingerprint));

    private static byte[] SigningKeyOf(ListRequest request) => request.Context.RequestServices.GetRequiredService<SigningKey>().Bytes;

    /// <summary>What is asked, from where the cursor says.</summary>
    private Result<Query> Open(ListRequest request, (Expression<Func<T, object?>> Member, string? Value)[] only)
    {
        if (!Read(request.Context.Request.Query).Succeeded(out var query, out var fault)) return fault;

        foreach (var (member, value) in only)
        {
            if (value is null) query.Add($"({JsonPath.Of(member).Text("d.data")} is not null) = $", true);
            else query.Add($"{JsonPath.Of(member).Text("d.data")} = $", value);
        }

        if (query.After is not { } after) return query;
        if (Cursor.Open(after, SigningKeyOf(request), query.Fingerprint) is not { } cursor) return ListErrors.At("after", "cursor-invalid", Languages.Say("This cursor does not belong to this query.", "Ce curseur n’appartient pas à cette requête."));

        query.Continue(cursor);
        return query;
    }

    private Result<Query> Read(IQueryCollection asked)
    {
        if (asked.Keys.FirstOrDefault(k => k is not ("limit" or "after" or "sort") && _filters.TrueForAll(f => f.Name != k)) is { } unknown)
        {
            return ListErrors.At(unknown, "unknown-parameter", Languages.Say("This list has no such parameter.", "Cette liste n’a pas ce paramètre."));
        }

        if (asked.FirstOrDefault(q => q.Value.Count != 1) is { Key: not null } repeated) return ListErrors.At(repeated.Key, "repeated-parameter", Languages.Say("Say this once.", "À dire une seule fois."));

        var limit = DefaultLimit;
        if (asked["limit"] is [{ } wanted] && (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return ListErrors.At("limit", "out-of-range", Languages.Say($"From 1 to {MaxLimit}.", $"De 1 à {MaxLimit}."));
        }

        var sort = asked["sort"] is [{ } named] ? named : _sorts[0].Name;
        var descending = sort.StartsWith('-');
        if (_sorts.Find(s => s.Name == (descending ? sort[1..] : sort)) is not { } key) return ListErrors.At("sort", "unknown-sort", Languages.Say($"One of {SortNames}, or one of them after '-'.", $"L’un de {SortNames}, éventuellement après « - »."));

        var query = new Query(key.Sql, descending, limit, asked["after"] is [{ } after] ? after : null);
        query.Fingerprinted(typeof(T).Name, sort);
        foreach (var filter in _filters)
        {
            if (asked[filter.Name] is not [{ } text]) continue;
            if (text.Length > MaxValueLength * 4 || text.Split(',').Length > MaxValues) return ListErrors.At(filter.Name, "too-long", Languages.Say("Too many values.", "Trop de valeurs."));
            if (text.Contains('\0', StringComparison.Ordinal)) return ListErrors.At(filter.Name, "malformed", Languages.Say("No NUL character.", "Pas de caractère NUL."));

            var values = text.Split(',');
            if (filter.Values is { } words && values.FirstOrDefault(v => !words.Contains(v, StringComparer.Ordinal)) is not null) return ListErrors.At(filter.Name, "unknown-value", Languages.Say($"Of {string.Join(", ", words)}.", $"Parmi {string.Join(", ", words)}."));
            if (filter.Parse(values) is not { } parameter) return ListErrors.At(filter.Name, "malformed", Languages.Say("Not a value of this field.", "Ce n’est pas une valeur de ce champ."));

            query.Add(filter.Sql, parameter);
            query.Fingerprinted(filter.Name, text);
        }

        return query;
    }

    private ListOf<T> Bound<TValue>(string name, string sql, string help, Func<PointInTime, string[]> show) =>
        Add(name, sql, help, null, values => PointInTime.Read(string.Join(',', values), ofDays: typeof(TValue) == typeof(DateOnly) || typeof(TValue) == typeof(DateOnly?)) is { } point ? show(point) : null);

    private static string SortText<TValue>(Expression<Func<T, TValue>> member) => $"{JsonPath.Of(member).SortKey("d.data")} collate \"C\"";

    private ListOf<T> Add(string name, string sql, string help, string[]? words, Func<string[], object?> parse)
    {
        _filters.Add(new Condition(name, sql, help, words, parse));
        return this;
    }

    private static string? Day(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return text;

        return InstantText.Read(text) is { } read && read.Succeeded(out var instant, out _) && instant.UtcDateTime.Year is > 1 and < 9999 ? ParisTime.DateOf(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The values as documents write them; null when one is none of this type. An enum is written by its name.</summary>
    private static string[]? Check(Type type, string[] values)
    {
        if (type == typeof(Guid)) return Array.TrueForAll(values, v => Guid.TryParse(v, out _)) ? [.. values.Select(v => Guid.Parse(v).ToString())] : null;
        if (type.IsEnum) return [.. values.Select(v => Enum.GetNames(type).Single(n => JsonNamingPolicy.CamelCase.ConvertName(n) == v))];

        return Array.TrueForAll(values, v => v.Length <= MaxValueLength) ? values : null;
    }

    private sealed record Order(string Name, string Sql);

    private sealed record Condition(string Name, string Sql, string Help, string[]? Values, Func<string[], object?> Parse);

    private sealed class Query(string sortSql, bool descending, int limit, string? after)
    {
        private readonly StringBuilder _where = new();
        private readonly StringBuilder _fingerprint = new();
        private readonly List<object> _parameters = [];

        public int Limit => limit;

        public string SortSql => sortSql;

        public string? After => after;

        public string Fingerprint => _fingerprint.ToString();

        public void Fingerprinted(string name, string value) => _fingerprint.Append(name).Append('=').Append(value).Append('\n');

        public void Add(string sql, object parameter)
        {
            _parameters.Add(parameter);
            _where.Append(_where.Length == 0 ? " where " : " and ").Append(sql.Replace("$", $"${_parameters.Count}", StringComparison.Ordinal));
        }

        public void Continue(Cursor cursor)
        {
            _parameters.Add(cursor.Key);
            _parameters.Add(cursor.Id);
            _where.Append(_where.Length == 0 ? " where " : " and ").Append(CultureInfo.InvariantCulture, $"({sortSql} collate \"C\", d.id) {(descending ? '<' : '>')} (${_parameters.Count - 1}, ${_parameters.Count})");
        }

        /// <summary>One item more than the page has, so that it is known whether there is a next one.</summary>
        public NpgsqlCommand Command(string columns, string table, NpgsqlConnection connection)
        {
            var order = descending ? "desc" : "asc";
            _parameters.Add(limit + 1);
            var command = new NpgsqlCommand($"select {columns} from {table} d{_where} order by {sortSql} collate \"C\" {order}, d.id {order} limit ${_parameters.Count}", connection);
            foreach (var value in _parameters)
            {
                command.Parameters.Add(value is string[]? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } : new NpgsqlParameter { Value = value });
            }

            return command;
        }

        public async Task<(List<T> Found, List<(string Key, Guid Id)> Keys)> FetchAsync(IQuerySession session, string table, CancellationToken ct)
        {
            await using var connection = session.Database.CreateConnection();
            await connection.OpenAsync(ct);
            await using var command = Command($"d.data, d.mt_version, d.id, {sortSql}", table, connection);
            var found = new List<T>(limit);
            var keys = new List<(string, Guid)>(limit);
            var serializer = ((Marten.DocumentStore)session.DocumentStore).Serializer;
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var item = serializer.FromJson<T>(reader, 0);
                item.Version = reader.GetGuid(1);
                found.Add(item);
                keys.Add((reader.GetString(3), reader.GetGuid(2)));
            }

            return (found, keys);
        }
    }
}

/// <summary>What the API's description says of a list.</summary>
internal sealed record ListDescription(string[] Sorts, (string Name, string Help, string[]? Values)[] Filters);
