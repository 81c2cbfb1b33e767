using Mila.BuildingBlocks.Time;
using Mila.Events.Agenda;

namespace Mila.Events.Registrations;

/// <summary>
/// The season over which past places are counted. MILA's year of events runs as its programmes do, from September to August: a first place in October counts in May.
/// </summary>
internal sealed record Season(DateTimeOffset From, DateTimeOffset Until)
{
    private const int FirstMonth = 9;

    /// <summary>The season of an event; of today for one without a day.</summary>
    public static Season Of(Event e, DateTimeOffset now)
    {
        var day = e.When is When.Scheduled s ? ParisTime.DateOf(s.StartsAt) : ParisTime.DateOf(now);
        var year = day.Month >= FirstMonth ? day.Year : day.Year - 1;
        return new Season(ParisTime.StartOf(new DateOnly(year, FirstMonth, 1)), ParisTime.StartOf(new DateOnly(year + 1, FirstMonth, 1)));
    }
}
