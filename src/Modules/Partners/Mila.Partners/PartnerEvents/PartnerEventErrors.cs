namespace Mila.Partners.PartnerEvents;

internal static class PartnerEventErrors
{
    public static readonly UnknownError Unknown = new("partner-event-unknown", "There is no such event of this partner.", "Ce partenaire n'a pas cet événement.");
    public static readonly ProtocolError Withdrawn = new(410, "partner-event-withdrawn", "The partner has taken this event back.", "Le partenaire a retiré cet événement.");
    public static readonly InvalidError ExternalIdRefused = new("partner-event-id-refused", "An external id is 1 to 100 letters, digits, dots, hyphens, underscores, colons or tildes.", "Un identifiant externe a de 1 à 100 lettres, chiffres, points, tirets, soulignés, deux-points ou tildes.");
    public static readonly InvalidError EndsBeforeStart = new("event-ends-before-start", "An event ends after it starts.", "Un événement finit après avoir commencé.");
    public static readonly InvalidError TooLong = new("event-too-long", "An event lasts 31 days at most.", "Un événement dure 31 jours au plus.");
    public static readonly InvalidError HalfScheduled = new("event-half-scheduled", "A scheduled event has both a start and an end.", "Un événement daté a un début et une fin.");
    public static readonly InvalidError Undated = new("event-undated", "An event needs a month, or a start and an end.", "Il faut un mois, ou un début et une fin.");
    public static readonly InvalidError ReasonWithoutCancellation = new("event-not-cancelled", "Only a cancelled event has a reason for it.", "Seul un événement annulé a un motif d'annulation.");
    public static readonly ConflictError TooMany = new("partner-events-too-many", "A partner has 1 000 events at most that are not over.", "Un partenaire a 1 000 événements au plus qui ne sont pas passés.");
}
