using System.Globalization;
using Mila.BuildingBlocks.Time;
using Mila.Events.Agenda;

namespace Mila.Events.Series;

/// <summary>One event planned many times: on other days at the same time on the wall, or in other months. 19:00 stays 19:00 across a change of hour, and three days stay three days.</summary>
internal static class Occasions
{
    /// <summary>The plans of all of them in their order; or why there are none, with its place in the request.</summary>
    public static Result<IReadOnlyList<EventPlan>> Of(SeriesRequest request)
    {
        var plan = request.Event.ToPlan();
        if (!plan.When().Succeeded(out var when, out var refusal)) return WithinEvent(refusal);
        if (request is { Repeat: null, AlsoOn: null } or { Repeat: not null, AlsoOn: not null }) return SeriesErrors.OneRhythm.At(request.Repeat is null ? "/repeat" : "/alsoOn");
        if (request.Repeat is { EveryWeeks: null, EveryMonths: null } or { EveryWeeks: not null, EveryMonths: not null }) return SeriesErrors.OneRhythm.At("/repeat/everyWeeks");

        return when switch
        {
            When.Scheduled scheduled => OnDays(plan, scheduled, request),
            When.InMonth month => InMonths(plan, month, request),
            _ => SeriesErrors.WithoutTime.At("/event/startsAt"),
        };
    }

    /// <summary>The refusal of one event, at its place in the request of a series.</summary>
    public static Error WithinEvent(Error refusal) => refusal is InvalidError invalid ? invalid.At([.. invalid.Fields.Select(f => f with { Pointer = "/event" + f.Pointer })]) : refusal;

    private static Result<IReadOnlyList<EventPlan>> OnDays(EventPlan plan, When.Scheduled first, SeriesRequest request)
    {
        var (start, end) = (ParisTime.Shown(first.StartsAt).DateTime, ParisTime.Shown(first.EndsAt).DateTime);
        var startDay = DateOnly.FromDateTime(start);
        var nights = DateOnly.FromDateTime(end).DayNumber - startDay.DayNumber;
        Error? refusal = null;
        IReadOnlyList<DateOnly>? days = request.AlsoOn is { } also ? [startDay, .. also] : null;
        if (days is null && !request.Repeat!.Days(startDay).Succeeded(out days, out refusal)) return At(refusal, "/repeat");
        if (days!.Distinct().Count() != days!.Count) return SeriesErrors.DayRepeated.At("/alsoOn");

        // The first is taken as it was said: at a time that happens twice its offset said which.
        var plans = new List<EventPlan> { plan };
        foreach (var day in days.Skip(1))
        {
            if (!ParisTime.Instant(day, TimeOnly.FromDateTime(start)).Succeeded(out var startsAt, out refusal)) return At(refusal, "/event/startsAt");
            if (!ParisTime.Instant(day.AddDays(nights), TimeOnly.FromDateTime(end)).Succeeded(out var endsAt, out refusal)) return At(refusal, "/event/endsAt");

            plans.Add(plan with { StartsAt = startsAt, EndsAt = endsAt });
        }

        return plans;
    }

    private static Result<IReadOnlyList<EventPlan>> InMonths(EventPlan plan, When.InMonth first, SeriesRequest request)
    {
        if (request.Repeat is not { } repeat) return SeriesErrors.MonthsOnly.At("/alsoOn");
        if (!repeat.Months(DateOnly.ParseExact(first.Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture)).Succeeded(out var months, out var refusal)) return At(refusal, "/repeat");

        return months.Select(m => plan with { Month = m.ToString("yyyy-MM", CultureInfo.InvariantCulture) }).ToArray();
    }

    private static Error At(Error refusal, string pointer) => refusal is InvalidError invalid ? invalid.At(pointer) : refusal;
}
