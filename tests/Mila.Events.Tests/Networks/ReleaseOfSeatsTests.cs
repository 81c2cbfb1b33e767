using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.Networks;

public sealed class ReleaseOfSeatsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Seats_are_kept_for_a_network_until_their_release_and_then_go_to_the_line()
    {
        using var admin = mila.Admin();
        var (map, _) = await KeptSeatsTests.NetworkAsync(mila, seats: 2, releasedHoursBefore: 24);
        var @event = await Door.OpenAsync(admin, capacity: 3, audience: "network");
        await mila.DrainAsync();
        var member = await KeptSeatsTests.MemberAsync(mila);

        await Door.RegisteredAsync(admin, @event, more: new { memberId = member });
        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted", more: new { memberId = await KeptSeatsTests.MemberAsync(mila) });
        (await KeptSeatsTests.SeatsAsync(admin, @event)).ShouldBe((1, 0, 2, 0));

        // A member of the network stands behind, and the kept seat is its own: who was passed over reads why.
        await Door.RegisteredAsync(admin, @event, more: new { partnerId = map });
        (await KeptSeatsTests.SeatsAsync(admin, @event)).ShouldBe((2, 0, 1, 0));
        (await Door.DecisionsAsync(admin, waiting)).Select(d => d.GetProperty("rule").GetString()).ShouldBe(["kept-for-networks"]);
        (await Door.StatusAsync(admin, waiting)).ShouldBe("waitlisted");

        mila.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 15, 17, 59, 59, TimeSpan.Zero));
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, waiting)).ShouldBe("waitlisted");
        mila.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 15, 18, 0, 0, TimeSpan.Zero));
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, waiting)).ShouldBe("offered");
        (await KeptSeatsTests.SeatsAsync(admin, @event)).ShouldBe((2, 1, 0, 0));
    }
}
