namespace Mila.BuildingBlocks.Security.ApiKeys;

/// <summary>Who a key is for; the word is part of the key, so that a leaked one tells how bad the leak is.</summary>
internal enum KeyKind
{
    /// <summary>May do everything.</summary>
    Admin,

    /// <summary>A tool of the association: its site, accounting, a newsletter, a room display.</summary>
    Staff,

    /// <summary>A partner network, bound to what concerns it.</summary>
    Partner,
}

internal static class KeyKinds
{
    /// <summary>The word for a kind, as in a key and in JSON.</summary>
    public static string Word(this KeyKind kind) => kind switch
    {
        KeyKind.Admin => "admin",
        KeyKind.Staff => "staff",
        KeyKind.Partner => "partner",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
