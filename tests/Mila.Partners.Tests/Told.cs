using Mila.Membership.Contracts;
using Mila.Testing.App;

namespace Mila.Partners.Tests;

/// <summary>What other modules have told, as a test's Given.</summary>
internal static class Told
{
    /// <summary>A member in good standing is known.</summary>
    public static async Task<Guid> MemberAsync(this TestMila mila, string name = "Les Disques du Passage", bool goodStanding = true)
    {
        var id = Guid.CreateVersion7();
        await mila.TellAsync(new MemberAdmitted(id, name, "slug", "pole", ["label"], goodStanding, 1, mila.Clock.GetUtcNow()));
        return id;
    }
}
