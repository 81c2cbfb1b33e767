using Marten.Services;
using Mila.Events.Agenda;
using Mila.Events.Calls;
using Mila.Events.Networks;
using Mila.Events.PartnerEvents;
using Mila.Events.Programmes;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace Mila.Events.Feeds;

/// <summary>
/// Counts, in the transaction of the change itself, how often the agenda has come to read differently, and tells every host. NOTIFY makes commits queue
/// behind one another, which is why the outbox avoids it; events change some times a day. A host that missed the call sees the count a second later.
/// </summary>
internal sealed class AgendaListener : DocumentSessionListenerBase
{
    public const string Channel = "mila_agenda";

    // A second of its own for each change: Last-Modified knows no smaller unit.
    private const string OneMore = """
        insert into events.agenda (id, generation, changed_at) values (1, 1, date_trunc('second', ?::timestamptz))
        on conflict (id) do update set generation = events.agenda.generation + 1, changed_at = greatest(excluded.changed_at, events.agenda.changed_at + interval '1 second')
        """;

    // What may happen many times a second would by that run ahead of the clock.
    private const string OneMoreAtItsTime = """
        insert into events.agenda (id, generation, changed_at) values (1, 1, date_trunc('second', ?::timestamptz))
        on conflict (id) do update set generation = events.agenda.generation + 1, changed_at = greatest(excluded.changed_at, events.agenda.changed_at)
        """;

    /// <summary>Switched off only by the control of the test that needs it.</summary>
    internal static bool Enabled { get; set; } = true;

    /// <summary>One row: how often, and when last.</summary>
    public static void Define(Table table)
    {
        table.AddColumn("id", "integer").AsPrimaryKey();
        table.AddColumn("generation", "bigint").NotNull();
        table.AddColumn("changed_at", "timestamp with time zone").NotNull();
    }

    /// <summary>The count now, and when the last change was.</summary>
    public static async Task<(long Generation, DateTimeOffset ChangedAt)> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select generation, changed_at from events.agenda", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : (0, DateTimeOffset.UnixEpoch);
    }

    /// <summary>With this session's next commit an event is full or is not any more, or others' data that the agenda shows has changed, at this time: another count, and no second of its own.</summary>
    public static void CountAt(IDocumentSession session, DateTimeOffset at) => Count(session, OneMoreAtItsTime, at);

    private static void Count(IDocumentSession session, string statement, DateTimeOffset at)
    {
#pragma warning disable RS0030 // One of the two statements of this module that are no documents.
        session.QueueSqlCommand(statement, at.ToUniversalTime());
#pragma warning restore RS0030
    }

    public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
    {
        if (!Enabled) return Task.CompletedTask;

        var changes = session.PendingChanges;
        var changed = changes.AllChangedFor<Event>().Select(e => e.UpdatedAt).Concat(changes.AllChangedFor<Programme>().Select(p => p.UpdatedAt))
            .Concat(changes.AllChangedFor<Call>().Select(c => c.UpdatedAt))
            .Concat(changes.AllChangedFor<KnownPartnerEvent>().Select(e => e.UpdatedAt))
            .Concat(changes.AllChangedFor<KnownPartner>().Select(_ => DateTimeOffset.UnixEpoch)).Concat(changes.AllChangedFor<KnownAgreement>().Select(_ => DateTimeOffset.UnixEpoch)).ToArray();
        if (changed.Length > 0)
        {
            Count(session, OneMore, changed.Max());
#pragma warning disable RS0030 // The other statement of this module that is no document.
            session.QueueSqlCommand($"select pg_notify('{Channel}', '')");
#pragma warning restore RS0030
        }

        return Task.CompletedTask;
    }
}
