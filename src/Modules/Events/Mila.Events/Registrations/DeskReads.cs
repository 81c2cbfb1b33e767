using Mila.BuildingBlocks.Api.Idempotency;
using Mila.Events.Agenda;
using Mila.Events.Members;
using Mila.Events.Networks;
using Npgsql;
using NpgsqlTypes;

namespace Mila.Events.Registrations;

/// <summary>What a desk reads, in as few round trips as there are locks to wait for.</summary>
internal static class DeskReads
{
    // Its statements are ours; what a request says goes into parameters alone.
    private static string SeatsOfParties(string registrations, string asked) => $"""
        select w.event::uuid, w.asked, sum((r.data ->> 'seats')::int)::int, coalesce(sum((r.data ->> 'seats')::int) filter (where r.data ->> 'place' = 'OnSite'), 0)::int
        from ({asked}) w join {registrations} r on (r.data ->> 'party') collate "C" = w.party and (r.data ->> 'eventId') collate "C" = w.event
        where r.data ->> 'status' in ('Confirmed', 'Offered', 'Attended', 'NoShow') or (r.data ->> 'status' = 'Pending' and (r.data ->> 'seatsHeld')::boolean)
        group by 1, 2
        """;

    private const string AsNamed = "select party asked, party, event from unnest($1, $2) u(party, event)";

    // An organisation that is typed as a known member is called has the seats of that member too.
    private static string AsNamedOrKnown(string members) => $"""
        {AsNamed} union all
        select u.party, 'member ' || replace(m.id::text, '-', ''), u.event from unnest($1, $2) u(party, event)
        join {members} m on u.party like 'organisation %' and (m.data ->> 'nameKey') collate "C" = substr(u.party, length('organisation ') + 1)
        """;

    private static string PastPlaces(string registrations, string events) => $"""
        select r.data ->> 'party', least(sum((r.data ->> 'seats')::int), {SeatPlan.MostPastPlaces})::int from {registrations} r join {events} e on e.id = (r.data ->> 'eventId')::uuid
        where (r.data ->> 'party') collate "C" = any($1) and r.data ->> 'status' in ('Confirmed', 'Attended', 'NoShow')
          and e.data -> 'when' ->> 'startsAt' >= $2 and e.data -> 'when' ->> 'startsAt' < $3
        group by 1
        """;

