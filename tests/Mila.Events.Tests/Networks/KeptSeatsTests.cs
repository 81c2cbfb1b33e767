using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Registrations;
using Mila.Partners.Contracts;
using Mila.Testing.App;

namespace Mila.Events.Tests.Networks;

/// <summary>Seats that an agreement keeps for a network's members, and their release. Each test has a partner of its own; its events are on 16 March 2026, 19:00 in Paris.</summary>
public sealed class KeptSeatsTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly DateTimeOffset At = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Given_back_a_networks_seat_is_kept_for_it_again()
    {
        using var admin = mila.Admin();
        var (map, agreement) = await NetworkAsync(seats: 1);
        var @event = await Door.OpenAsync(admin, capacity: 2, audience: "network");
        var theirs = await Door.RegisteredAsync(admin, @event, more: new { partnerId = map });
        await Door.RegisteredAsync(admin, @event, more: new { memberId = await MemberAsync() });
        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted", more: new { memberId = await MemberAsync() });
        (await admin.TellAsync($"{theirs.Registration()}/cancellation", null)).Expect(200);
        (await Door.StatusAsync(admin, waiting)).ShouldBe("waitlisted");
        (await SeatsAsync(admin, @event)).ShouldBe((1, 0, 1, 0));

        await mila.TellAsync(new AgreementEnded(agreement, map, new(2026, 3, 8), 9, At));
        (await Door.StatusAsync(admin, waiting)).ShouldBe("offered");
        (await SeatsAsync(admin, @event)).ShouldBe((1, 1, 0, 0));
    }

    [Fact]
    public async Task Beyond_its_seats_a_network_asks_as_everybody_does()
    {
        using var admin = mila.Admin();
        var (map, agreement) = await NetworkAsync(seats: 1);
        var @event = await Door.OpenAsync(admin, capacity: 3, audience: "network");
        await Door.RegisteredAsync(admin, @event, more: new { partnerId = map });
        await Door.RegisteredAsync(admin, @event, more: new { partnerId = map });
        await Door.RegisteredAsync(admin, @event, more: new { memberId = await MemberAsync() });
        await Door.RegisteredAsync(admin, @event, "waitlisted", more: new { partnerId = map });
        (await SeatsAsync(admin, @event)).ShouldBe((3, 0, 0, 0));
        await mila.TellAsync(new AgreementEnded(agreement, map, new(2026, 3, 8), 9, At));
    }

    [Theory]
    [InlineData("network")]
    [InlineData("professionals")]
    public async Task An_agreement_that_is_signed_moves_the_lines_in_which_its_people_stand(string audience)
    {
        using var admin = mila.Admin();
        var (map, first) = await NetworkAsync(seats: 0);
        var @event = await Door.OpenAsync(admin, capacity: 1, audience: audience);
        var seated = await Door.RegisteredAsync(admin, @event, more: new { partnerId = map });
        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted", more: new { partnerId = map });
        await mila.TellAsync(new AgreementEnded(first, map, new(2026, 3, 8), 9, At));
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);
        (await Door.StatusAsync(admin, waiting)).ShouldBe("waitlisted", "no agreement opens the event to it");

        // Meanwhile the event has lost its limit: there is a line all the same.
        await Door.ChangeAsync(admin, @event, new { capacity = (int?)null });
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, waiting)).ShouldBe("waitlisted");
        var second = Guid.CreateVersion7();
        await mila.TellAsync(new AgreementSigned(second, map, "access", "reciprocal", new(2026, 3, 10), null, Events: true, Consultations: false, 0, 48, 1, At));
        (await Door.StatusAsync(admin, waiting)).ShouldBe("offered");
        (await Door.DecisionsAsync(admin, waiting)).ShouldHaveSingleItem().GetProperty("rule").GetString().ShouldBe("next-in-line");
        await mila.TellAsync(new AgreementEnded(second, map, new(2026, 3, 9), 9, At));
    }

    [Fact]
    public async Task Two_networks_keep_their_own_and_a_partners_key_sees_its_own()
    {
        using var admin = mila.Admin();
        var partner = (await admin.TellAsync("/v1/partners", new { code = "kept", name = "Kept", kind = "network" })).Expect(201)["id"].GetGuid();
        await mila.DrainAsync();
        var (first, one) = await NetworkAsync(seats: 2, partner: partner);
        var (second, two) = await NetworkAsync(seats: 1);
        var @event = await Door.OpenAsync(admin, capacity: 3, audience: "network");
        (await SeatsAsync(admin, @event)).ShouldBe((0, 0, 3, 0));
        await Door.RegisteredAsync(admin, @event, "waitlisted", more: new { memberId = await MemberAsync() });
        await Door.RegisteredAsync(admin, @event, more: new { partnerId = second });
        await Door.RegisteredAsync(admin, @event, more: new { partnerId = first, seats = 2 });
        (await SeatsAsync(admin, @event)).ShouldBe((3, 0, 0, 0));

        using var key = await mila.KeyAsync(partner, "events:read");
        (await key.AskAsync($"{@event.Path()}/allotments")).Expect(200)["items"].EnumerateArray().Select(i => i.GetProperty("partnerId").GetGuid()).ShouldBe([first]);
        (await admin.AskAsync($"/v1/events/{Guid.CreateVersion7()}/allotments")).ShouldRefuse(404, "event-unknown");
        using var nobody = mila.Anonymous();
        (await nobody.AskAsync($"{@event.Path()}/allotments")).ShouldRefuse(401, "unauthenticated");
        await mila.TellAsync(new AgreementEnded(one, first, new(2026, 3, 8), 9, At), new AgreementEnded(two, second, new(2026, 3, 8), 9, At));
    }

    [Fact]
    public async Task An_agreement_counts_on_the_day_of_the_event_and_only_the_newest_word_of_it()
    {
        using var admin = mila.Admin();
        var (map, agreement) = await NetworkAsync(seats: 0, startsOn: new(2026, 3, 17));
        var @event = await Door.OpenAsync(admin, audience: "network");
        (await Door.AskAsync(admin, @event, more: new { partnerId = map })).ShouldRefuse(409, "event-for-network");
        await mila.TellAsync(new AgreementChanged(agreement, map, "access", "received", new(2026, 3, 1), null, Events: true, Consultations: true, 0, 48, ["direction"], 3, At));
        (await Door.AskAsync(admin, @event, more: new { partnerId = map })).ShouldRefuse(409, "event-for-network");
        await mila.TellAsync(new AgreementChanged(agreement, map, "access", "given", new(2026, 3, 16), new(2026, 3, 16), Events: true, Consultations: false, 0, 48, ["direction"], 4, At));
        await mila.TellAsync(new AgreementChanged(agreement, map, "access", "given", new(2026, 3, 17), null, Events: true, Consultations: false, 0, 48, ["startsOn"], 2, At));
        await Door.RegisteredAsync(admin, @event, more: new { partnerId = map });
        await mila.TellAsync(new AgreementChanged(agreement, map, "access", "given", new(2026, 3, 16), new(2026, 3, 16), Events: false, Consultations: true, 0, 48, ["grants"], 5, At));
        (await Door.AskAsync(admin, @event, more: new { partnerId = map })).ShouldRefuse(409, "event-for-network");
    }

    [Fact]
    public void Two_agreements_in_turn_within_a_month_keep_the_larger_and_not_both()
    {
        var network = Guid.CreateVersion7();
        var networks = new Mila.Events.Networks.NetworkSeats(
        [
            Mila.Events.Networks.KnownAgreement.Unheard(Guid.CreateVersion7()).Says(network, "reciprocal", new(2026, 1, 1), new(2026, 5, 10), events: true, 2, 48, 1),
            Mila.Events.Networks.KnownAgreement.Unheard(Guid.CreateVersion7()).Says(network, "reciprocal", new(2026, 5, 11), null, events: true, 3, 48, 1),
        ], At);
        var plan = new Mila.Events.Agenda.EventPlan("p", new(new("x"), null), Mila.Events.Agenda.EventStatus.Planned, "2026-05", null, null, null, Mila.Events.Agenda.Audience.Network, 10, null, [], [], []);
        Mila.Events.Agenda.Event.Plan(Guid.CreateVersion7(), "x", plan, At).Succeeded(out var e, out _).ShouldBeTrue();
        e!.Publish(At).Succeeded(out _).ShouldBeTrue();
        networks.Kept(e, Mila.Events.Registrations.SeatPlan.Of(e.Id)).ShouldBe(3);
    }

    /// <summary>Taken, held, kept and free; together they are the capacity.</summary>
    internal static async Task<(int Taken, int Held, int Kept, int Free)> SeatsAsync(HttpClient admin, Answer @event)
    {
        var seats = (await admin.AskAsync($"{@event.Path()}/allotments")).Expect(200);
        var counted = (seats["taken"].GetInt32(), seats["held"].GetInt32(), seats["kept"].GetInt32(), seats["free"].GetInt32());
        (counted.Item1 + counted.Item2 + counted.Item3 + counted.Item4).ShouldBe(seats["capacity"].GetInt32());
        return counted;
    }

    private Task<(Guid Partner, Guid Agreement)> NetworkAsync(int seats, DateOnly? startsOn = null, Guid? partner = null) => NetworkAsync(mila, seats, 48, startsOn, partner);

    private Task<Guid> MemberAsync() => MemberAsync(mila);

    internal static async Task<(Guid Partner, Guid Agreement)> NetworkAsync(TestMila mila, int seats, int releasedHoursBefore = 48, DateOnly? startsOn = null, Guid? partner = null)
    {
        var (network, agreement) = (partner ?? Guid.CreateVersion7(), Guid.CreateVersion7());
        if (partner is null) await mila.TellAsync(new PartnerRegistered(network, $"n-{network.ToString("N")[20..]}", "Network", "network", Reciprocity: false, 1, At));
        await mila.TellAsync(new AgreementSigned(agreement, network, "access", "reciprocal", startsOn ?? new(2026, 1, 1), null, Events: true, Consultations: false, seats, releasedHoursBefore, 1, At));
        return (network, agreement);
    }

    internal static async Task<Guid> MemberAsync(TestMila mila)
    {
        var member = Guid.CreateVersion7();
        await mila.TellAsync(new Membership.Contracts.MemberAdmitted(member, "Label", "label", "beneficiary", [], GoodStanding: true, 1, At));
        return member;
    }
}
