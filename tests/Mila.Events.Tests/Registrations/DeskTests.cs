using CsCheck;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Registrations;
using Mila.Events.Waiting;
using Reason = Mila.Events.Waiting.Reason;

namespace Mila.Events.Tests.Registrations;

/// <summary>Everything that can be done at a desk, in any order: the seats always add up, and nobody is passed over without a reason.</summary>
public class DeskTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 8, 0, 0, TimeSpan.Zero);
    private static readonly RegistrationSettings Settings = new(TimeSpan.FromHours(4), TimeSpan.FromMinutes(30), "http://localhost", "mila@example.org");
    private static readonly EventPlan Plan = new("club", new EventTexts(new LocalizedText("Club"), null), EventStatus.Planned, null, Start.AddDays(20), Start.AddDays(20).AddHours(2), null, Audience.Public, 5, 3, [], [], []);

    private static readonly Gen<(int Verb, int Which, int Seats, int Party)[]> Deeds = Gen.Select(Gen.Int[0, 10], Gen.Int[0, 30], Gen.Int[1, 4], Gen.Int[0, 6]).Array[1, 80];

    [Fact]
    public void Seats_taken_held_and_free_are_the_capacity_whatever_happens() => Deeds.Sample(deeds =>
    {
        var house = new House();
        foreach (var deed in deeds)
        {
            house.Do(deed);
            house.ShouldAddUp();
        }
    }, iter: 2000);

    [Fact]
    public void Nobody_in_line_is_passed_over_without_a_reason_and_nobody_who_fits_waits_beside_a_free_seat() => Deeds.Sample(deeds =>
    {
        var house = new House();
        foreach (var deed in deeds)
        {
            house.Do(deed);
            house.ShouldHaveServedInOrder();
        }
    }, iter: 2000);

    [Fact]
    public void A_group_is_offered_a_group_of_seats_and_who_comes_after_it_meanwhile_is_a_decision()
    {
        var house = new House(capacity: 2);
        var (first, second) = (house.Register(1), house.Register(1));
        var (group, single) = (house.Register(2), house.Register(1));
        (group.Status, single.Status).ShouldBe((RegistrationStatus.Waitlisted, RegistrationStatus.Waitlisted));

        house.At(desk => desk.Cancel(first));
        (group.Status, single.Status).ShouldBe((RegistrationStatus.Waitlisted, RegistrationStatus.Offered));
        house.Last.Select(d => (d.RegistrationId, d.Kind, d.Rule, d.Rank, d.Of)).ShouldBe([
            (group.Id, DecisionKind.Skipped, "group-needs-more-seats", 1, 2), (single.Id, DecisionKind.Offered, "next-in-line", 2, 2)]);

        house.At(desk => desk.Cancel(second));
        group.Status.ShouldBe(RegistrationStatus.Waitlisted);
        house.At(desk => desk.Cancel(single));
        (group.Status, single.Status).ShouldBe((RegistrationStatus.Offered, RegistrationStatus.Declined));
    }

    [Fact]
    public void Fewer_past_places_go_first_then_the_time_of_asking()
    {
        var house = new House(capacity: 1);
        var seated = house.Register(1);
        var (often, late, early) = (house.Register(1, past: 2), house.Register(1, past: 1), house.Register(1, past: 0));
        house.Line.ShouldBe([early, late, often]);
        house.At(desk => desk.Cancel(seated));
        early.Status.ShouldBe(RegistrationStatus.Offered);
    }

    [Fact]
    public void An_offer_holds_four_working_hours_and_never_beyond_the_beginning()
    {
        var house = new House(capacity: 1);
        var (seated, waiting) = (house.Register(1), house.Register(1));
        // Friday 13 March 2026, 19:00 in Paris: one hour that day, three on Monday.
        house.Now = new DateTimeOffset(2026, 3, 13, 18, 0, 0, TimeSpan.Zero);
        house.At(desk => desk.Cancel(seated));
        waiting.OfferExpiresAt.ShouldBe(new DateTimeOffset(2026, 3, 16, 10, 0, 0, TimeSpan.Zero));

        house.Now = waiting.OfferExpiresAt!.Value;
        house.At(desk => desk.Accept(waiting)).Succeeded(out var refusal).ShouldBeFalse();
        refusal.ShouldBe(RegistrationErrors.OfferExpired);
        house.At(desk => desk.RunOut(waiting));
        (waiting.Status, house.Last.Single().Kind).ShouldBe((RegistrationStatus.Expired, DecisionKind.Expired));

        var shortly = new House(capacity: 1);
        var (first, second) = (shortly.Register(1), shortly.Register(1));
        shortly.Now = Start.AddDays(20).AddMinutes(-10);
        shortly.At(desk => desk.Cancel(first));
        second.OfferExpiresAt.ShouldBe(Start.AddDays(20));
    }

    [Fact]
    public void From_the_beginning_on_nobody_waits_and_who_asks_has_a_free_seat_or_none()
    {
        var house = new House(capacity: 2);
        var (seated, group) = (house.Register(1), house.Register(2));
        var pending = house.Register(2, byMail: true);
        house.Now = Start.AddDays(20);
        house.At(desk => desk.EndWait(group, 1, 1));
        (group.Status, group.Line, house.Seats.InLine).ShouldBe((RegistrationStatus.Expired, null, 0));
        house.Last.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.Kind.ShouldBe(DecisionKind.Expired), d => d.Rule.ShouldBe("event-began"), d => (d.Rank, d.Of).ShouldBe((1, 1)));

        Refusal(house, house.Wish(2, "person x"), new Known(null, null)).ShouldBe(RegistrationErrors.Full);
        Refusal(house, house.Wish(2, "person x"), new Known(null, null, IsRegistered: true), byMail: true).ShouldBe(RegistrationErrors.Full, "a stranger learns nothing of who is registered");
        house.At(desk => desk.ConfirmAddress(pending, new Known(null, null))).Succeeded(out var refusal).ShouldBeFalse();
        refusal.ShouldBe(RegistrationErrors.OfferExpired);
        house.Register(1).Status.ShouldBe(RegistrationStatus.Confirmed);
        seated.Status.ShouldBe(RegistrationStatus.Confirmed);
    }

    [Fact]
    public void Who_confirms_after_the_beginning_is_told_whether_the_event_is_full_or_the_organisation_has_its_share()
    {
        var house = new House(capacity: 1) { Now = Start.AddDays(20).AddMinutes(-10) };
        var seated = house.Register(1);
        var late = house.Register(1, byMail: true, party: "organisation x");
        house.Now = Start.AddDays(20);
        Known Has(int seats) => new(null, null) { Share = new SharedCount { Seats = seats } };
        house.At(desk => desk.ConfirmAddress(late, Has(0))).Succeeded(out var full).ShouldBeFalse();
        full.ShouldBe(RegistrationErrors.Full);
        house.At(desk => desk.Cancel(seated));
        house.At(desk => desk.ConfirmAddress(late, Has(house.Event.SeatsPerOrganisation!.Value))).Succeeded(out var share).ShouldBeFalse();
        share!.Code.ShouldBe(RegistrationErrors.OrganisationSeatsTaken.Code);
        house.At(desk => desk.ConfirmAddress(late, Has(0))).Succeeded(out _).ShouldBeTrue();
        late.Status.ShouldBe(RegistrationStatus.Confirmed);
    }

    [Fact]
    public void A_pending_ones_seats_are_held_and_then_free()
    {
        var house = new House(capacity: 1);
        var pending = house.Register(1, byMail: true);
        (pending.Status, house.Seats.Held, house.Seats.At(house.Event).Free).ShouldBe((RegistrationStatus.Pending, 1, 0));
        var next = house.Register(1);
        next.Status.ShouldBe(RegistrationStatus.Waitlisted);

        house.At(desk => desk.RunOut(pending));
        pending.Status.ShouldBe(RegistrationStatus.Pending);
        house.Now += TimeSpan.FromMinutes(30);
        house.At(desk => desk.RunOut(pending));
        (pending.Status, next.Status).ShouldBe((RegistrationStatus.Expired, RegistrationStatus.Offered));
    }

    [Fact]
    public void The_link_of_a_hybrid_event_has_room_for_everybody_and_its_room_has_not()
    {
        var house = new House(capacity: 1);
        house.Meet(VenueMode.Hybrid);
        var (seated, waiting, remote) = (house.Register(1), house.Register(1), house.Register(3, place: Place.Remote));
        (seated.Status, waiting.Status, remote.Status).ShouldBe((RegistrationStatus.Confirmed, RegistrationStatus.Waitlisted, RegistrationStatus.Confirmed));
        house.Seats.At(house.Event).ShouldBe(new SeatCount(1, 0, 3, 1));

        // Who waits for a seat may take part by the link instead; who sits in the room may leave the seat to the next.
        house.At(d => d.SwitchTo(remote, Place.OnSite, new Known(null, null))).Succeeded(out var full).ShouldBeFalse();
        full.ShouldBe(RegistrationErrors.NoSeatOnSite);
        var next = house.Register(1);
        house.At(d => d.SwitchTo(waiting, Place.Remote, new Known(null, null))).Succeeded(out _).ShouldBeTrue();
        house.At(d => d.SwitchTo(seated, Place.Remote, new Known(null, null))).Succeeded(out _).ShouldBeTrue();
        (waiting.Status, waiting.Line, seated.Status, next.Status).ShouldBe((RegistrationStatus.Confirmed, null, RegistrationStatus.Confirmed, RegistrationStatus.Offered));
        house.At(d => d.Cancel(next));
        house.At(d => d.SwitchTo(seated, Place.OnSite, new Known(null, null))).Succeeded(out _).ShouldBeTrue();
        house.Seats.At(house.Event).ShouldBe(new SeatCount(1, 0, 4, 1));

        // A link that is no more would leave five people and one seat.
        house.Meet(VenueMode.OnSite).ShouldBe(EventErrors.SeatsInUse);
        house.Meet(VenueMode.Online).ShouldBe(EventErrors.SeatsInUse);
    }

    [Fact]
    public void Who_has_not_followed_the_event_yet_wins_no_place_by_switching()
    {
        var house = new House(capacity: 1);
        var (seated, waiting) = (house.Register(1), house.Register(1));
        house.Meet(VenueMode.Online, follow: false).ShouldBeNull();

        house.At(d => d.SwitchTo(waiting, Place.Remote, new Known(null, null))).Succeeded(out _).ShouldBeTrue();
        house.At(d => d.SwitchTo(seated, Place.Remote, new Known(null, null))).Succeeded(out _).ShouldBeTrue();
        (waiting.Status, waiting.Place, seated.Status, seated.Place).ShouldBe((RegistrationStatus.Waitlisted, Place.Remote, RegistrationStatus.Confirmed, Place.Remote));
        house.Seats.At(house.Event).ShouldBe(new SeatCount(1, 0, 0, 1));
        house.Seats.InLine.ShouldBe(1);
    }

    [Fact]
    public void An_event_gives_the_places_that_it_has()
    {
        var house = new House();
        Refusal(house, house.Wish(1, "person x") with { Place = Place.Remote }, new Known(null, null)).ShouldBe(RegistrationErrors.OnSiteOnly);
        house.Meet(VenueMode.Online);
        Refusal(house, house.Wish(1, "person x") with { Place = Place.OnSite }, new Known(null, null)).ShouldBe(RegistrationErrors.RemoteOnly);
        var remote = house.Register(2);
        (remote.Place, house.Seats.At(house.Event)).ShouldBe((Place.Remote, new SeatCount(2, 0, 0, 5)));
        house.Meet(VenueMode.OnSite);
        (remote.Place, house.Seats.At(house.Event)).ShouldBe((Place.OnSite, new SeatCount(2, 0, 0, 5)));
    }

    [Fact]
    public void The_most_specific_refusal_comes_first()
    {
        var house = new House(capacity: 2);
        var wish = house.Wish(3, "person x");
        Refusal(house, wish, new Known(null, null, IsRegistered: true)).ShouldBe(RegistrationErrors.GroupTooLarge);
        Refusal(house, house.Wish(1, "organisation x"), new Known(null, null, IsRegistered: true) { Share = new SharedCount { Seats = 3 } }).ShouldBe(RegistrationErrors.AlreadyRegistered);
        Refusal(house, house.Wish(1, "organisation x"), new Known(null, null, IsRegistered: true) { Share = new SharedCount { Seats = 3 } }, byMail: true)!.Code.ShouldBe("organisation-seats-taken");
        Refusal(house, house.Wish(1, "organisation x"), new Known(null, null) { Share = new SharedCount { Seats = 3 } })!.Code.ShouldBe("organisation-seats-taken");
        house.Now = Start.AddDays(21);
        Refusal(house, wish, new Known(null, null)).ShouldBe(RegistrationErrors.EventOver);
    }

    private static Mila.BuildingBlocks.Results.Error? Refusal(House house, Wish wish, Known known, bool byMail = false)
    {
        new Desk(house.Event, house.Seats, Settings, house.Now).Register(Guid.CreateVersion7(), wish, known, byMail).Succeeded(out _, out var refusal);
        return refusal;
    }

    /// <summary>An event and everybody registered for it, in memory.</summary>
    private sealed class House
    {
        private readonly List<Registration> _all = [];
        private int _number;
        private int _capacity;
        private bool _hasMet;
        private bool _lags;

        public House(int capacity = 5)
        {
            _capacity = capacity;
            Event.Plan(Guid.CreateVersion7(), "club", Plan with { Capacity = capacity }, Start).Succeeded(out var planned, out _).ShouldBeTrue();
            Event = planned!;
            Event.Publish(Start);
            Seats = SeatPlan.Of(Event.Id);
        }

        public Event Event { get; }

        public SeatPlan Seats { get; }

        public DateTimeOffset Now { get; set; } = Start;

        public List<Decision> Last { get; private set; } = [];

        private List<Registration> LineBefore { get; set; } = [];

        public List<Registration> Line => [.. _all.Where(r => r.Line is not null).OrderBy(r => r.Line, StringComparer.Ordinal)];

        public Wish Wish(int seats, string party) => new(new Person("N", $"p{_number++}@x.example", null, "fr"), null, null, seats, party);

        public Registration Register(int seats, int past = 0, bool byMail = false, string? party = null, Place? place = null)
        {
            Registration? made = null;
            Now += TimeSpan.FromTicks(1);
            At(desk =>
            {
                var wish = Wish(seats, party ?? $"person {_number}") with { Place = place };
                if (desk.Register(Guid.CreateVersion7(), wish, new Known(null, null, PastPlaces: past) { Share = new SharedCount { Seats = HeldBy(wish.Party) } }, byMail).Succeeded(out made, out _)) _all.Add(made!);
            });
            return made!;
        }

        public void At(Action<Desk> act) => At(desk =>
        {
            act(desk);
            return Mila.BuildingBlocks.Results.Result.Done;
        });

        public Mila.BuildingBlocks.Results.Result At(Func<Desk, Mila.BuildingBlocks.Results.Result> act)
        {
            var desk = new Desk(Event, Seats, Settings, Now);
            var result = act(desk);
            LineBefore = Line;
            if (desk.MayServe)
            {
                var shares = _all.Select(r => r.Party).Distinct(StringComparer.Ordinal).ToDictionary(p => p, p => new SharedCount { Seats = HeldBy(p) });
                desk.Serve(LineBefore, 1, LineBefore.Count, new List<(Registration, int, Reason)>(), r => new Known(null, null) { Share = shares[r.Party] });
            }

            Last = desk.Decisions;
            return result;
        }

        public void Do((int Verb, int Which, int Seats, int Party) deed)
        {
            var chosen = _all.Count == 0 ? null : _all[deed.Which % _all.Count];
            switch (deed.Verb)
            {
                case 0 or 1 or 2: Register(deed.Seats, past: deed.Which % 3, byMail: deed.Verb == 2, deed.Party < 3 ? $"organisation {deed.Party}" : null, Event.Mode() is VenueMode.Hybrid && deed.Party % 2 == 1 ? Place.Remote : null); break;
                case 3 when chosen is not null: At(d => d.Cancel(chosen)); break;
                case 4 when chosen is not null: At(d => d.Accept(chosen)); break;
                case 5 when chosen is not null: At(d => d.ConfirmAddress(chosen, new Known(null, null, PastPlaces: deed.Which % 3) { Share = new SharedCount { Seats = HeldBy(chosen.Party) - (chosen.Use is SeatUse.Held && IsCounted(chosen) ? chosen.Seats : 0) } })); break;
                case 6:
                    Now += TimeSpan.FromHours(deed.Which);
                    if (_lags) Follow();
                    foreach (var r in _all.ToList()) At(d => d.RunOut(r));
                    At(d =>
                    {
                        var line = d.IsLineOver ? Line : [];
                        for (var i = 0; i < line.Count; i++) d.EndWait(line[i], i + 1, line.Count);
                    });
                    break;
                case 7: Resize(deed.Which); break;
                case 9 when chosen is not null: At(d => d.SwitchTo(chosen, (Place)(deed.Seats % 2), new Known(null, null) { Share = new SharedCount { Seats = HeldBy(chosen.Party) } })); break;
                case 10: Meet((VenueMode)(deed.Which % 3), follow: deed.Seats % 2 == 0); break;
                case 8 when Line is { Count: > 1 } line && chosen?.Line is not null:
                    var others = line.Where(r => r != chosen).ToList();
                    var to = deed.Seats % others.Count;
                    At(d => d.Move(chosen, LineKey.Between(to == 0 ? LineKey.First(Event.Id) : others[to - 1].Line!, others[to].Line!), to + 1, "pour voir"));
                    Line[to].ShouldBe(chosen);
                    break;
            }
        }

        public void ShouldAddUp()
        {
            var count = Seats.At(Event);
            count.Taken.ShouldBe(Sum(SeatUse.Taken, IsCounted));
            count.Held.ShouldBe(Sum(SeatUse.Held, IsCounted));
            (Seats.RemoteTaken, Seats.RemoteHeld).ShouldBe((Sum(SeatUse.Taken, r => r.Place is Place.Remote), Sum(SeatUse.Held, r => r.Place is Place.Remote)));
            (Seats.InLine, Seats.RemoteWaiting).ShouldBe((Line.Count, Line.Count(r => r.Place is Place.Remote)));
            Seats.Waiting.ShouldAllBe(n => n >= 0);
            (count.Taken + count.Held + count.Free).ShouldBe(_capacity);
            count.Free!.Value.ShouldBeGreaterThanOrEqualTo(0);
            if (!_lags && Event.Mode().Only() is { } only) _all.Where(r => r.Status.IsLive()).ShouldAllBe(r => r.Place == only);
            // Places by the link were nobody's share while the event had a room too.
            if (!_hasMet) foreach (var party in _all.Select(r => r.Party).Where(Parties.IsOrganisation).Distinct()) HeldBy(party).ShouldBeLessThanOrEqualTo(Plan.SeatsPerOrganisation!.Value);
        }

        public void ShouldHaveServedInOrder()
        {
            var served = Last.Where(d => d.Kind is DecisionKind.Offered or DecisionKind.Skipped).ToList();
            served.Select(d => d.Rank).Order().ShouldBe(Enumerable.Range(1, served.Count), "every rank up to the last one served has a decision");
            foreach (var decision in served) LineBefore[decision.Rank - 1].Id.ShouldBe(decision.RegistrationId);

            if (Event.When is When.Scheduled s && s.StartsAt <= Now)
            {
                Line.ShouldBeEmpty("nobody waits once it has begun");
                return;
            }

            foreach (var waiting in Line) (!IsCounted(waiting) || (Seats.At(Event).Has(waiting.Seats) && !(Parties.IsOrganisation(waiting.Party) && HeldBy(waiting.Party) + waiting.Seats > Plan.SeatsPerOrganisation))).ShouldBeFalse("a seat is free for one who waits");
        }

        /// <summary>The event has another mode, and those who are registered follow, at once or later. What it is refused for, if it is.</summary>
        public Mila.BuildingBlocks.Results.Error? Meet(VenueMode mode, bool follow = true)
        {
            if (!Event.Replan(Plan with { Status = EventStatus.Published, Capacity = _capacity, Venue = new Venue(mode) }, Now, Seats).Succeeded(out _, out var refusal)) return refusal;

            (_hasMet, _lags) = (true, !follow);
            if (follow) Follow();
            else At(_ => { });
            return null;
        }

        private void Follow()
        {
            _lags = false;
            At(desk =>
            {
                foreach (var r in _all.Where(r => r.Status.IsLive())) desk.Follow(r);
            });
        }

        private bool IsCounted(Registration r) => Event.Mode() is not VenueMode.Hybrid || r.Place is Place.OnSite;

        private void Resize(int capacity)
        {
            if (capacity < 1 || !Event.Replan(Plan with { Status = EventStatus.Published, Capacity = capacity, Venue = Event.Venue }, Now, Seats).Succeeded(out _, out _)) return;

            _capacity = capacity;
            At(_ => { });
        }

        private int Sum(SeatUse use, Func<Registration, bool> which) => _all.Where(r => r.Use == use && which(r)).Sum(r => r.Seats);

        private int HeldBy(string party) => _all.Where(r => r.Party == party && r.Use is SeatUse.Held or SeatUse.Taken && IsCounted(r)).Where(r => r.Party == party).Sum(r => r.Seats);
    }
}
