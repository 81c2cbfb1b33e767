using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Registrations;
using Npgsql;

namespace Mila.Events.Programmes;

internal static class MeasureProgramme
{
    /// <param name="Programme">Its code.</param>
    /// <param name="From">The first month, <c>yyyy-MM</c>.</param>
    /// <param name="To">The last month.</param>
    /// <param name="Target">How many events it aims at in a year or a season; null for another span of time, and for a programme without a target.</param>
    /// <param name="Tentative">Ideas, which count towards no target.</param>
    /// <param name="Planned">Decided, not announced.</param>
    /// <param name="Published">Announced and still to come, or not yet said to have been held.</param>
    /// <param name="Held">Held.</param>
    /// <param name="Cancelled">Called off.</param>
    /// <param name="Undated">Events of the programme that have not even a month; they are in no span of time.</param>
    /// <param name="ToPlan">How many are wanting: the target without what is planned, published and held.</param>
    /// <param name="Summary">The same in a sentence.</param>
    /// <param name="Months">Month by month.</param>
    internal sealed record Response(
        string Programme, string From, string To, int? Target, int Tentative, int Planned, int Published, int Held, int Cancelled, int Undated, int? ToPlan, LocalizedText Summary,
        IReadOnlyList<Month> Months);

    /// <summary>One month of it.</summary>
    /// <param name="At"><c>yyyy-MM</c>.</param>
    /// <param name="Tentative">Ideas.</param>
    /// <param name="Planned">Decided.</param>
    /// <param name="Published">Announced.</param>
    /// <param name="Held">Held.</param>
    /// <param name="Cancelled">Called off.</param>
    internal sealed record Month(string At, int Tentative, int Planned, int Published, int Held, int Cancelled);

    /// <summary>Compare what a programme has planned, published and held with its target: over its season, else the calendar year, or from one month to another; twelve months where only the first or the last is said.</summary>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(string code, string? from, string? to, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        var programme = await session.Query<Programme>().FirstOrDefaultAsync(p => p.Code == code, ct);
        if (programme is null) return ProgrammeErrors.Unknown.ToProblem();

        var usual = ProgrammePeriod.Of(programme.Plan, ParisTime.Today(clock));
        var period = (from, to) switch
        {
            (null, null) => usual,
            ({ } first, { } last) => ProgrammePeriod.Between(first, last),
            _ => ProgrammePeriod.Year(from, to),
        };
        if (period is null) return ProgrammeErrors.NoPeriod.ToProblem();

        var (months, undated) = await CountAsync(session, code, period, ct);
        int Sum(Func<Month, int> count) => months.Sum(count);
        var (planned, published, held) = (Sum(m => m.Planned), Sum(m => m.Published), Sum(m => m.Held));
        var target = period == usual || period.Months == 12 ? programme.Plan.YearlyTarget : null;
        return TypedResults.Ok(new Response(
            code, ProgrammePeriod.Written(period.From), ProgrammePeriod.Written(period.To), target, Sum(m => m.Tentative), planned, published, held, Sum(m => m.Cancelled), undated,
            target is { } aim ? Math.Max(0, aim - planned - published - held) : null, Said(target, planned, published, held), months));
    }

    private static LocalizedText Said(int? target, int planned, int published, int held)
    {
        var all = planned + published + held;
        return new LocalizedText(
            $"{(target is null ? $"{all} en tout" : $"{all} sur {target}")} : tenus {held}, annoncés {published}, planifiés {planned}.",
            $"{(target is null ? $"{all} in all" : $"{all} of {target}")}: held {held}, published {published}, planned {planned}.");
    }

    /// <summary>One row a month and state. A month is that of Paris, in which an event of 31 December at 23:30 UTC is January's.</summary>
    private static async Task<(IReadOnlyList<Month> Months, int Undated)> CountAsync(IQuerySession session, string code, ProgrammePeriod period, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select case when e.data ->> 'sortKey' = '~' then '~'
                        else coalesce(e.data -> 'when' ->> 'month', to_char((e.data -> 'when' ->> 'startsAt')::timestamptz at time zone 'Europe/Paris', 'YYYY-MM')) end as month,
                   e.data ->> 'status', count(*)::int
            from {session.Table<Event>()} e
            where e.data ->> 'programme' = $1
              and (((e.data ->> 'sortKey') collate "C" >= $2 and (e.data ->> 'sortKey') collate "C" < $3) or e.data ->> 'sortKey' = '~')
            group by 1, 2
            """);
        command.Parameters.Add(new() { Value = code });
        command.Parameters.Add(new() { Value = Edge(period.From) });
        command.Parameters.Add(new() { Value = Edge(period.To.AddMonths(1)) });
        var counts = new Dictionary<(string Month, string Status), int>();
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        while (await reader.ReadAsync(ct)) counts[(reader.GetString(0), reader.GetString(1))] = reader.GetInt32(2);

        int In(string month, EventStatus status) => counts.GetValueOrDefault((month, status.ToString()));
        return (
            [.. period.Each.Select(m => new Month(m, In(m, EventStatus.Tentative), In(m, EventStatus.Planned), In(m, EventStatus.Published), In(m, EventStatus.Held), In(m, EventStatus.Cancelled)))],
            counts.Where(c => c.Key.Month == "~" && c.Key.Status != nameof(EventStatus.Cancelled)).Sum(c => c.Value));
    }

    // A month that is to be confirmed sorts as yyyy-MM: after the first moment of it in Paris, which is UTC's evening before.
    private static string Edge(DateOnly month) => new When.Scheduled(ParisTime.StartOf(month), ParisTime.StartOf(month)).SortKey;
}
