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
