namespace Mila.Partners.Agreements;

/// <summary>What two sides have agreed on. The kind is not among it: another kind is another agreement.</summary>
internal sealed record AgreementTerms(DateOnly StartsOn, DateOnly? EndsOn, AgreementDirection Direction, AgreementGrants Grants, string? Document)
{
    /// <summary>Whether a day, of Paris, lies within it.</summary>
    public bool Covers(DateOnly day) => StartsOn <= day && (EndsOn is not { } last || day <= last);

    /// <summary>Whether some day lies within both.</summary>
    public bool Meets(AgreementTerms other) =>
        StartsOn <= (other.EndsOn ?? DateOnly.MaxValue) && other.StartsOn <= (EndsOn ?? DateOnly.MaxValue) && !IsEmpty && !other.IsEmpty;

    /// <summary>Ended before it began.</summary>
    private bool IsEmpty => EndsOn < StartsOn;

    /// <summary>Names of the members in which the two differ, as the API writes them.</summary>
    public IReadOnlyList<string> DifferencesFrom(AgreementTerms other) =>
    [
        .. StartsOn != other.StartsOn ? ["startsOn"] : Array.Empty<string>(),
        .. EndsOn != other.EndsOn ? ["endsOn"] : Array.Empty<string>(),
        .. Direction != other.Direction ? ["direction"] : Array.Empty<string>(),
        .. Grants != other.Grants ? ["grants"] : Array.Empty<string>(),
        .. Document != other.Document ? ["document"] : Array.Empty<string>(),
    ];
}

/// <summary>What an agreement grants.</summary>
/// <param name="Events">Members of the one may come to events of the other that are open to networks.</param>
/// <param name="Consultations">They may ask for consultations: agreed, shown and announced. Nothing here books consultations yet.</param>
/// <param name="SeatsPerEvent">Seats kept for the partner's members at each event of MILA's that is open to networks and has a capacity; 0 keeps none.</param>
/// <param name="SeatsReleasedHoursBefore">How many hours before the start seats that nobody took are free for everybody.</param>
internal sealed record AgreementGrants(bool Events = false, bool Consultations = false, int SeatsPerEvent = 0, int SeatsReleasedHoursBefore = AgreementGrants.UsualRelease)
{
    /// <summary>Two days: who waits can still arrange to come.</summary>
    public const int UsualRelease = 48;

    public const int MostSeats = 1000;

    /// <summary>90 days.</summary>
    public const int LongestRelease = 2160;

    public static readonly AgreementGrants Nothing = new();

    // Not public: an ignored member would still be one that a body may say.
    internal bool IsNothing => !Events && !Consultations;
}

/// <summary>What an agreement is about. A partner has one of a kind at a time.</summary>
internal enum AgreementKind
{
    /// <summary>Members of the one come to the other; the only kind that grants something.</summary>
    Access,

    /// <summary>One gives a hall, the other a list of artists.</summary>
    Exchange,

    /// <summary>The one belongs to the other.</summary>
    Affiliation,
}

/// <summary>Who opens what it has.</summary>
internal enum AgreementDirection
{
    /// <summary>Both.</summary>
    Reciprocal,

    /// <summary>MILA, to the partner's members.</summary>
    Given,

    /// <summary>The partner, to MILA's members.</summary>
    Received,
}

/// <summary>How an agreement stands today.</summary>
internal enum AgreementStatus
{
    /// <summary>Signed; its first day is to come.</summary>
    Planned,

    /// <summary>It holds.</summary>
    Running,

    /// <summary>Its last day has passed.</summary>
    Ended,
}
