using CsCheck;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Networks;
using Mila.Events.Registrations;
using Gathering = Mila.Events.Agenda.Event;
using KnownMember = Mila.Events.Members.KnownMember;

namespace Mila.Events.Tests.Networks;

/// <summary>Any course of asking and giving back at one desk, with seats kept for two networks.</summary>
public sealed class KeptSeatsChurnTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid[] Networks = [Guid.CreateVersion7(), Guid.CreateVersion7()];

    private static readonly Gen<(int Who, int Seats, bool GiveBack)[]> Deeds = Gen.Select(Gen.Int[-1, 1], Gen.Int[1, 3], Gen.Bool).Array[1, 60];

    [Fact]
    public void Nobody_sits_on_a_seat_that_is_kept_for_others_and_the_seats_always_add_up() => Gen.Select(Deeds, Gen.Int[0, 4], Gen.Int[0, 4]).Sample((deeds, first, second) =>
    {
        var e = Announced(capacity: 8);
        var seats = SeatPlan.Of(e.Id);
        var networks = new NetworkSeats([Agreement(0, first), Agreement(1, second)], Now);
        var settings = new RegistrationSettings(TimeSpan.FromHours(4), TimeSpan.FromMinutes(30), "https://mila.example", "a@mila.example");
        var all = new List<Registration>();
        foreach (var (who, wanted, giveBack) in deeds)
        {
            var desk = new Desk(e, seats, settings, Now, networks);
            Guid? partner = who < 0 ? null : Networks[who];
            if (giveBack && all.Find(r => r.PartnerId == partner && r.Status is RegistrationStatus.Confirmed or RegistrationStatus.Offered) is { } goes)
            {
                desk.Cancel(goes);
            }
            else
            {
                var keptFromIt = networks.Kept(e, seats, partner);
                var member = KnownMember.Nobody(Guid.CreateVersion7()).Stands("active", goodStanding: true, 1);
                var wish = new Wish(new Person("x", $"{all.Count}@a.example", null, "fr"), who < 0 ? member.Id : null, partner, wanted, $"person {all.Count}");
                var free = seats.At(e).Free!.Value;
                desk.Register(Guid.CreateVersion7(), wish, new Known(who < 0 ? member : null, null), byMail: false).Succeeded(out var made, out var refusal).ShouldBeTrue(refusal?.Code);
                all.Add(made!);
                if (made!.Status is RegistrationStatus.Confirmed) (free - keptFromIt).ShouldBeGreaterThanOrEqualTo(wanted);
            }

            (seats.Taken + seats.Held + seats.At(e).Free!.Value).ShouldBe(8);
            seats.At(e).Free!.Value.ShouldBeGreaterThanOrEqualTo(0);
            seats.Taken.ShouldBe(all.Where(r => r.Use is SeatUse.Taken).Sum(r => r.Seats));
            foreach (var network in Networks)
            {
                seats.UseOf(network).Used.ShouldBe(all.Where(r => r.PartnerId == network && r.Use is SeatUse.Taken or SeatUse.Held && r.PartnerId == network).Sum(r => r.Seats));
                seats.UseOf(network).Waiting.ShouldBe(all.Count(r => r.PartnerId == network && r.Use is SeatUse.Waiting));
            }
        }
    }, iter: 300);

    private static KnownAgreement Agreement(int network, int seats) =>
        KnownAgreement.Unheard(Guid.CreateVersion7()).Says(Networks[network], "reciprocal", new(2026, 1, 1), null, events: true, seats, releasedHoursBefore: 0, revision: 1);

    private static Gathering Announced(int capacity)
    {
        var plan = new EventPlan("p", new EventTexts(new LocalizedText("x"), null), EventStatus.Planned, null, Now.AddDays(7), Now.AddDays(7).AddHours(2), null, Audience.Network, capacity, null, [], [], []);
        Gathering.Plan(Guid.CreateVersion7(), "x", plan, Now).Succeeded(out var e, out _).ShouldBeTrue();
        e!.Publish(Now).Succeeded(out _).ShouldBeTrue();
        return e;
    }
}
