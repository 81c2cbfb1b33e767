namespace Mila.BuildingBlocks.Security;

/// <summary>What a key may be allowed to do: read or write one module, or administer everything.</summary>
public static class Scopes
{
    /// <summary>Implies every other scope.</summary>
    public const string Admin = "admin";

    /// <summary>Spaces, applications, leases and bookings, read.</summary>
    public const string HostingRead = "hosting:read";

    /// <summary>The same, written.</summary>
    public const string HostingWrite = "hosting:write";

    /// <summary>Members, dues, directory, newsletters and assemblies, read.</summary>
    public const string MembershipRead = "membership:read";

    /// <summary>The same, written.</summary>
    public const string MembershipWrite = "membership:write";

    /// <summary>Services, sessions, appointments and surveys, read.</summary>
    public const string CoachingRead = "coaching:read";

    /// <summary>The same, written.</summary>
    public const string CoachingWrite = "coaching:write";

    /// <summary>Programmes, events, registrations and calls, read.</summary>
    public const string EventsRead = "events:read";

    /// <summary>The same, written.</summary>
    public const string EventsWrite = "events:write";

    /// <summary>Partners, agreements, discounts, webhooks and grants, read.</summary>
    public const string PartnersRead = "partners:read";

    /// <summary>The same, written.</summary>
    public const string PartnersWrite = "partners:write";

    /// <summary>Panels and the street map, read.</summary>
    public const string SignageRead = "signage:read";

    /// <summary>The same, written.</summary>
    public const string SignageWrite = "signage:write";

    /// <summary>Every scope there is.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Admin,
        HostingRead, HostingWrite,
        MembershipRead, MembershipWrite,
        CoachingRead, CoachingWrite,
        EventsRead, EventsWrite,
        PartnersRead, PartnersWrite,
        SignageRead, SignageWrite,
    ];

    /// <summary>What a partner's key may hold: in the other modules nothing is a partner's.</summary>
    public static IReadOnlyList<string> OfPartners { get; } = [EventsRead, EventsWrite, PartnersRead, PartnersWrite];

    /// <summary>True when what is held opens what is wanted: <c>admin</c> opens all, <c>x:write</c> opens <c>x:read</c>.</summary>
    public static bool Cover(IReadOnlyCollection<string> held, string wanted) =>
        held.Contains(Admin)
        || held.Contains(wanted)
        || (wanted.EndsWith(":read", StringComparison.Ordinal) && held.Contains(wanted[..^":read".Length] + ":write"));
}
