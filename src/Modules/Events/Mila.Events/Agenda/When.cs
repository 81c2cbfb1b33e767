using System.Globalization;
using System.Text.Json.Serialization;

namespace Mila.Events.Agenda;

/// <summary>When an event takes place, as far as it is known: a year is planned in months, and a day is confirmed later.</summary>
[JsonDerivedType(typeof(Undated), "undated")]
[JsonDerivedType(typeof(InMonth), "month")]
[JsonDerivedType(typeof(Scheduled), "scheduled")]
internal abstract record When
{
    private When()
    {
    }

    /// <summary>Sorts events by time: <c>2026-03</c> before the days of March, nothing known last.</summary>
    [JsonIgnore]
    public abstract string SortKey { get; }

    /// <summary>An idea without a date.</summary>
    internal sealed record Undated : When
    {
        [JsonIgnore]
        public override string SortKey => "~";
    }

    /// <summary>Some day of a month, to be confirmed.</summary>
    /// <param name="Month"><c>yyyy-MM</c>.</param>
    internal sealed record InMonth(string Month) : When
    {
        [JsonIgnore]
        public override string SortKey => Month;
    }

    /// <summary>From an instant to another; both in UTC.</summary>
    internal sealed record Scheduled(DateTimeOffset StartsAt, DateTimeOffset EndsAt) : When
    {
        [JsonIgnore]
        public override string SortKey => StartsAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }
}
