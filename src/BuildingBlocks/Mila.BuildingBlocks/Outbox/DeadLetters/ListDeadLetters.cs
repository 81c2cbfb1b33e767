using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Api.Lists;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Results;
using Npgsql;
using NpgsqlTypes;

namespace Mila.BuildingBlocks.Outbox.DeadLetters;

internal static class ListDeadLetters
{
    private const string Sort = "parkedAt";

    /// <summary>The query, which <see cref="LedgerOf"/> reads but for the sort.</summary>
    private static readonly LedgerOf Ledger = new("dead-letters", ("subscriber", "One handler, such as Signage.WhenMemberSuspended."), ("type", "One notification, such as Membership.MemberSuspended."));

    internal static readonly ListDescription Description = Ledger.Description with { Sorts = [Sort] };

    /// <summary>List the dead letters, the oldest first.</summary>
    internal static async Task<Results<Ok<Page<DeadLetterResponse>>, ProblemHttpResult>> Handle(ListRequest list, NpgsqlDataSource database, SigningKey signingKey, CancellationToken ct)
    {
        if (!Read(list, signingKey).Succeeded(out var query, out var fault)) return fault.ToProblem();

        await using var command = Select(database, query);
        var found = await DeadLetter.ReadAsync(command, ct);
        string? next = null;
        if (found.Count > query.Limit)
        {
            var last = found[query.Limit - 1];
            next = list.NextUrl(new Cursor(last.ParkedAt.UtcTicks.ToString(CultureInfo.InvariantCulture), last.Id).Seal(signingKey.Bytes, query.Fingerprint));
        }

        return TypedResults.Ok(new Page<DeadLetterResponse>([.. found.Take(query.Limit).Select(DeadLetterResponse.Of)], next));
    }

    private static NpgsqlCommand Select(NpgsqlDataSource database, Query query)
    {
        var (beyond, order) = query.Descending ? ("<", "desc") : (">", "asc");
        var command = database.CreateCommand($"""
            select {DeadLetter.Columns} from mila.outbox
            where parked_at is not null and ($1::text is null or subscriber = $1) and ($2::text is null or type = $2)
              and ($3::timestamptz is null or (parked_at, id) {beyond} ($3, $4))
            order by parked_at {order}, id {order} limit $5
            """);
        command.Parameters.Add(new() { Value = (object?)query.Subscriber ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)query.Type ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = query.After is { } after ? new DateTime(long.Parse(after.Key, CultureInfo.InvariantCulture), DateTimeKind.Utc) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = query.After?.Id ?? Guid.Empty });
        command.Parameters.Add(new() { Value = query.Limit + 1 });
        return command;
    }

    private static Result<Query> Read(ListRequest list, SigningKey signingKey)
    {
        var asked = list.Context.Request.Query;
        if (!Ledger.ReadWithout(list, "sort", "after").Succeeded(out var common, out var fault)) return fault;

        var sort = asked["sort"] is [{ } named] ? named : Sort;
        if (sort is not (Sort or "-" + Sort)) return ListErrors.At("sort", "unknown-sort", Languages.Say($"One of {Sort}, -{Sort}.", $"L’un de {Sort}, -{Sort}."));

        var query = new Query(common.Limit, sort[0] == '-', common.Filters.GetValueOrDefault("subscriber"), common.Filters.GetValueOrDefault("type"), null);
        if (asked["after"] is not [{ } after]) return query;

        return Cursor.Open(after, signingKey.Bytes, query.Fingerprint) is { } cursor
            ? query with { After = cursor }
            : ListErrors.At("after", "cursor-invalid", Languages.Say("This cursor does not belong to this query.", "Ce curseur n’appartient pas à cette requête."));
    }

    private sealed record Query(int Limit, bool Descending, string? Subscriber, string? Type, Cursor? After)
    {
        public string Fingerprint => $"dead-letters\n{(Descending ? '-' : '+')}\n{Subscriber}\n{Type}";
    }
}
