namespace Mila.Membership.Contacts;

internal static class ContactErrors
{
    public static readonly UnknownError Unknown = new("contact-unknown", "There is no such contact.", "Ce contact n'existe pas.");
    public static readonly ConflictError EmailTaken = new("contact-email-taken", "Another contact of this member has this address.", "Un autre contact de cet adhérent a cette adresse.");
    public static readonly ConflictError TooMany = new("contacts-too-many", "A member has 50 contacts at most.", "Un adhérent a 50 contacts au plus.");
    public static readonly ConflictError MainNeeded = new("contact-main-needed", "A member has a main contact: make another one the main contact instead.", "Un adhérent a un contact principal : désignez-en un autre à la place.");
}
