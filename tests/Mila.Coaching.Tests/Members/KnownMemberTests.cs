using Mila.Coaching.Members;

namespace Mila.Coaching.Tests.Members;

public class KnownMemberTests
{
    private static readonly Action<KnownMember>[] Told =
    [
        m => m.Is("Old Name", "beneficiary", 1).Stands("active", goodStanding: true, 1),
        m => m.Is("New Name", "shop", 2).Stands("active", goodStanding: false, 2),
        m => m.Stands("suspended", goodStanding: false, 3),
        m => m.Stands("active", goodStanding: true, 4),
    ];

    [Fact]
    public void Whatever_the_order_in_which_news_arrive_the_newest_of_each_kind_stays()
    {
        foreach (var order in Permutations([0, 1, 2, 3]))
        {
            var member = KnownMember.Nobody(Guid.CreateVersion7());
            foreach (var index in order) Told[index](member);

            (member.Name, member.Affiliation, member.Status, member.GoodStanding).ShouldBe(("New Name", "shop", "active", true), string.Join(",", order));
        }
    }

    [Fact]
    public void News_that_are_told_twice_change_nothing()
    {
        var member = KnownMember.Nobody(Guid.CreateVersion7());
        foreach (var news in Told.Concat(Told)) news(member);

        (member.ProfileRevision, member.StandingRevision, member.Status).ShouldBe((2, 4, "active"));
    }

    private static IEnumerable<int[]> Permutations(int[] of) =>
        of.Length == 0 ? [[]] : of.SelectMany(first => Permutations([.. of.Where(o => o != first)]).Select(rest => (int[])[first, .. rest]));
}
