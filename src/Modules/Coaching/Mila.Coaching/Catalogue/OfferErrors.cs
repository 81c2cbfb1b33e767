namespace Mila.Coaching.Catalogue;

internal static class OfferErrors
{
    public static readonly UnknownError Unknown = new("service-unknown", "There is no such service.", "Cet accompagnement n'existe pas.");
    public static readonly ConflictError CodeTaken = new("service-code-taken", "Another service has this code.", "Un autre accompagnement porte ce code.");
    public static readonly InvalidError CodeFixed = new("service-code-fixed", "The code of a service never changes.", "Le code d'un accompagnement ne change jamais.");
    public static readonly InvalidError SlotsUnexpected = new("service-slots-unexpected", "An individual service has no sessions and no slots.", "Un accompagnement individuel n'a ni session ni créneau.");
    public static readonly InvalidError MinutesUnexpected = new("service-minutes-unexpected", "A service in slots says its length by sessions and slots.", "Un accompagnement en créneaux dit sa durée par sessions et créneaux.");
    public static readonly InvalidError LengthTwice = new("service-length-twice", "Say either minutes, or minutesMin and minutesMax.", "Dites soit minutes, soit minutesMin et minutesMax.");
    public static readonly InvalidError LengthHalf = new("service-length-half", "A range of minutes has both ends.", "Une plage de minutes a ses deux bornes.");
    public static readonly InvalidError LengthReversed = new("service-length-reversed", "The shortest length is above the longest.", "La durée la plus courte dépasse la plus longue.");
    public static readonly InvalidError SlotsHalf = new("service-slots-half", "Slots need sessionMinutes, slotMinutesMin and slotMinutesMax.", "Les créneaux demandent sessionMinutes, slotMinutesMin et slotMinutesMax.");
    public static readonly InvalidError SlotTooLong = new("service-slot-too-long", "A slot is longer than its session.", "Un créneau est plus long que sa session.");
    public static readonly InvalidError LengthMissing = new("service-length-missing", "A service needs its length before it opens.", "Il faut une durée pour ouvrir un accompagnement.");
}
