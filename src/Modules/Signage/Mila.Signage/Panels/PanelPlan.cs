namespace Mila.Signage.Panels;

/// <summary>Everything about a panel that staff decide; the verbs of <see cref="Panel"/> decide the rest.</summary>
internal sealed record PanelPlan(string SpaceCode, Guid? MemberId, Mounting Mounting, PanelContent Content);

/// <summary>Where at the shop it hangs.</summary>
internal enum Mounting
{
    /// <summary>Behind the glass: nobody has to be asked.</summary>
    InsideWindow,

    /// <summary>On the front: the landlord has to authorise it.</summary>
    Outdoor,
}

/// <summary>How far a panel has come.</summary>
internal enum PanelStage
{
    /// <summary>A shop needs it.</summary>
    Requested,

    /// <summary>What it says is agreed.</summary>
    Approved,

    /// <summary>The landlord agrees to its outdoor mounting.</summary>
    Authorised,

    /// <summary>Printed.</summary>
    Fabricated,

    /// <summary>It hangs at the shop.</summary>
    Installed,

    /// <summary>Taken down, or never made.</summary>
    Retired,
}

/// <summary>Why a panel does not say the truth, in the words of the API.</summary>
internal static class StaleReason
{
    /// <summary>The member reads differently from what was printed.</summary>
    public const string MemberChanged = "member-changed";

    /// <summary>The company is no member any more.</summary>
    public const string MemberLeft = "member-left";

    /// <summary>The member is suspended.</summary>
    public const string MemberSuspended = "member-suspended";

    /// <summary>The member no longer has the shop.</summary>
    public const string LeaseEnded = "lease-ended";

    /// <summary>Staff have decided that it should say something else.</summary>
    public const string ContentChanged = "content-changed";
}