    /// <summary>The events with their rows locked, their seats, and what is known of everybody who asks.</summary>
    /// <param name="session">That will hold the locks.</param>
    /// <param name="eventIds">Which; those that are not there are not found.</param>
    /// <param name="inquiry">Of whom to know.</param>
    /// <param name="waits">Whether to wait for a row that another transaction holds; else such an event is not found either.</param>
    /// <param name="ct">Stops the queries.</param>
    public static async Task<(IReadOnlyCollection<(Event Event, SeatPlan Seats)> Found, Knowledge Knowledge)> OpenAsync(
        IDocumentSession session, IReadOnlyCollection<Guid> eventIds, Inquiry inquiry, bool waits, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        var (events, seats, knowledge) = (new List<Event>(eventIds.Count), new Dictionary<Guid, SeatPlan>(eventIds.Count), new Knowledge());
        await using var batch = new NpgsqlBatch(session.Connection);
        var reads = new List<Func<NpgsqlDataReader, Task>>();
        // Half of what PostgreSQL did for one registration was to plan anew statements that always go by the same index. What is left to a scan then looks dear enough to be compiled.
        Ask("select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)", _ => Task.CompletedTask);
        // In one order, so that two who wait for several do not wait for each other.
        Each($"select data, mt_version from {session.Table<Event>()} where id = any($1) order by id{(waits ? RowLock.Clause : RowLock.ClauseOfTheFree)}", r => events.Add(Read<Event>(r, session)), Ids(eventIds));
        Each($"select data, mt_version from {session.Table<SeatPlan>()} where id = any($1)", r => Keep(Read<SeatPlan>(r, session)), Ids(eventIds));
        if (inquiry.LiveKeys.Count > 0)
        {
            Each($"select data ->> 'liveKey', id, data ->> 'status', (data ->> 'partnerId')::uuid from {session.Table<Registration>()} where (data ->> 'liveKey') collate \"C\" = any($1)",
                r => knowledge.Live[r.GetString(0)] = (r.GetGuid(1), r.GetString(2) == nameof(RegistrationStatus.Pending), r.IsDBNull(3) ? null : r.GetGuid(3)), Texts(inquiry.LiveKeys));
        }

        var names = inquiry.Parties.Select(p => Parties.NameOf(p.Party)).OfType<string>().ToList();
        if (names.Count > 0) Each($"select data ->> 'nameKey', id from {session.Table<KnownMember>()} where (data ->> 'nameKey') collate \"C\" = any($1) order by id desc", r => knowledge.Named[r.GetString(0)] = r.GetGuid(1), Texts(names));
        if (inquiry.Parties.Any(p => Parties.IsOrganisation(p.Party)))
        {
            Each(SeatsOfParties(session.Table<Registration>(), names.Count == 0 ? AsNamed : AsNamedOrKnown(session.Table<KnownMember>())), r => knowledge.SeatsOfParties[(r.GetGuid(0), r.GetString(1))] = (r.GetInt32(2), r.GetInt32(3)),
                EachText(inquiry.Parties.Where(p => Parties.IsOrganisation(p.Party)).Select(p => p.Party)), EachText(inquiry.Parties.Where(p => Parties.IsOrganisation(p.Party)).Select(p => p.EventId.ToString())));
        }

        if (inquiry.Members.Count > 0) Each($"select data, id from {session.Table<KnownMember>()} where id = any($1)", r => knowledge.Members[r.GetGuid(1)] = session.From<KnownMember>(r), Ids(inquiry.Members));
        if (inquiry.Partners.Count > 0) Each($"select data, id from {session.Table<KnownPartner>()} where id = any($1)", r => knowledge.Partners[r.GetGuid(1)] = session.From<KnownPartner>(r), Ids(inquiry.Partners));
        Each($"select data from {session.Table<KnownAgreement>()} where (data ->> 'given')::boolean", r => knowledge.Agreements.Add(session.From<KnownAgreement>(r)));
        if (inquiry.Claims.Count > 0)
        {
            foreach (var lookup in IdempotencyClaim.Lookups(inquiry.Claims, inquiry.Now)) batch.BatchCommands.Add(lookup);
            reads.Add(async r => knowledge.Kept = await IdempotencyClaim.ReadAsync(r, inquiry.Claims, ct));
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        for (var i = 0; i < reads.Count; i++)
        {
            if (i > 0) await reader.NextResultAsync(ct);
            await reads[i](reader);
        }

        return ([.. events.Select(e => (e, seats.GetValueOrDefault(e.Id) ?? SeatPlan.Of(e.Id)))], knowledge);

        void Keep(SeatPlan plan) => seats[plan.Id] = plan;

        void Ask(string sql, Func<NpgsqlDataReader, Task> read, params NpgsqlParameter[] parameters)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters) command.Parameters.Add(parameter);
            batch.BatchCommands.Add(command);
            reads.Add(read);
        }

