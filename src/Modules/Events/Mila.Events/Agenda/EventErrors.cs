namespace Mila.Events.Agenda;

internal static class EventErrors
{
    public static readonly ForbiddenError StaffOnly = new("event-staff-only", "A partner's key reads the agenda and changes nothing in it.", "La clé d'un partenaire lit l'agenda et n'y change rien.");
    public static readonly ForbiddenError PlansAreMilas = new("event-staff-only", "What MILA plans and has not announced is not for a partner's key.", "Ce que MILA prévoit sans l'avoir annoncé n'est pas pour la clé d'un partenaire.");
    public static readonly UnknownError Unknown = new("event-unknown", "There is no such event.", "Cet événement n'existe pas.");
    public static readonly InvalidError UnknownProgramme = new("programme-unknown", "There is no programme of this code.", "Aucun programme ne porte ce code.");
    public static readonly InvalidError EndsBeforeStart = new("event-ends-before-start", "An event ends after it starts.", "Un événement finit après avoir commencé.");
    public static readonly InvalidError TooLong = new("event-too-long", "An event lasts 31 days at most.", "Un événement dure 31 jours au plus.");
    public static readonly InvalidError HalfScheduled = new("event-half-scheduled", "A scheduled event has both a start and an end.", "Un événement daté a un début et une fin.");
    public static readonly InvalidError StatusByAction = new("event-status-by-action", "Only tentative and planned are set here; publication, cancellation and holding have their own addresses.", "Seuls tentative et planned se règlent ici ; la publication, l'annulation et la tenue ont leur adresse.");
    public static readonly ConflictError Undated = new("event-undated", "An event needs a month, or a start and an end, before it is published.", "Il faut un mois, ou un début et une fin, pour publier un événement.");
    public static readonly ConflictError SeatsInUse = new("event-seats-in-use", "More seats are taken or held than this capacity has.", "Plus de places sont prises ou réservées que cette jauge n'en compte.");
    public static readonly ConflictError AlreadyPublished = new("event-already-published", "The event is published already.", "L'événement est déjà publié.");
    public static readonly ConflictError Cancelled = new("event-cancelled", "The event is cancelled.", "L'événement est annulé.");
    public static readonly ConflictError Held = new("event-held", "The event has been held.", "L'événement a eu lieu.");
    public static readonly ConflictError NotHeld = new("event-not-held", "Only an event that was held has a replay.", "Seul un événement qui a eu lieu a une rediffusion.");
    public static readonly ConflictError SpeakerNotFilmed = new("replay-without-consent", "Not every speaker agrees to be filmed.", "Toutes les personnes qui interviennent n'acceptent pas d'être filmées.");
    public static readonly ConflictError TookPlace = new("event-took-place", "It has been counted who came: say that the event was held.", "Les présences sont comptées : dites que l'événement a eu lieu.");
    public static readonly ConflictError NoReplay = new("event-without-replay", "The event has no replay.", "L'événement n'a pas de rediffusion.");
    public static readonly ConflictError SpeakersStand = new("event-speakers-stand", "The event has been held: who spoke stays in the list, and consents or not.", "L'événement a eu lieu : qui est intervenu reste dans la liste, et consent ou non.");
    public static readonly ConflictError NobodySpeaks = new("replay-without-speakers", "A replay needs the list of those who speak in it, and each one's consent.", "Une rediffusion demande la liste de celles et ceux qui y interviennent, et l'accord de chacun.");
    public static readonly ConflictError NotPublished = new("event-not-published", "The event is not published.", "L'événement n'est pas publié.");
    public static readonly ConflictError PeopleRegistered = new("event-has-registrations", "People are registered: cancel the event, so that they learn of it.", "Des personnes sont inscrites : annulez l'événement, pour qu'elles l'apprennent.");
    public static readonly ConflictError ListClosed = new(
        "event-list-closed", "The list at the door is closed: it is said who came, and the event has no other time any more. Plan another event.",
        "La liste de présence est close : il est dit qui est venu, et l'événement n'a plus d'autre date. Prévoyez un autre événement.");
    public static readonly ConflictError NotStarted = new("event-not-started", "The event has not started yet.", "L'événement n'a pas encore commencé.");
}
