namespace Mila.Events.Registrations;

internal static class RegistrationErrors
{
    public static readonly UnknownError Unknown = new("registration-unknown", "There is no such registration.", "Cette inscription n'existe pas.");
    public static readonly UnauthenticatedError KeyNeeded = new("registration-needs-key", "Only public events take registrations without a key.", "Sans clé, on ne s'inscrit qu'aux événements publics.");
    public static readonly ConflictError NotOpen = new("event-not-open", "Only a published event takes registrations.", "On ne s'inscrit qu'à un événement publié.");
    public static readonly ConflictError EventOver = new("event-over", "The event is over.", "L'événement est terminé.");
    public static readonly InvalidError UnknownMember = new("member-unknown", "There is no such member.", "Cet adhérent n'existe pas.");
    public static readonly InvalidError UnknownPartner = new("partner-unknown", "There is no such partner.", "Ce partenaire n'existe pas.");
    public static readonly ConflictError MembersOnly = new("event-for-members", "This event is for members.", "Cet événement est réservé aux adhérents.");
    public static readonly ConflictError HostedOnly = new("event-for-hosted-members", "This event is for members that MILA houses.", "Cet événement est réservé aux structures hébergées.");
    public static readonly ConflictError NetworkOnly = new("event-for-network", "This event is for members and for networks with an agreement.", "Cet événement est réservé aux adhérents et aux réseaux partenaires.");
    public static readonly ConflictError ProfessionalsOnly = new("event-for-professionals", "This event is for professionals: say for which organisation.", "Cet événement est réservé aux professionnels : indiquez votre structure.");
    public static readonly ConflictError DuesLapsed = new("member-not-in-good-standing", "The member is suspended, has left or has not paid its dues.", "L'adhérent est suspendu, parti ou n'est pas à jour de cotisation.");
    public static readonly ConflictError OnSiteOnly = new("event-on-site-only", "This event takes place on site only.", "Cet événement n'a lieu que sur place.");
    public static readonly ConflictError RemoteOnly = new("event-remote-only", "This event takes place online only.", "Cet événement n'a lieu qu'à distance.");
    public static readonly ConflictError NoSeatOnSite = new(
        "event-full-on-site", "No seat on site is free now; the registration keeps its place by the link. It cannot wait for a seat meanwhile: to wait, cancel it and register on site.",
        "Aucune place sur place n'est libre ; l'inscription garde sa place à distance. Elle ne peut pas attendre un siège en même temps : pour attendre, annulez-la et inscrivez-vous sur place.");
    public static readonly ConflictError Full = new("event-full", "The event has begun and no seat is free; nobody waits for one any more.", "L'événement a commencé et aucune place n'est libre ; il n'y a plus de liste d'attente.");
    public static readonly ConflictError AlreadyRegistered = new("already-registered", "This person is registered for this event already.", "Cette personne est déjà inscrite à cet événement.");
    public static readonly ConflictError GroupTooLarge = new("group-too-large", "The group is larger than the event.", "Le groupe dépasse la jauge de l'événement.");
    public static readonly ConflictError OrganisationSeatsTaken = new("organisation-seats-taken", "The organisation has its share of the seats.", "La structure a déjà sa part des places.");
    public static readonly ConflictError LargerThanShare = new("group-larger-than-share", "The group is larger than an organisation's share of the seats.", "Le groupe dépasse la part de places d'une structure.");
    public static readonly ConflictError NotTaken = new(
        "registration-not-taken", "This registration is not taken here; the person can ask for a place without a partner.", "Cette inscription n'est pas prise ici ; la personne peut demander une place sans passer par un partenaire.");
    public static readonly ConflictError Over = new("registration-over", "The registration is over.", "L'inscription est close.");
    public static readonly ConflictError AfterTheEvent = new("registration-after-event", "Whether somebody came is said already.", "La présence est déjà notée.");
    public static readonly ConflictError NotOffered = new("registration-not-offered", "No place is offered to this registration.", "Aucune place n'est proposée à cette inscription.");
    public static readonly ConflictError OfferExpired = new("offer-expired", "The offer has expired.", "La proposition a expiré.");
    public static readonly ConflictError NotConfirmed = new("registration-not-confirmed", "Only somebody with a place can be checked in.", "Seule une personne qui a une place peut être pointée.");
    public static readonly ConflictError CheckInTooEarly = new("check-in-too-early", "People are checked in from 12 hours before the event begins.", "On pointe à partir de 12 heures avant le début de l'événement.");
    public static readonly ConflictError CheckedIn = new("already-checked-in", "Checked in already.", "Déjà pointé.");
    public static readonly ConflictError NotCheckedIn = new("registration-not-checked-in", "Nobody was checked in by this registration.", "Cette inscription n'est pas pointée.");
    public static readonly ConflictError NotWaiting = new("registration-not-waiting", "The registration does not wait.", "L'inscription n'est pas en attente.");
    public static readonly ConflictError AttendanceClosed = new("attendance-closed", "Attendance is closed already.", "La présence est déjà close.");
    public static readonly ConflictError NotYetOver = new("event-not-over", "The event is not over yet.", "L'événement n'est pas encore terminé.");

    /// <summary>Why an organisation is refused, with what it can still have: a group that no share holds is something else than a share that is taken.</summary>
    public static ConflictError OfShare(int share, int left, int wants) => wants > share
        ? LargerThanShare with { Detail = $"An organisation has {share} seats at most here, fewer than this group asks for; {left} are left for it.", DetailFr = $"Une structure a {share} places au plus ici, moins que n'en demande ce groupe ; il lui en reste {left}." }
        : OrganisationSeatsTaken with { Detail = $"The organisation has its share of the seats: {left} of {share} are left for it.", DetailFr = $"La structure a déjà sa part des places : il lui en reste {left} sur {share}." };
}
