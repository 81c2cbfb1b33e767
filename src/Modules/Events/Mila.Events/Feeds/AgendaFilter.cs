using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Mila.BuildingBlocks.Results;
using Mila.Events.Agenda;
using Mila.Events.Programmes;

namespace Mila.Events.Feeds;

/// <summary>Which events, and in which language. Each part comes from a closed set, so that there are few forms to keep.</summary>
/// <param name="Programme">Code of a programme; null for all.</param>
/// <param name="Month"><c>yyyy-MM</c>; null for all.</param>
/// <param name="Audience">Who may come; null for all.</param>
/// <param name="Event">Slug of the only event; null for all.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>; what has no English is in French.</param>
internal sealed record AgendaFilter(string? Programme, string? Month, Audience? Audience, string? Event, string Language)
{
    /// <summary>The <see cref="Partner"/> that stands for MILA's own events.</summary>
    public const string Own = "mila";

    /// <summary>Everything, in French.</summary>
    public static readonly AgendaFilter None = new(null, null, null, null, "fr");

    /// <summary>Code of the partner whose events these are, <see cref="Own"/> for MILA's; null for both.</summary>
    public string? Partner { get; init; }

    /// <summary>True without a month, an audience, a partner or a single event: what most subscribe to.</summary>
    public bool IsWhole => Month is null && Audience is null && Event is null && Partner is null;

    public bool Takes(PublicEvent e) =>
        (Programme is null || e.Programme == Programme) && (Month is null || e.Months.Contains(Month)) && (Audience is null || e.Audience == Audience) && (Event is null || e.Slug == Event)
        && (Partner is null || (e.Partner?.Code ?? Own) == Partner);

    /// <summary>The same as a query, without <paramref name="but"/>: empty, or from its question mark on.</summary>
    public string Query(params string[] but)
    {
        var parts = new List<string>(6);
        if (Programme is not null && !but.Contains("programme")) parts.Add("programme=" + Programme);
        if (Month is not null && !but.Contains("month")) parts.Add("month=" + Month);
        if (Audience is { } audience && !but.Contains("audience")) parts.Add("audience=" + audience.Word());
        if (Partner is not null && !but.Contains("partner")) parts.Add("partner=" + Partner);
        if (Event is not null && !but.Contains("event")) parts.Add("event=" + Event);
        if (Language != "fr" && !but.Contains("lang")) parts.Add("lang=" + Language);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}

/// <summary>The filter as a caller writes it; what it does not know it passes over, because readers of feeds add words of their own.</summary>
internal sealed class AgendaQuery
{
    /// <summary>Code of a programme.</summary>
    [Description("Code of a programme.")]
    [FromQuery(Name = "programme")]
    public string? Programme { get; set; }

    /// <summary><c>yyyy-MM</c> in Paris.</summary>
    [Description("A month in Paris, yyyy-MM.")]
    [FromQuery(Name = "month")]
    public string? Month { get; set; }

    /// <summary><c>members</c>, <c>hosted</c>, <c>network</c>, <c>professionals</c> or <c>public</c>.</summary>
    [Description("Who may come: members, hosted, network, professionals or public.")]
    [FromQuery(Name = "audience")]
    [AllowedValues("members", "hosted", "network", "professionals", "public")]
    public string? Audience { get; set; }

    /// <summary>Code of a partner, or <c>mila</c> for MILA's own events.</summary>
    [Description("Whose events: the code of a partner, or mila for MILA's own.")]
    [FromQuery(Name = "partner")]
    public string? Partner { get; set; }

    /// <summary><c>fr</c> or <c>en</c>.</summary>
    [Description("fr or en; what has no English is in French.")]
    [FromQuery(Name = "lang")]
    [AllowedValues("fr", "en")]
    public string? Lang { get; set; }

    /// <summary>The same as <c>lang</c>, in full.</summary>
    [Description("The same as lang, in full.")]
    [FromQuery(Name = "language")]
    [AllowedValues("fr", "en")]
    public string? Language { get; set; }

    /// <summary>The filter, or what is wrong with it.</summary>
    /// <param name="edition">Knows the programmes.</param>
    /// <param name="otherwise">The language of those who name none.</param>
    public Result<AgendaFilter> Read(AgendaEdition edition, string otherwise = "fr")
    {
        if (Programme is { Length: 0 }) Programme = null;
        if (Month is { Length: 0 }) Month = null;
        if (Audience is { Length: 0 }) Audience = null;
        if (Partner is { Length: 0 }) Partner = null;
        if (Programme is null && Month is null && Audience is null && Partner is null && Lang is null && Language is null && otherwise == "fr") return AgendaFilter.None;

        if (Programme is not null && !edition.Programmes.ContainsKey(Programme)) return ProgrammeErrors.Unknown;
        if (Partner is not null && !edition.KnowsPartner(Partner)) return FeedErrors.UnknownPartner;
        if (Month is not null && !DateOnly.TryParseExact(Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return FeedErrors.At("month", "malformed", Languages.Say("A month is written yyyy-MM.", "Un mois s’écrit yyyy-MM."));

        Audience? audience = null;
        if (Audience is not null)
        {
            audience = Enum.GetValues<Audience>().Cast<Audience?>().FirstOrDefault(a => a!.Value.Word() == Audience);
            if (audience is null) return FeedErrors.At("audience", "unknown", Languages.Say("One of: members, hosted, network, professionals, public.", "L’un de members, hosted, network, professionals, public."));
        }

        return new AgendaFilter(Programme, Month, audience, null, LanguageOr(otherwise)) { Partner = Partner };
    }

    /// <summary>The language that is asked for, or another when none of ours is.</summary>
    public string LanguageOr(string otherwise) => (Lang ?? Language) is ("fr" or "en") and { } asked ? asked : otherwise;
}
