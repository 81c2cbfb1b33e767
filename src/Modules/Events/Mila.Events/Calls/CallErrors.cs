namespace Mila.Events.Calls;

internal static class CallErrors
{
    public static readonly UnknownError Unknown = new("call-unknown", "There is no such call.", "Cet appel n'existe pas.");
    public static readonly ForbiddenError StaffOnly = new("calls-for-staff", "Calls are the staff's; what is public of them is at /feeds/calls.json.", "Les appels sont l'affaire de l'équipe ; ce qui est public se lit sous /feeds/calls.json.");
    public static readonly InvalidError Homeless = new("call-without-programme", "A call belongs to an event or to a programme.", "Un appel appartient à un événement ou à un programme.");
    public static readonly InvalidError UnknownEvent = new("event-unknown", "There is no such event.", "Cet événement n'existe pas.");
    public static readonly InvalidError OtherProgramme = new("call-of-other-programme", "The event belongs to another programme.", "L'événement appartient à un autre programme.");
    public static readonly InvalidError ClosesBeforeOpening = new("call-closes-before-opening", "A call closes after it opens.", "Un appel ferme après avoir ouvert.");
    public static readonly InvalidError ClosesInThePast = new("call-closes-in-past", "The closing lies in the past.", "La clôture est passée.");
    public static readonly ConflictError AlreadyPublished = new("call-already-published", "The call is published already.", "L'appel est déjà publié.");
    public static readonly ConflictError ClosesEarlier = new("call-closes-earlier", "Once it is open a call closes no earlier than artists were told.", "Une fois ouvert, un appel ne ferme pas plus tôt qu'annoncé aux artistes.");
    public static readonly ConflictError TermsFixed = new("call-terms-fixed", "Once it is open a call keeps its opening, places, criteria and way of scoring.", "Une fois ouvert, un appel garde son ouverture, ses places, ses critères et son mode de notation.");
    public static readonly ConflictError NotOpen = new("call-not-open", "The call is not open yet.", "L'appel n'est pas encore ouvert.");
    public static readonly ConflictError Closed = new("call-closed", "The call is closed.", "L'appel est clos.");
    public static readonly ConflictError NotClosed = new("call-not-closed", "The call is not closed yet.", "L'appel n'est pas encore clos.");
    public static readonly ConflictError Cancelled = new("call-cancelled", "The call is cancelled.", "L'appel est annulé.");
    public static readonly ConflictError Selected = new("call-selected", "The selection has been made.", "La sélection est faite.");
    public static readonly ConflictError NotSelected = new("call-not-selected", "No selection has been made yet.", "Aucune sélection n'est faite.");
    public static readonly ConflictError Announced = new("call-announced", "The selection has been announced.", "La sélection est annoncée.");
    public static readonly UnknownError UnknownReviewer = new("reviewer-unknown", "There is no such reviewer of this call.", "Cet appel n'a pas ce membre du jury.");
    public static readonly ConflictError ReviewerInvited = new("reviewer-already-invited", "A reviewer of this address is invited already.", "Un membre du jury a déjà cette adresse.");
    public static readonly ConflictError TooManyReviewers = new("too-many-reviewers", "A call has 50 reviewers at most.", "Un appel a 50 membres du jury au plus.");
    public static readonly ConflictError ReviewsNotOpen = new("reviews-not-open", "Submissions are scored once the call is closed.", "On note une fois l'appel clos.");
}
