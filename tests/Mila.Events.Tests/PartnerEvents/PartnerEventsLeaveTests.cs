using Mila.Events.Tests.Feeds;
using Mila.Partners.Contracts;
using Mila.Testing.App;

namespace Mila.Events.Tests.PartnerEvents;

public sealed class PartnerEventsLeaveTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Cancelled_it_stays_for_thirty_days_and_withdrawn_it_is_gone_whatever_is_told_late()
    {
        using var public_ = mila.Anonymous();
        var network = await PartnerEventsInTheAgendaTests.NetworkAsync(mila, "leaving", "Leaving");
        var (cancelled, withdrawn) = (await PartnerEventsInTheAgendaTests.PushAsync(mila, network, "Called off", cancelled: true), await PartnerEventsInTheAgendaTests.PushAsync(mila, network, "Taken back"));
        await public_.GetUntilAsync("/feeds/events.json?partner=leaving", a => a.Status == 200 && a["items"].GetArrayLength() == 2);
        (await public_.AskAsync("/feeds/events.json?partner=leaving")).Text.ShouldContain("Annulé : Called off (Leaving)");

        await mila.TellAsync(new PartnerEventWithdrawn(withdrawn, network.Id, withdrawn.ToString("N"), 3, mila.Clock.GetUtcNow()));
        await PartnerEventsInTheAgendaTests.PushAsync(mila, network, "Taken back", id: withdrawn, revision: 2);
        await public_.GetUntilAsync("/feeds/events.json?partner=leaving", a => a.Status == 200 && a["items"].GetArrayLength() == 1);
        await PartnerEventsInTheAgendaTests.PushAsync(mila, network, "Stands again", id: withdrawn, revision: 4);
        await public_.GetUntilAsync("/feeds/events.json?partner=leaving", a => a.Status == 200 && a["items"].GetArrayLength() == 2);

        mila.Clock.Advance(TimeSpan.FromDays(30));
        await mila.TellAsync(new PartnerChanged(network.Id, "leaving", "Leaving", "network", Reciprocity: true, ["note"], 2, mila.Clock.GetUtcNow()));
        var left = await public_.GetUntilAsync("/feeds/events.json?partner=leaving", a => a.Status == 200 && a["items"].GetArrayLength() == 1);
        left.Text.ShouldNotContain(cancelled.ToString());
    }
}
