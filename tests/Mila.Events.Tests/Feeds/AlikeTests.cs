using Mila.Events.Agenda;
using Mila.Events.Feeds;

namespace Mila.Events.Tests.Feeds;

public sealed class AlikeTests
{
    [Fact]
    public void What_is_equal_is_kept_once_and_what_is_not_stays_apart()
    {
        var alike = new Alike();
        var first = alike.Of(new Venue(VenueMode.OnSite, "MILA", "Rue André Messager, 75018 Paris"));

        alike.Of(new Venue(VenueMode.OnSite, "MILA", "Rue André Messager, 75018 Paris")).ShouldBeSameAs(first);
        alike.Of(new Venue(VenueMode.Online, "MILA", "Rue André Messager, 75018 Paris")).ShouldNotBe(first);
    }

    [Fact]
    public void Lists_keep_their_order_and_share_their_members()
    {
        var alike = new Alike();
        var speakers = alike.All([new Speaker("Ada Lovelace"), new Speaker("Nina Simon"), new Speaker("Ada Lovelace")]);

        speakers.Select(s => s.Name).ShouldBe(["Ada Lovelace", "Nina Simon", "Ada Lovelace"]);
        speakers[2].ShouldBeSameAs(speakers[0]);
    }
}
