using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Attendance;

/// <summary>One closes the list at the door while another calls the event off: what was counted has taken place.</summary>
public sealed class CountedOrCalledOffTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task One_of_the_two_is_refused()
    {
        for (var round = 0; round < 20; round++)
        {
            var (closed, cancelled) = await RaceAsync();
            (closed.Status, cancelled.Status).ShouldBeOneOf((200, 409), (409, 200));
            if (closed.Status == 200) cancelled.ShouldRefuse(409, "event-took-place");
            else closed.ShouldRefuse(409, "event-not-over");
        }
    }

    [Fact]
    public async Task Control_without_the_lock_it_would_be_counted_and_called_off()
    {
        using var control = new WithoutRowLocks();
        var both = false;
        for (var round = 0; round < 100 && !both; round++)
        {
            var (closed, cancelled) = await RaceAsync();
            both = (closed.Status, cancelled.Status) == (200, 200);
        }

        both.ShouldBeTrue();
    }

    private async Task<(Answer Closed, Answer Cancelled)> RaceAsync()
    {
        using var admin = mila.Admin();
        var now = mila.Clock.GetUtcNow();
        var over = await Scenario.PublishedAsync(admin, startsAt: now.AddHours(-3).ToString("O"), endsAt: now.AddHours(-1).ToString("O"));
        var (closing, cancelling) = (admin.TellAsync($"{over.Path()}/attendance", null), Scenario.CancelAsync(admin, over));
        return (await closing, await cancelling);
    }
}
