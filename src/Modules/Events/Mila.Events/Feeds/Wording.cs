using System.Globalization;
using Mila.BuildingBlocks.Time;
using Mila.Events.Agenda;

namespace Mila.Events.Feeds;

/// <summary>What the agenda says in its own words, in French and in English.</summary>
internal sealed class Wording
{
    public static readonly Wording French = new("fr", "fr-FR");
    public static readonly Wording English = new("en", "en-GB");

    private Wording(string language, string culture) => (Language, Culture) = (language, CultureInfo.GetCultureInfo(culture));

    /// <summary><c>fr</c> or <c>en</c>.</summary>
    public string Language { get; }

    public CultureInfo Culture { get; }

    public static Wording Of(string language) => language == "en" ? English : French;

    public string Say(string french, string english) => Language == "en" ? english : french;

    /// <summary><c>lundi 6 avril 2026, 19h00 – 21h00</c>, in the time of Paris; a month as <c>mars 2026, date à confirmer</c>.</summary>
    public string Time(When when)
    {
        if (when is When.InMonth month) return $"{Month(month.Month)}, {Say("date à confirmer", "date to be confirmed")}";
        return when is When.Scheduled s ? WrittenTime.Span(s.StartsAt, s.EndsAt, Language) : Say("date à confirmer", "date to be confirmed");
    }

    /// <summary>What stands for the place where nobody has said it, in forms that demand one.</summary>
    public string UnknownPlace => Say("Lieu à confirmer", "Place to be confirmed");

    /// <summary><c>mars 2026</c> for <c>2026-03</c>.</summary>
    public string Month(string month) => WrittenTime.Month(month, Language);

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
