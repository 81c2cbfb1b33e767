using Mila.BuildingBlocks.Results;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;

namespace Mila.Events.Tests.Agenda;

public class EventTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Evening = new(2026, 3, 16, 18, 0, 0, TimeSpan.Zero);

    private static readonly EventPlan InMarch = new(
        "club-mila", new EventTexts(new LocalizedText("Rencontre"), null), EventStatus.Planned, "2026-03", null, null, null, Audience.Members, null, null, [], [], []);

    private static readonly EventPlan OnMonday = InMarch with { Month = null, StartsAt = Evening, EndsAt = Evening.AddHours(2) };
    private static readonly EventPlan Someday = InMarch with { Month = null };

    [Fact]
    public void A_year_is_planned_in_months()
    {
        Planned(InMarch).When.ShouldBe(new When.InMonth("2026-03"));
        Planned(Someday).When.ShouldBe(new When.Undated());
        Planned(OnMonday).When.ShouldBe(new When.Scheduled(Evening, Evening.AddHours(2)));
    }

    [Fact]
    public void A_day_makes_the_month_superfluous() => Planned(OnMonday with { Month = "2026-03" }).When.ShouldBeOfType<When.Scheduled>();

    [Fact]
    public void Times_are_kept_in_UTC()
    {
        var inParis = new DateTimeOffset(2026, 3, 16, 19, 0, 0, TimeSpan.FromHours(1));
        ((When.Scheduled)Planned(OnMonday with { StartsAt = inParis }).When).StartsAt.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_plan_needs_both_ends_in_their_order_within_31_days()
    {
        RefusalOf(Plan(InMarch with { StartsAt = Evening })).ShouldBe(EventErrors.HalfScheduled.Code);
        RefusalOf(Plan(InMarch with { EndsAt = Evening })).ShouldBe(EventErrors.HalfScheduled.Code);
        RefusalOf(Plan(OnMonday with { EndsAt = Evening })).ShouldBe(EventErrors.EndsBeforeStart.Code);
        RefusalOf(Plan(OnMonday with { EndsAt = Evening.AddDays(31).AddTicks(1) })).ShouldBe(EventErrors.TooLong.Code);
        Planned(OnMonday with { EndsAt = Evening.AddDays(31) });
    }

    [Theory]
    [InlineData("Published")]
    [InlineData("Cancelled")]
    [InlineData("Held")]
    public void Nothing_is_born_announced(string status) => RefusalOf(Plan(InMarch with { Status = Enum.Parse<EventStatus>(status) })).ShouldBe(EventErrors.StatusByAction.Code);

    [Fact]
    public void The_time_is_refused_before_the_status() =>
        RefusalOf(Plan(OnMonday with { EndsAt = Evening, Status = EventStatus.Held })).ShouldBe(EventErrors.EndsBeforeStart.Code);

    [Fact]
    public void A_plan_that_says_the_same_changes_nothing()
    {
        var planned = Planned(OnMonday);
        Done(planned.Replan(OnMonday, Now.AddDays(1))).Fields.ShouldBeEmpty();
        (planned.Revision, planned.UpdatedAt).ShouldBe((1, Now));
    }

    [Fact]
    public void A_change_names_its_fields_and_counts()
    {
        var planned = Planned(InMarch);
        Done(planned.Replan(OnMonday with { Capacity = 40, Tags = ["video"] }, Now.AddDays(1))).Fields.ShouldBe(["startsAt", "endsAt", "capacity", "tags"]);
        (planned.Revision, planned.Sequence, planned.UpdatedAt).ShouldBe((2, 0, Now.AddDays(1)));
    }

    [Fact]
    public void Only_moves_of_what_people_know_count_in_calendars()
    {
        var published = Published(OnMonday);
        Done(published.Replan(OnMonday with { Status = EventStatus.Published, Capacity = 40 }, Now));
        published.Sequence.ShouldBe(0);
        Done(published.Replan(OnMonday with { Status = EventStatus.Published, Capacity = 40, EndsAt = Evening.AddHours(3) }, Now));
        published.Sequence.ShouldBe(1);
    }

    [Fact]
    public void A_published_event_keeps_a_date()
    {
        RefusalOf(Published(InMarch).Replan(Someday with { Status = EventStatus.Published }, Now)).ShouldBe(EventErrors.Undated.Code);
        Done(Published(OnMonday).Replan(InMarch with { Status = EventStatus.Published }, Now)).Fields.ShouldBe(["startsAt", "endsAt"]);
    }

    [Fact]
    public void States_change_by_their_actions_only()
    {
        RefusalOf(Planned(InMarch).Replan(InMarch with { Status = EventStatus.Published }, Now)).ShouldBe(EventErrors.StatusByAction.Code);
        RefusalOf(Published(InMarch).Replan(InMarch, Now)).ShouldBe(EventErrors.StatusByAction.Code);
        Done(Planned(InMarch).Replan(InMarch with { Status = EventStatus.Tentative }, Now)).Fields.ShouldBe(["status"]);
    }

    [Fact]
    public void What_was_held_keeps_its_time_and_may_be_told_better()
    {
        var held = Held();
        RefusalOf(held.Replan(OnMonday with { Status = EventStatus.Held, EndsAt = Evening.AddHours(3) }, Now)).ShouldBe(EventErrors.Held.Code);
        Done(held.Replan(OnMonday with { Status = EventStatus.Held, Tags = ["replay"] }, Now)).Fields.ShouldBe(["tags"]);
    }

    [Fact]
    public void Nobody_who_spoke_is_left_out_once_it_was_held()
    {
        var plan = OnMonday with { Status = EventStatus.Held, Speakers = [new("Ada"), new(Role: "consultante", MayBeFilmed: true)] };
        var held = Held(plan with { Status = EventStatus.Planned });
        RefusalOf(held.LinkReplay("https://video.example/x", Now)).ShouldBe(EventErrors.SpeakerNotFilmed.Code);
        foreach (var shorter in new Speaker[][] { [], [new("Ada")], [new(Role: "consultante", MayBeFilmed: true)], [new("Bo", MayBeFilmed: true), new("Cy", MayBeFilmed: true)] })
        {
            RefusalOf(held.Replan(plan with { Speakers = shorter }, Now)).ShouldBe(EventErrors.SpeakersStand.Code);
        }

        // A role is given its name, somebody is added, and the order is another.
        Done(held.Replan(plan with { Speakers = [new("Bo", MayBeFilmed: true), new("Di", "consultante", MayBeFilmed: true), new("Ada", MayBeFilmed: true)] }, Now)).Fields.ShouldBe(["speakers"]);
        held.LinkReplay("https://video.example/x", Now).Succeeded(out _).ShouldBeTrue();
        Done(held.Replan(plan with { Speakers = [new("Bo", MayBeFilmed: true), new("Di", "consultante", MayBeFilmed: true), new("Ada")] }, Now)).Fields.ShouldBe(["speakers", "replayUrl"]);
        RefusalOf(held.Replan(plan with { Speakers = [new("Bo", MayBeFilmed: true), new("Di", "consultante", MayBeFilmed: true)] }, Now)).ShouldBe(EventErrors.SpeakersStand.Code);
        RefusalOf(held.LinkReplay("https://video.example/x", Now)).ShouldBe(EventErrors.SpeakerNotFilmed.Code);
    }

    [Fact]
    public void Until_it_was_held_the_list_is_staffs()
    {
        var published = Published(OnMonday with { Speakers = [new("Ada")] });
        Done(published.Replan(OnMonday with { Status = EventStatus.Published, Speakers = [new("Bo")] }, Now)).Fields.ShouldBe(["speakers"]);
    }

    [Fact]
    public void A_recording_in_which_nobody_is_said_to_speak_is_not_shown()
    {
        var held = Held();
        RefusalOf(held.LinkReplay("https://video.example/x", Now)).ShouldBe(EventErrors.NobodySpeaks.Code);
        held.PublicReplayUrl.ShouldBeNull();
    }

    [Fact]
    public void A_change_of_the_end_alone_is_no_other_start()
    {
        var published = Published(OnMonday);
        Done(published.Replan(OnMonday with { Status = EventStatus.Published, EndsAt = Evening.AddHours(3) }, Now));
        (published.Sequence, published.PreviousStartsAt).ShouldBe((1, null));
        Done(published.Replan(OnMonday with { Status = EventStatus.Published, StartsAt = Evening.AddHours(1), EndsAt = Evening.AddHours(3) }, Now));
        (published.Sequence, published.PreviousStartsAt).ShouldBe((2, Evening));
        Done(published.Replan(OnMonday with { Status = EventStatus.Published, StartsAt = Evening.AddHours(1), EndsAt = Evening.AddHours(4) }, Now));
        (published.Sequence, published.PreviousStartsAt).ShouldBe((3, Evening));
        Done(published.Replan(InMarch with { Status = EventStatus.Published }, Now));
        published.PreviousStartsAt.ShouldBe(Evening.AddHours(1));
    }

    [Fact]
    public void A_day_that_is_taken_back_and_then_confirmed_is_no_move()
    {
        var published = Published(OnMonday);
        Done(published.Replan(InMarch with { Status = EventStatus.Published }, Now));
        published.PreviousStartsAt.ShouldBe(Evening);
        Done(published.Replan(OnMonday with { Status = EventStatus.Published }, Now));
        published.PreviousStartsAt.ShouldBeNull();
        Done(published.Replan(OnMonday with { Status = EventStatus.Published, StartsAt = Evening.AddHours(1) }, Now));
        Done(published.Replan(OnMonday with { Status = EventStatus.Published }, Now));
        published.PreviousStartsAt.ShouldBe(Evening.AddHours(1));
    }

    [Fact]
    public void What_comes_back_to_the_agenda_is_newer_than_what_left_it()
    {
        var published = Published(OnMonday);
        published.Unpublish(0, Now).Succeeded(out _).ShouldBeTrue();
        Done(published.Replan(OnMonday with { StartsAt = Evening.AddDays(1), EndsAt = Evening.AddDays(1).AddHours(2) }, Now));
        published.Publish(Now).Succeeded(out _).ShouldBeTrue();
        published.Sequence.ShouldBe(1);
    }

    [Fact]
    public void Another_room_beside_the_same_name_is_nobodys_news()
    {
        var venue = new Venue(VenueMode.OnSite, "La grande salle", SpaceCode: "SALLE-1");
        var published = Published(OnMonday with { Venue = venue });
        var other = OnMonday with { Status = EventStatus.Published, Venue = venue with { SpaceCode = "SALLE-2" } };
        var change = Done(published.Replan(other, Now));
        (change.Fields.Single(), change.MovesElsewhere, published.Sequence).ShouldBe(("venue", false, 0));
        var unnamed = OnMonday with { Status = EventStatus.Published, Venue = new Venue(VenueMode.OnSite, SpaceCode: "SALLE-2") };
        Done(published.Replan(unnamed, Now)).MovesElsewhere.ShouldBeTrue("It reads MILA now.");
        Done(published.Replan(unnamed with { Venue = new Venue(VenueMode.OnSite, "MILA", Whereabouts.HouseAddress) }, Now)).MovesElsewhere.ShouldBeFalse();
        Done(published.Replan(unnamed with { Venue = new Venue(VenueMode.Hybrid, "MILA", Whereabouts.HouseAddress) }, Now)).MovesElsewhere.ShouldBeTrue();
        Done(published.Replan(unnamed with { Venue = new Venue(VenueMode.Hybrid, "MILA", Whereabouts.HouseAddress, "https://meet.example/x") }, Now)).MovesElsewhere.ShouldBeTrue("Another link.");
    }

    [Fact]
    public void What_was_cancelled_is_refused_first_whatever_the_plan()
    {
        var cancelled = Cancelled();
        RefusalOf(cancelled.Replan(OnMonday with { EndsAt = Evening }, Now)).ShouldBe(EventErrors.Cancelled.Code);
        RefusalOf(cancelled.Publish(Now)).ShouldBe(EventErrors.Cancelled.Code);
        RefusalOf(cancelled.Hold(Evening)).ShouldBe(EventErrors.Cancelled.Code);
        RefusalOf(cancelled.Cancel(new LocalizedText("Encore."), Now)).ShouldBe(EventErrors.Cancelled.Code);
    }

    [Fact]
    public void Publication_is_refused_by_the_most_specific_rule()
    {
        RefusalOf(Published(InMarch).Publish(Now)).ShouldBe(EventErrors.AlreadyPublished.Code);
        RefusalOf(Held().Publish(Now)).ShouldBe(EventErrors.Held.Code);
        RefusalOf(Planned(Someday).Publish(Now)).ShouldBe(EventErrors.Undated.Code);
    }

    [Fact]
    public void Cancelling_says_whether_the_public_knew()
    {
        Done(Planned(InMarch).Cancel(new LocalizedText("Non."), Now)).ShouldBeFalse();
        var published = Published(InMarch);
        Done(published.Cancel(new LocalizedText("Non."), Now)).ShouldBeTrue();
        published.Sequence.ShouldBe(1);
        RefusalOf(Held().Cancel(new LocalizedText("Non."), Now)).ShouldBe(EventErrors.Held.Code);
    }

    [Fact]
    public void An_event_is_held_once_it_has_started()
    {
        RefusalOf(Planned(OnMonday).Hold(Evening)).ShouldBe(EventErrors.NotPublished.Code);
        RefusalOf(Published(InMarch).Hold(Evening)).ShouldBe(EventErrors.NotPublished.Code);
        RefusalOf(Published(OnMonday).Hold(Evening.AddTicks(-1))).ShouldBe(EventErrors.NotStarted.Code);
        Done(Published(OnMonday).Hold(Evening)).ShouldBe(new When.Scheduled(Evening, Evening.AddHours(2)));
    }

    [Fact]
    public void Events_sort_by_time_a_month_before_its_days_and_the_undated_last() =>
        new[] { Planned(Someday), Planned(OnMonday), Planned(InMarch), Planned(InMarch with { Month = "2026-04" }) }.OrderBy(e => e.SortKey, StringComparer.Ordinal)
            .Select(e => e.When.GetType().Name).ShouldBe(["InMonth", "Scheduled", "InMonth", "Undated"]);

    private static Result<Event> Plan(EventPlan plan) => Event.Plan(Guid.CreateVersion7(Now), "rencontre", plan, Now);

    private static Event Planned(EventPlan plan) => Done(Plan(plan));

    private static Event Published(EventPlan plan)
    {
        var published = Planned(plan);
        published.Publish(Now).Succeeded(out _).ShouldBeTrue();
        return published;
    }

    private static Event Held(EventPlan? plan = null)
    {
        var held = Published(plan ?? OnMonday);
        Done(held.Hold(Evening));
        return held;
    }

    private static Event Cancelled()
    {
        var cancelled = Published(OnMonday);
        Done(cancelled.Cancel(new LocalizedText("Non."), Now));
        return cancelled;
    }

    private static T Done<T>(Result<T> result) => result.Succeeded(out var value, out var refusal) ? value : throw new InvalidOperationException(refusal.Code);

    private static string? RefusalOf<T>(Result<T> result) => result.Succeeded(out _, out var refusal) ? null : refusal.Code;

    private static string? RefusalOf(Result result) => result.Succeeded(out var refusal) ? null : refusal.Code;
}
