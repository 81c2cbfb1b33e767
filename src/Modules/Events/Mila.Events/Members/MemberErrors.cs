namespace Mila.Events.Members;

internal static class MemberErrors
{
    public static readonly ForbiddenError StaffOnly = new("events-members-for-staff", "What Events knows of members is the staff's.", "Ce que l'agenda sait des adhérents est l'affaire de l'équipe.");
    public static readonly UnknownError Unknown = new("member-unknown", "There is no such member.", "Cet adhérent n'existe pas.");
}
