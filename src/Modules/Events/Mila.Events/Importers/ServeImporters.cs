using System.Globalization;
using Mila.BuildingBlocks.Time;
using Mila.Events.Feeds;
using Mila.Events.Programmes;

namespace Mila.Events.Importers;

/// <summary>The shapes that importers of other software expect.</summary>
internal static class ServeImporters
{
    private const int UsualPerPage = 10;
    private const int MostPerPage = 50;

    /// <summary>Every public event that has a day, in the shape of OpenAgenda's events.v2.json.</summary>
    internal static async Task<IResult> OpenAgenda(HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda)
    {
        var edition = await agenda.EditionAsync(context.RequestAborted);
        if (!query.Read(edition).Succeeded(out var filter, out var refusal)) return refusal.ToProblem();

        await (await edition.GetAsync(new OpenAgendaForm(filter))).WriteAsync(context);
        return TypedResults.Empty;
    }

    /// <summary>Public events that have a day, page by page, in the shape of The Events Calendar's REST API.</summary>
    /// <param name="context">The request.</param>
    /// <param name="agenda">The agenda.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="perPage">Events a page, 1 to 50.</param>
    /// <param name="startDate">Only what ends on this day or later, today when nobody says: <c>yyyy-MM-dd</c>, a time after it is passed over.</param>
    /// <param name="endDate">Only what starts on this day or earlier.</param>
    /// <param name="categories">Codes of programmes, joined by commas: what is of one of them.</param>
    internal static async Task<IResult> EventsCalendar(
        HttpContext context, PublicAgenda agenda, int? page = null, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "per_page")] int? perPage = null,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "start_date")] string? startDate = null, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "end_date")] string? endDate = null, string? categories = null)
    {
        var edition = await agenda.EditionAsync(context.RequestAborted);
        if (page is < 1 or > 100_000) return FeedErrors.At("page", "out-of-range", Languages.Say("From 1.", "À partir de 1.")).ToProblem();
        if (perPage is < 1 or > MostPerPage) return FeedErrors.At("per_page", "out-of-range", Languages.Say($"From 1 to {MostPerPage}.", $"De 1 à {MostPerPage}.")).ToProblem();
        if (!IsDay(startDate, out var from)) return FeedErrors.At("start_date", "malformed", Languages.Say("A day is written yyyy-MM-dd.", "Un jour s’écrit yyyy-MM-dd.")).ToProblem();
        if (!IsDay(endDate, out var to)) return FeedErrors.At("end_date", "malformed", Languages.Say("A day is written yyyy-MM-dd.", "Un jour s’écrit yyyy-MM-dd.")).ToProblem();
        var codes = (categories ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (!codes.All(edition.Programmes.ContainsKey)) return ProgrammeErrors.Unknown.ToProblem();

        // The original begins today, and its addresses of other pages say so: who turns them at midnight misses nothing.
        var form = new EventsCalendarForm(AgendaFilter.None, from ?? ParisTime.DateOf(edition.At), to, page ?? 1, perPage ?? UsualPerPage, codes.Length == 0 ? null : string.Join(',', codes));
        var total = form.Count(edition);
        context.Response.Headers["X-TEC-Total"] = total.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-TEC-TotalPages"] = ((total + form.PerPage - 1) / form.PerPage).ToString(CultureInfo.InvariantCulture);
        await (await edition.GetAsync(form)).WriteAsync(context);
        return TypedResults.Empty;
    }

    /// <summary>One public event that has a day, in the shape of The Events Calendar's REST API.</summary>
    /// <param name="number">Its <c>id</c> there.</param>
    /// <param name="context">The request.</param>
    /// <param name="agenda">The agenda.</param>
    internal static async Task<IResult> EventsCalendarEntry(long number, HttpContext context, PublicAgenda agenda)
    {
        var edition = await agenda.EditionAsync(context.RequestAborted);
        if (edition.Events.FirstOrDefault(e => e is { Scheduled: not null, Partner: null } && OpenAgendaForm.NumberOf(e.Id) == number) is not { } found) return Agenda.EventErrors.Unknown.ToProblem();

        await (await edition.GetAsync(new EventsCalendarEntryForm(found.Slug))).WriteAsync(context);
        return TypedResults.Empty;
    }

    private static bool IsDay(string? text, out DateOnly? day)
    {
        day = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (text.Length < 10 || !DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return false;

        day = read;
        return true;
    }
}
