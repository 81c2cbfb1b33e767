using Mila.Events.Agenda;
using Mila.Events.Programmes;
using Mila.Events.Registrations;
using Npgsql;

namespace Mila.Events.Feedback;

internal static class SummariseFeedback
{
    private const int MostTexts = 100;

    /// <param name="Count">How many said something.</param>
    /// <param name="Average">Of their scores, 1 to 5, to two places; null when nobody did.</param>
    /// <param name="Scores">How many gave 1, 2, 3, 4, 5.</param>
    /// <param name="Events">How many events were spoken of.</param>
    /// <param name="Texts">The newest hundred texts, without who wrote them; for the staff, so that a partner's key reads none.</param>
    internal sealed record Response(int Count, decimal? Average, IReadOnlyList<int> Scores, int Events, IReadOnlyList<string> Texts);

    /// <summary>Summarise what those who came say of an event.</summary>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> OfEvent(Guid eventId, Caller caller, IQuerySession session, CancellationToken ct) =>
        await session.LoadSeenAsync(eventId, caller, ct) is null ? EventErrors.Unknown.ToProblem() : TypedResults.Ok(await SummariseAsync(caller, session, "f.data ->> 'eventId' = $1", eventId.ToString(), ct));

    /// <summary>Summarise what those who came say of a programme's events.</summary>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> OfProgramme(string code, Caller caller, IQuerySession session, CancellationToken ct) =>
        await session.Query<Programme>().AnyAsync(p => p.Code == code, ct)
            ? TypedResults.Ok(await SummariseAsync(caller, session, $"f.data ->> 'eventId' in (select e.id::text from {session.Table<Event>()} e where e.data ->> 'programme' = $1)", code, ct))
            : ProgrammeErrors.Unknown.ToProblem();

    private static async Task<Response> SummariseAsync(Caller caller, IQuerySession session, string which, string value, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select (f.data ->> 'score')::int, f.data ->> 'eventId', f.data ->> 'text' from {session.Table<FeedbackNote>()} f where {which} order by f.data ->> 'at' desc, f.id");
        command.Parameters.Add(new() { Value = value });
        var (scores, events, texts) = (new int[FeedbackNote.Best], new HashSet<string>(StringComparer.Ordinal), new List<string>());
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        while (await reader.ReadAsync(ct))
        {
            scores[reader.GetInt32(0) - 1]++;
            events.Add(reader.GetString(1));
            if (!caller.IsPartner && texts.Count < MostTexts && !await reader.IsDBNullAsync(2, ct)) texts.Add(reader.GetString(2));
        }

        var count = scores.Sum();
        return new Response(count, count == 0 ? null : Math.Round((decimal)scores.Select((n, i) => n * (i + 1)).Sum() / count, 2), scores, events.Count, texts);
    }
}
