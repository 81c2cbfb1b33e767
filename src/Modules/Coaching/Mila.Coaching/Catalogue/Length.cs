using System.Text.Json.Serialization;

namespace Mila.Coaching.Catalogue;

/// <summary>How long one goes on, in minutes.</summary>
[JsonDerivedType(typeof(Undecided), "undecided")]
[JsonDerivedType(typeof(Exact), "exact")]
[JsonDerivedType(typeof(Between), "between")]
[JsonDerivedType(typeof(InSlots), "slots")]
internal abstract record Length
{
    private Length()
    {
    }

    /// <summary>Not known yet: the service is proposed, or was closed before it was.</summary>
    internal sealed record Undecided : Length;

    /// <summary>Always the same.</summary>
    internal sealed record Exact(int Minutes) : Length;

    /// <summary>As the company needs it, between two bounds.</summary>
    internal sealed record Between(int MinutesMin, int MinutesMax) : Length;

    /// <summary>An expert's session, cut into private slots.</summary>
    internal sealed record InSlots(int SessionMinutes, int SlotMinutesMin, int SlotMinutesMax, int? SessionsPerYear) : Length;
}
