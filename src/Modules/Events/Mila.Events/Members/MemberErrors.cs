namespace Mila.Events.Members;

internal static class MemberErrors
{
    public static readonly UnknownError Unknown = new("member-unknown", "There is no such member.", "Cet adhérent n'existe pas.");
}
