using Mila.BuildingBlocks.Time;
using Mila.Events.Agenda;
using Mila.Events.Networks;
using Mila.Events.Registrations;
using Npgsql;

namespace Mila.Events.Feeds;

/// <summary>The events at which nobody finds a seat any more, as the agenda shows it.</summary>
/// <param name="Ids">Their ids.</param>
/// <param name="Releases">When seats that are kept for networks come free at an event that is full or may be, or came.</param>
internal sealed record FullEvents(IReadOnlySet<Guid> Ids, IReadOnlyList<DateTimeOffset> Releases)
{
    public static readonly FullEvents None = new(new HashSet<Guid>(), []);

    // Those that may be: whether they are is said where seats are given (NetworkSeats.IsFull). Where nobody has asked yet every seat may be kept.
    private const string Candidates = """
        select e.data::text, s.data::text from events.mt_doc_event e left join events.mt_doc_seatplan s on s.id = e.id
        where coalesce(e.data ->> 'sortKey', '') collate "C" >= $1 and coalesce(e.data ->> 'sortKey', '') collate "C" < '~' and e.data ->> 'status' = 'Published'
          and (e.data ->> 'capacity')::int <= coalesce((s.data ->> 'taken')::int + (s.data ->> 'held')::int + (s.data ->> 'remoteTaken')::int + (s.data ->> 'remoteHeld')::int, 0) + $2
        """;

    /// <summary>As they are now, of those that are not over.</summary>
    public static async Task<FullEvents> ReadAsync(NpgsqlDataSource database, IReadOnlyCollection<KnownAgreement> agreements, DateTimeOffset now, CancellationToken ct)
    {
        var networks = new NetworkSeats([.. agreements.Where(a => a.Given)], now);
        var (ids, releases) = (new HashSet<Guid>(), new List<DateTimeOffset>());
        await using var command = database.CreateCommand(Candidates);
        command.Parameters.Add(new() { Value = new When.InMonth(ParisTime.DateOf(now.AddDays(-Event.MaxDays)).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)).SortKey });
        command.Parameters.Add(new() { Value = agreements.Where(a => a.Given).Sum(a => a.SeatsPerEvent) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var e = DocumentJson.Read<Event>(reader.GetString(0))!;
            var seats = await reader.IsDBNullAsync(1, ct) ? SeatPlan.Of(e.Id) : DocumentJson.Read<SeatPlan>(reader.GetString(1))!;
            releases.AddRange(networks.Releases(e));
            if (networks.IsFull(e, seats)) ids.Add(e.Id);
        }

        return new FullEvents(ids, releases);
    }
}
