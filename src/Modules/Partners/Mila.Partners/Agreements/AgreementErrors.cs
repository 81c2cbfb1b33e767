namespace Mila.Partners.Agreements;

internal static class AgreementErrors
{
    public static readonly UnknownError Unknown = new("agreement-unknown", "There is no such agreement.", "Cette convention n'existe pas.");
    public static readonly InvalidError KindFixed = new("agreement-kind-fixed", "An agreement stays of its kind: sign another one.", "Une convention garde sa nature : signez-en une autre.");
    public static readonly InvalidError EndsBeforeStart = new("agreement-ends-before-start", "An agreement ends on or after its first day.", "Une convention finit au plus tôt le jour où elle commence.");
    public static readonly InvalidError GrantsNothing = new("agreement-grants-nothing", "An agreement of access grants events, consultations or both.", "Une convention d'accès ouvre les événements, les consultations ou les deux.");
    public static readonly InvalidError GrantsByAccessOnly = new("agreement-grants-by-access-only", "Only an agreement of access grants anything.", "Seule une convention d'accès ouvre quelque chose.");
    public static readonly InvalidError SeatsWithoutEvents = new("agreement-seats-without-events", "Seats are kept only where events are granted.", "On ne garde des places que si les événements sont ouverts.");
    public static readonly InvalidError EndingInThePast = new("agreement-ending-in-the-past", "The last day is yesterday at the earliest.", "Le dernier jour est hier au plus tôt.");
    public static readonly ConflictError EndsEarlier = new("agreement-ends-earlier", "The agreement ends before that day anyway.", "La convention finit de toute façon avant ce jour.");
    public static readonly ConflictError Overlaps = new("agreement-overlaps", "The partner has an agreement of this kind for some of these days.", "Ce partenaire a déjà une convention de cette nature pour une partie de ces jours.");
    public static readonly ConflictError Ended = new("agreement-ended", "The agreement is over.", "La convention est terminée.");
    public static readonly ConflictError Needed = new("agreement-needed", "No agreement with this partner opens this today.", "Aucune convention avec ce partenaire ne l'ouvre aujourd'hui.");
}
