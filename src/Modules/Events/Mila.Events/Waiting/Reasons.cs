using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Registrations;

namespace Mila.Events.Waiting;

/// <summary>Why something was decided of an entry: a rule for programs and a sentence for people, which the person reads.</summary>
internal sealed record Reason(string Rule, LocalizedText Text);

internal static class Reasons
{
    public static readonly Reason NotInAudience = new("not-in-audience", new("L'événement n'est pas ouvert à votre structure pour l'instant.", "The event is not open to your organisation for now."));
    public static readonly Reason ShareTaken = new("organisation-seats-taken", new("Votre structure a déjà sa part des places.", "Your organisation has its share of the seats."));

    public static readonly Reason KeptForNetworks = new("kept-for-networks", new("Les places libres sont gardées pour les membres d'un réseau partenaire.", "The free seats are kept for members of a partner network."));
    public static readonly Reason NoSeatOnSite = new("no-seat-on-site", new("Il n'y avait pas de siège libre sur place.", "No seat on site was free."));

    public static readonly Reason EventBegan = new("event-began", new("L'événement a commencé ; aucune place n'est plus proposée.", "The event has begun; no place is offered any more."));

    public static Reason GroupNeedsMore(int seats, int free) => new("group-needs-more-seats", new(
        $"Votre groupe attend {seats} places ensemble ; il y en avait {free} de libre{(free == 1 ? "" : "s")}.", $"Your group waits for {seats} seats together; {free} {(free == 1 ? "was" : "were")} free."));

    public static Reason NextInLine(Registration r) => new("next-in-line", r is { IsMoved: true, MovedBecause: { } because }
        ? new($"Votre tour est venu ; l'équipe vous avait placé à ce rang : {because}", $"Your turn has come; the team had put you in this place: {because}")
        : new($"Votre tour est venu : {BasisFr(r)}.", $"Your turn has come: {BasisEn(r)}."));

    public static Reason OfferExpired(Registration r) => new("offer-expired", new(
        $"La proposition tenait jusqu'au {Shown(r.OfferExpiresAt!.Value, "fr")}.", $"The offer held until {Shown(r.OfferExpiresAt!.Value, "en")}."));

    public static Reason Moved(string because) => new("moved-by-staff", new($"L'équipe vous a placé à ce rang : {because}", $"The team put you in this place: {because}"));

    /// <summary>A decision as the person reads it: why, and where in line they stood then.</summary>
    public static LocalizedText Told(Decision d) => d.Rank == 0
        ? d.Reason
        : new($"{d.Reason.Fr} (Vous étiez {OrdinalFr(d.Rank)} sur {d.Of}.)", $"{d.Reason.In("en")} (You were {OrdinalEn(d.Rank)} of {d.Of}.)");

    /// <summary>"4th of 11, because …".</summary>
    public static LocalizedText Standing(Registration r, int rank, int of)
    {
        var (groupFr, groupEn) = r.Seats == 1 ? ("", "") : ($" Votre groupe de {r.Seats} se verra proposer {r.Seats} places ensemble.", $" Your group of {r.Seats} will be offered {r.Seats} seats together.");
        return r.MovedBecause is { } because
            ? new($"{OrdinalFr(rank)} sur {of}, parce que l'équipe vous a placé à ce rang : {because}{groupFr}", $"{OrdinalEn(rank)} of {of}, because the team put you in this place: {because}{groupEn}")
            : new($"{OrdinalFr(rank)} sur {of}, parce que {BasisFr(r)}.{groupFr}", $"{OrdinalEn(rank)} of {of}, because {BasisEn(r)}.{groupEn}");
    }

    public static string OrdinalFr(int rank) => rank == 1 ? "1er" : $"{rank}e";

    public static string OrdinalEn(int rank) => rank + ((rank % 100) is 11 or 12 or 13 ? "th" : (rank % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });

    private static string BasisFr(Registration r) =>
        $"vous avez eu {(r.PastPlaces == 0 ? "aucune place" : r.PastPlaces == 1 ? "une place" : $"{r.PastPlaces} places")} cette saison et avez demandé le {Shown(r.AskedAt, "fr")} ; passent d'abord celles et ceux qui en ont eu le moins, puis les premières demandes"
            .Replace("vous avez eu aucune place", "vous n'avez eu aucune place", StringComparison.Ordinal);

    private static string BasisEn(Registration r) =>
        $"you have had {(r.PastPlaces == 0 ? "no place" : r.PastPlaces == 1 ? "one place" : $"{r.PastPlaces} places")} this season and asked on {Shown(r.AskedAt, "en")}; those who have had fewer go first, then those who asked first";

    private static string Shown(DateTimeOffset instant, string language) => WrittenTime.DayAndHour(instant, language);
}
