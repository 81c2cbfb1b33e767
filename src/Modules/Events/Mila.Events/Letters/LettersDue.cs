namespace Mila.Events.Letters;

/// <summary>A person is to be written to about their registration.</summary>
/// <param name="RegistrationId">The registration.</param>
/// <param name="Kind">The state that it has come to, or one of the words here.</param>
/// <param name="Sequence">Of the person's calendar entry then.</param>
internal sealed record LetterDue(Guid RegistrationId, string Kind, int Sequence)
{
    /// <summary>The event has another time or place.</summary>
    public const string Moved = "Moved";

    /// <summary>The place is somewhere else now: in the room or at the end of the link.</summary>
    public const string Switched = "Switched";

    /// <summary>Somebody, perhaps the person, asked again.</summary>
    public const string AlreadyRegistered = "AlreadyRegistered";

    /// <summary>Nobody followed the link by which the address is confirmed.</summary>
    public const string Unconfirmed = "Unconfirmed";

    /// <summary>The event has begun, and no place came free for one who waited.</summary>
    public const string InVain = "InVain";

    /// <summary>How was it? The letter of those who came.</summary>
    public const string Feedback = "Feedback";
}

/// <summary>Those are to be written to whose registrations for one event one commit has changed: one row of the outbox, in the order of the commits.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Letters">At most <see cref="Most"/>.</param>
internal sealed record LettersDue(Guid EventId, IReadOnlyList<LetterDue> Letters) : INotification
{
    public const int Most = 50;

    /// <summary>As many as it takes.</summary>
    public static IEnumerable<LettersDue> Of(Guid eventId, IEnumerable<LetterDue> letters) => letters.Chunk(Most).Select(part => new LettersDue(eventId, part));
}
