namespace Mila.Membership.Members;

internal static class MemberErrors
{
    public static readonly UnknownError Unknown = new("member-unknown", "There is no such member.", "Cet adhérent n'existe pas.");
    public static readonly ConflictError SirenTaken = new("member-siren-taken", "Another member has this SIREN.", "Un autre adhérent porte ce SIREN.");
    public static readonly ConflictError AlreadyActive = new("member-already-active", "The member is active already.", "L'adhérent est déjà actif.");
    public static readonly ConflictError Candidate = new("member-not-admitted", "The company has not been admitted yet.", "La structure n'est pas encore admise.");
    public static readonly ConflictError Suspended = new("member-suspended", "The member is suspended.", "L'adhérent est suspendu.");
    public static readonly ConflictError Left = new("member-left", "The member has left.", "L'adhérent est parti.");
    public static readonly InvalidError AdmissionInFuture = new("admission-in-future", "An admission is said on its day or later.", "Une admission se dit le jour même ou après.");
    public static readonly InvalidError AdmissionBeforeDeparture = new("admission-before-departure", "The company had not left by that day.", "À cette date, la structure n'était pas encore partie.");
    public static readonly InvalidError DepartureInFuture = new("departure-in-future", "A departure is said on its day or later.", "Un départ se dit le jour même ou après.");
    public static readonly InvalidError DepartureBeforeAdmission = new("departure-before-admission", "The member had not been admitted by that day.", "À cette date, l'adhérent n'était pas encore admis.");
}
