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

    private static Event Held()
    {
        var held = Published(OnMonday);
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
