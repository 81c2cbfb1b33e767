namespace Mila.Hosting.Rooms;

internal static class RoomErrors
{
    public static readonly ConflictError Unknown = new("space-unknown", "There is no space of this code.", "Aucun local ne porte ce code.");
    public static readonly ConflictError NotBookable = new("space-not-bookable", "This space is not booked by the hour.", "Ce local ne se réserve pas à l'heure.");
    public static readonly ConflictError Taken = new("space-taken", "Somebody else has the space at that time.", "Le local est pris à ce moment-là.");
}