        void Each(string sql, Action<NpgsqlDataReader> read, params NpgsqlParameter[] parameters) => Ask(
            sql,
            async r =>
            {
                while (await r.ReadAsync(ct)) read(r);
            },
            parameters);
    }

    /// <summary>How many places these parties have had this season at events that have begun.</summary>
    public static async Task<Dictionary<string, int>> PastPlacesAsync(IDocumentSession session, Event e, IEnumerable<string> parties, DateTimeOffset now, CancellationToken ct)
    {
        var season = Season.Of(e, now);
        await using var command = new NpgsqlCommand(PastPlaces(session.Table<Registration>(), session.Table<Event>()), session.Connection);
        command.Parameters.Add(Texts(parties));
        command.Parameters.Add(new() { Value = Sortable(season.From) });
        command.Parameters.Add(new() { Value = Sortable(season.Until < now ? season.Until : now) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var past = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct)) past[reader.GetString(0)] = reader.GetInt32(1);
        return past;
    }

    public static string Table<T>(this IQuerySession session)
        where T : class, IDocument => session.DocumentStore.Options.FindOrResolveDocumentType(typeof(T)).TableName.QualifiedName;

    /// <summary>The document in a row's first column.</summary>
    public static T From<T>(this IQuerySession session, NpgsqlDataReader reader)
        where T : class, IDocument => ((Marten.DocumentStore)session.DocumentStore).Serializer.FromJson<T>(reader, 0);

    public static NpgsqlParameter Texts(IEnumerable<string> values) => new() { Value = values.Distinct(StringComparer.Ordinal).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public static NpgsqlParameter Ids(IEnumerable<Guid> values) => new() { Value = values.Distinct().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };

    private static NpgsqlParameter EachText(IEnumerable<string> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static T Read<T>(NpgsqlDataReader reader, IDocumentSession session)
        where T : class, IDocument
    {
        var document = session.From<T>(reader);
        document.Version = reader.GetGuid(1);
        return document;
    }

    private static string Sortable(DateTimeOffset instant) => new When.Scheduled(instant, instant).SortKey;
}

/// <summary>Of whom a desk wants to know.</summary>
internal sealed record Inquiry(IReadOnlyCollection<string> LiveKeys, IReadOnlyCollection<(Guid EventId, string Party)> Parties, IReadOnlyCollection<Guid> Members, IReadOnlyCollection<Guid> Partners)
{
    public static readonly Inquiry Nobody = new([], [], [], []);

    /// <summary>Under which Idempotency-Keys it is asked.</summary>
    public IReadOnlyList<IdempotencyClaim> Claims { get; init; } = [];

    /// <summary>When.</summary>
    public DateTimeOffset Now { get; init; }

    public static Inquiry About(IReadOnlyCollection<Registration> registrations) => new(
        [], [.. registrations.Select(r => (r.EventId, r.Party)).Distinct()], [.. registrations.Select(r => r.MemberId).OfType<Guid>()], [.. registrations.Select(r => r.PartnerId).OfType<Guid>()]);
}

/// <summary>What was found of them.</summary>
internal sealed class Knowledge
{
    public Dictionary<string, (Guid Id, bool IsPending, Guid? PartnerId)> Live { get; } = new(StringComparer.Ordinal);

    /// <summary>Seats that a party has at an event, and of them those on site.</summary>
    public Dictionary<(Guid EventId, string Party), (int All, int OnSite)> SeatsOfParties { get; } = [];

    public Dictionary<Guid, KnownMember> Members { get; } = [];

    /// <summary>Members by the names that organisations were typed with; of several of one name the one known first.</summary>
    public Dictionary<string, Guid> Named { get; } = new(StringComparer.Ordinal);

    public Dictionary<Guid, KnownPartner> Partners { get; } = [];

    /// <summary>Agreements by which members of networks come to MILA's events.</summary>
    public List<KnownAgreement> Agreements { get; } = [];

    /// <summary>For each claim the answer that was given before, if one was.</summary>
    public IReadOnlyList<KeptAnswer?> Kept { get; set; } = [];

    /// <summary>Seats that count against a party's share at the event as it is at the desk, where it may have another mode than in the database: the link of a hybrid event is nobody's share.</summary>
    public int SharesOf(string party, Event e) => SeatsOfParties.GetValueOrDefault((e.Id, party)) is var seats && e.Mode() is VenueMode.Hybrid ? seats.OnSite : seats.All;

    /// <summary>For whom a wish is counted: one company is one party, whether it is named by its id or typed as it is called.</summary>
    public string PartyOf(Wish wish) => Parties.NameOf(wish.Party) is { } name && Named.TryGetValue(name, out var member) ? Parties.Of(member, null, wish.Person.Email) : wish.Party;

    public KnownMember? Member(Guid? id) => id is { } memberId ? Members.GetValueOrDefault(memberId) : null;

    public KnownPartner? Partner(Guid? id) => id is { } partnerId ? Partners.GetValueOrDefault(partnerId) : null;
}
