namespace Mila.Hosting.Leases;

internal static class LeaseErrors
{
    public static readonly UnknownError Unknown = new("lease-unknown", "There is no such lease.", "Cette mise à disposition n'existe pas.");
    public static readonly InvalidError EndsBeforeStart = new("lease-ends-before-start", "A lease does not end before it starts.", "Une mise à disposition ne finit pas avant de commencer.");
    public static readonly InvalidError UnknownMember = new("member-unknown", "There is no such member.", "Cet adhérent n'existe pas.");
    public static readonly InvalidError UnknownSpace = new("space-unknown", "There is no space of this code.", "Aucun local ne porte ce code.");
    public static readonly ConflictError SpaceNotLeased = new("space-not-leased", "A meeting room is booked, never leased.", "Une salle de réunion se réserve, elle n'est jamais mise à disposition.");
    public static readonly ConflictError MemberNotActive = new("member-not-active", "Only an active member gets a lease.", "Seul un adhérent actif obtient une mise à disposition.");
    public static readonly ConflictError Overlaps = new("lease-overlaps", "The space is leased on some of these days.", "Le local est déjà mis à disposition sur une partie de ces jours.");
    public static readonly ConflictError TermExceeded = new("lease-term-exceeded", "A company has offices, desks and studios for 36 months in all.", "Une structure occupe bureaux, postes et studios 36 mois en tout.");
    public static readonly ConflictError Ended = new("lease-ended", "The lease has ended.", "La mise à disposition est terminée.");
    public static readonly ConflictError NotStarted = new("lease-not-started", "Only a lease that runs is renewed.", "Seule une mise à disposition en cours se renouvelle.");
    public static readonly InvalidError RenewalNotLater = new("lease-renewal-not-later", "A renewal ends later than the lease does now.", "Un renouvellement finit plus tard que la mise à disposition actuelle.");
    public static readonly InvalidError TerminationNotEarlier = new("lease-termination-not-earlier", "A termination does not come after the agreed end.", "Une résiliation ne vient pas après la fin convenue.");
    public static readonly InvalidError TerminationBeforeStart = new("lease-termination-before-start", "A lease does not end before it started.", "Une mise à disposition ne finit pas avant d'avoir commencé.");
    public static readonly InvalidError TermByAction = new("lease-term-by-action", "Only the note is changed here; renewal and termination have their own addresses.", "Seule la note se modifie ici ; le renouvellement et la résiliation ont leur adresse.");
}
