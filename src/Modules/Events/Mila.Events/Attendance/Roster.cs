using System.Globalization;
using System.Text;
using Mila.Events.Agenda;
using Mila.Events.PublicForm;
using Mila.Events.Registrations;
using Npgsql;

namespace Mila.Events.Attendance;

internal static class Roster
{
    private static readonly string[] Columns = ["name", "email", "organisation", "status", "seats", "language", "askedAt", "place"];

    private static readonly StringComparer ByName = CultureInfo.GetCultureInfo("fr-FR").CompareInfo.GetStringComparer(CompareOptions.IgnoreCase);

    /// <summary>The list for the door as CSV (RFC 4180), by name. A cell that a spreadsheet would take for a formula begins with an apostrophe, and a byte order mark says that the text is UTF-8.</summary>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> AsCsv(Guid eventId, Caller caller, IQuerySession session, CancellationToken ct)
    {
        if (await session.LoadSeenAsync(eventId, caller, ct) is not { } e) return EventErrors.Unknown.ToProblem();

        var csv = new StringBuilder().Append(string.Join(',', Columns)).Append("\r\n");
        foreach (var r in await ReadAsync(eventId, caller, session, ct))
        {
            string[] cells = [r.Person.Name, r.Person.Email, r.Person.Organisation ?? "", r.Status.Word(), r.Seats.ToString(CultureInfo.InvariantCulture), r.Person.Language, r.AskedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), r.Place is Place.Remote ? "remote" : "onSite"];
            csv.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }

        return TypedResults.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())], "text/csv; charset=utf-8; header=present", $"{e.Slug}.csv");
    }

    /// <summary>The same as a page to print.</summary>
    internal static async Task<IResult> AsPage(Guid eventId, HttpContext context, Caller caller, IQuerySession session, CancellationToken ct)
    {
        if (await session.LoadSeenAsync(eventId, caller, ct) is not { } e) return EventErrors.Unknown.ToProblem();

        var language = PersonalPage.LanguageOf(context.Request);
        var (english, body) = (language == "en", new StringBuilder());
        body.Append(CultureInfo.InvariantCulture, $"<h1>{PersonalPage.Encode(e.Texts.Title.In(language))}</h1><p>{PersonalPage.Encode(Letters.RegistrationLetters.Time(e, language))}</p><div class=\"table\" role=\"region\" aria-label=\"{(english ? "Who is expected" : "Qui est attendu")}\" tabindex=\"0\"><table><thead><tr>");
        foreach (var heading in english ? new[] { "Name", "Organisation", "Places", "Where", "Here" } : ["Nom", "Structure", "Places", "Où", "Présent"]) body.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{heading}</th>");
        body.Append("</tr></thead><tbody>");
        foreach (var r in (await ReadAsync(eventId, caller, session, ct)).Where(r => r.Use is SeatUse.Taken))
        {
            body.Append(CultureInfo.InvariantCulture, $"<tr><td>{PersonalPage.Encode(r.Person.Name)}</td><td>{PersonalPage.Encode(r.Person.Organisation)}</td><td>{r.Seats}</td><td>{(r.Place is Place.Remote ? english ? "Remotely" : "À distance" : english ? "On site" : "Sur place")}</td><td>{(r.Status is RegistrationStatus.Attended ? "✓" : "")}</td></tr>");
        }

        return new PersonalPage(language, e.Texts.Title.In(language), body.Append("</tbody></table></div>").ToString());
    }

    /// <summary>A cell that stays text wherever it is opened: always quoted, and never the beginning of a formula.</summary>
    internal static string Cell(string text) => $"\"{(text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<IReadOnlyList<Registration>> ReadAsync(Guid eventId, Caller caller, IQuerySession session, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select data from {session.Table<Registration>()} where data ->> 'eventId' = $1 and data ->> 'liveKey' is not null and data ->> 'status' <> 'Pending'
              and ($2::text is null or data ->> 'partnerId' = $2)
            """);
        command.Parameters.Add(new() { Value = eventId.ToString() });
        command.Parameters.Add(new() { Value = caller.PartnerId is { } partner ? partner.ToString() : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        var found = new List<Registration>();
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        while (await reader.ReadAsync(ct)) found.Add(session.From<Registration>((NpgsqlDataReader)reader));
        // As a French list is read: the database compares bytes, by which "Élodie" stands behind "Zoé".
        return [.. found.OrderBy(r => r.Person.Name, ByName).ThenBy(r => r.Id)];
    }
}
