using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Attendance;

/// <summary>One closes the list at the door while another calls the event off: what was counted has taken place.</summary>
public sealed class CountedOrCalledOffTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task One_of_the_two_is_refused()
    {
        using var admin = mila.Admin();
        for (var round = 0; round < 20; round++)
        {
            var both = await Task.WhenAll(Both(admin, await OverAsync(admin)));
            if (both[0].Status == 200) both[1].ShouldRefuse(409, "event-took-place");
            else both[0].ShouldRefuse(409, "event-not-over");
            both.Count(a => a.Status == 200).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Control_without_the_lock_it_would_be_counted_and_called_off()
    {
        using var admin = mila.Admin();
        var over = await OverAsync(admin);
        using var control = new WithoutRowLocks();
        var both = await mila.MeetAsync("events.mt_doc_event, events.mt_doc_seatplan", writers: 2, () => Both(admin, over));
        both.Select(a => a.Status).ShouldBe([200, 200]);
    }

    private static Task<Answer>[] Both(HttpClient admin, Answer over) => [admin.TellAsync($"{over.Path()}/attendance", null), Scenario.CancelAsync(admin, over)];

    private Task<Answer> OverAsync(HttpClient admin) =>
        Scenario.PublishedAsync(admin, startsAt: mila.Clock.GetUtcNow().AddHours(-3).ToString("O"), endsAt: mila.Clock.GetUtcNow().AddHours(-1).ToString("O"));
}
