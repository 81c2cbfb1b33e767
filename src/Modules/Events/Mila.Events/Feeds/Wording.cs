using System.Globalization;
using Mila.BuildingBlocks.Time;
using Mila.Events.Agenda;

namespace Mila.Events.Feeds;

/// <summary>What the agenda says in its own words, in French and in English.</summary>
internal sealed class Wording
{
    public static readonly Wording French = new("fr", "fr-FR", "dddd d MMMM yyyy, HH'h'mm", "HH'h'mm");
    public static readonly Wording English = new("en", "en-GB", "dddd d MMMM yyyy, HH:mm", "HH:mm");

    private readonly string _pattern;
    private readonly string _hour;

    private Wording(string language, string culture, string pattern, string hour) => (Language, Culture, _pattern, _hour) = (language, CultureInfo.GetCultureInfo(culture), pattern, hour);

    /// <summary><c>fr</c> or <c>en</c>.</summary>
    public string Language { get; }

    public CultureInfo Culture { get; }

    public static Wording Of(string language) => language == "en" ? English : French;

    public string Say(string french, string english) => Language == "en" ? english : french;

    /// <summary><c>lundi 6 avril 2026, 19h00 – 21h00</c>, in the time of Paris; a month as <c>mars 2026, date à confirmer</c>.</summary>
    public string Time(When when)
    {
        if (when is When.InMonth month) return $"{Month(month.Month)}, {Say("date à confirmer", "date to be confirmed")}";
        if (when is not When.Scheduled s) return Say("date à confirmer", "date to be confirmed");

        var (start, end) = (ParisTime.Shown(s.StartsAt), ParisTime.Shown(s.EndsAt));
        return $"{start.ToString(_pattern, Culture)} – {end.ToString(start.Date == end.Date ? _hour : _pattern, Culture)}";
    }

    /// <summary><c>mars 2026</c> for <c>2026-03</c>.</summary>
    public string Month(string month) => DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("MMMM yyyy", Culture);

    /// <summary><c>janv.</c> for <c>2026-01</c>.</summary>
    public string ShortMonth(string month) => DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("MMM", Culture);

    public string Audience(Audience audience) => audience switch
    {
        Agenda.Audience.Members => Say("Adhérents", "Members"),
        Agenda.Audience.Hosted => Say("Adhérents hébergés", "Hosted members"),
        Agenda.Audience.Network => Say("Adhérents et réseaux partenaires", "Members and partner networks"),
        Agenda.Audience.Professionals => Say("Professionnels de la musique", "Music professionals"),
        _ => Say("Tout public", "Open to everyone"),
    };

    public string Mode(VenueMode mode) => mode switch
    {
        VenueMode.Online => Say("En ligne", "Online"),
        VenueMode.Hybrid => Say("Sur place et en ligne", "On site and online"),
        _ => Say("Sur place", "On site"),
    };
}
