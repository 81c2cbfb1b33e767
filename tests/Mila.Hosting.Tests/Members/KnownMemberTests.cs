using Mila.Hosting.Members;

namespace Mila.Hosting.Tests.Members;

public class KnownMemberTests
{
    [Fact]
    public void An_older_notification_never_overwrites_a_newer_one()
    {
        var member = Known().Stands("suspended", 3).Is("Zinc", 2).Stands("active", 2);
        (member.Name, member.Status, member.IsActive).ShouldBe(("Zinc", "suspended", false));

        member.Stands("active", 4).Is("Old zinc", 1);
        (member.Name, member.IsActive).ShouldBe(("Zinc", true));
    }

    [Fact]
    public void Nobody_is_active_before_anybody_said_so() => Known().IsActive.ShouldBeFalse();

    internal static KnownMember Known() => KnownMember.Unheard(Guid.CreateVersion7());
}
