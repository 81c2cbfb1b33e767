using Mila.BuildingBlocks.Values;
using Mila.Partners.Partners;

namespace Mila.Partners.Webhooks.Types;

/// <summary>Which partners are told of a message. MILA's own endpoints and staff are told of every one.</summary>
internal enum Reach
{
    /// <summary>All: it is public, or becomes so by this.</summary>
    Everybody,

    /// <summary>Those whom it concerns, which the message names: nobody else may know.</summary>
    Concerned,

    /// <summary>Those that staff confide members in.</summary>
    ToldOfMembers,

    /// <summary>Those that staff confide leases in.</summary>
    ToldOfLeases,
}

/// <summary>What a reach means, for people and for the announcer.</summary>
internal static class Reaches
{
    private static readonly LocalizedText s_everybody = new("Tous les partenaires le reçoivent.", "Every partner is told.");
    private static readonly LocalizedText s_concerned = new("Seuls les partenaires concernés le reçoivent.", "Only the partners that it concerns are told.");
    private static readonly LocalizedText s_members = new("Seuls le reçoivent les partenaires dont la fiche porte « members » dans toldOf.", "Only partners that staff say are toldOf members are told.");
    private static readonly LocalizedText s_leases = new("Seuls le reçoivent les partenaires dont la fiche porte « leases » dans toldOf.", "Only partners that staff say are toldOf leases are told.");

    /// <summary>One sentence.</summary>
    internal static LocalizedText Of(Reach reach) => reach switch
    {
        Reach.Everybody => s_everybody,
        Reach.ToldOfMembers => s_members,
        Reach.ToldOfLeases => s_leases,
        _ => s_concerned,
    };

    /// <summary>Whether such messages reach a partner, when they concern it.</summary>
    internal static bool Tells(Reach reach, Partner? partner) => Needs(reach) is not { } subject || partner?.Terms.IsToldOf(subject) == true;

    /// <summary>What a partner must be told of; null where that decides nothing.</summary>
    internal static Confidence? Needs(Reach reach) => reach switch
    {
        Reach.ToldOfMembers => Confidence.Members,
        Reach.ToldOfLeases => Confidence.Leases,
        _ => null,
    };
}
