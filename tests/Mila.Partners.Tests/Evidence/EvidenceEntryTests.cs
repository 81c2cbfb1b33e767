using Mila.Events.Contracts;
using Mila.Partners.Evidence;

namespace Mila.Partners.Tests.Evidence;

public class EvidenceEntryTests
{
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly DateTimeOffset At = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_told_twice_changes_nothing()
    {
        var entry = EvidenceEntry.Event(Id);
        entry.Held(Held(revision: 4));
        entry.Counted(Counted(revision: 1, attended: 12));
        var before = (entry.Minutes, entry.Attended, entry.StartsOn, entry.UpdatedAt);

        entry.Held(Held(revision: 4));
        entry.Counted(Counted(revision: 1, attended: 99));

        (entry.Minutes, entry.Attended, entry.StartsOn, entry.UpdatedAt).ShouldBe(before);
        (entry.Minutes, entry.Attended, entry.StartsOn).ShouldBe((120, 12, new DateOnly(2026, 3, 9)));
    }

    [Fact]
    public void A_correction_replaces_and_an_older_one_that_comes_late_does_not()
    {
        var entry = EvidenceEntry.Event(Id);
        entry.Counted(Counted(revision: 2, attended: 13));
        entry.Counted(Counted(revision: 1, attended: 12));
        entry.Held(Held(revision: 4, programme: "juriquizz"));
        entry.Reads(new EventChanged(Id, "s", "codev", "t", null, "members", null, [], ["programme"], 3, At));

        (entry.Attended, entry.Programme).ShouldBe((13, "juriquizz"));
    }

    [Fact]
    public void What_did_not_take_place_stays_as_withdrawn()
    {
        var entry = EvidenceEntry.Event(Id);
        entry.Counted(Counted(revision: 1, attended: 12));
        entry.CalledOff(new EventCancelled(Id, "s", "club-mila", null, null, [], 5, At));
        entry.Withdrawn.ShouldBeTrue();
        entry.Held(Held(revision: 4));
        entry.Withdrawn.ShouldBeTrue("the older one came late");
    }

    [Fact]
    public void A_lease_ends_when_it_was_told_last_in_whatever_order()
    {
        var member = Guid.CreateVersion7();
        var entry = EvidenceEntry.Lease(Id);
        entry.Ended(member, "office", new DateOnly(2026, 6, 30), At.AddDays(2));
        entry.Runs(member, "office", new DateOnly(2025, 1, 1), new DateOnly(2027, 12, 31), At);
        (entry.StartsOn, entry.EndsOn, entry.Withdrawn).ShouldBe((new DateOnly(2025, 1, 1), new DateOnly(2026, 6, 30), false));

        var never = EvidenceEntry.Lease(Guid.CreateVersion7());
        never.Runs(member, "office", new DateOnly(2026, 9, 1), new DateOnly(2027, 8, 31), At);
        never.Ended(member, "office", new DateOnly(2026, 8, 15), At.AddDays(1));
        never.Withdrawn.ShouldBeTrue();
    }

    [Fact]
    public void A_night_over_New_Year_counts_in_the_year_it_began_and_a_lease_in_both()
    {
        var party = EvidenceEntry.Event(Id);
        party.Held(new EventHeld(Id, "s", "pot-networking", new DateTimeOffset(2026, 12, 31, 20, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 2, 0, 0, TimeSpan.Zero), [], 1, At));
        var lease = EvidenceEntry.Lease(Guid.CreateVersion7());
        lease.Runs(Guid.CreateVersion7(), "office", new DateOnly(2026, 6, 1), new DateOnly(2027, 5, 31), At);

        (Counts(party, 2026), Counts(party, 2027), Counts(lease, 2026), Counts(lease, 2027)).ShouldBe((true, false, true, true));

        static bool Counts(EvidenceEntry entry, int year) => entry.Within(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
    }

    [Theory]
    [InlineData("2026-10-14T10:00:00+02:00", "2026-10-16T18:00:00+02:00", 24 * 60)] // a stand of three days
    [InlineData("2026-03-09T19:00:00+01:00", "2026-03-09T21:00:00+01:00", 120)]
    [InlineData("2026-12-31T20:00:00+01:00", "2027-01-01T06:00:00+01:00", 600)] // one night
    [InlineData("2026-06-20T10:00:00+02:00", "2026-06-21T18:00:00+02:00", 16 * 60)] // two days
    [InlineData("2026-06-19T18:00:00+02:00", "2026-06-22T02:00:00+02:00", 24 * 60)] // three evenings, until two
    [InlineData("2026-06-19T18:00:00+02:00", "2026-06-21T12:00:00+02:00", 24 * 60)] // a weekend away, two nights
    [InlineData("2026-06-20T00:00:00+02:00", "2026-06-22T00:00:00+02:00", 24 * 60)] // two whole days
    [InlineData("2026-06-19T18:00:00+02:00", "2026-06-20T12:00:00+02:00", 12 * 60)]
    [InlineData("2026-10-24T10:00:00+02:00", "2026-10-25T18:00:00+01:00", 16 * 60)] // the clocks change between
    [InlineData("2026-10-25T00:00:00+02:00", "2026-10-25T04:00:00+01:00", 300)] // and here while it lasts
    public void What_lasts_days_counts_the_hours_of_its_days_and_never_the_nights(string startsAt, string endsAt, int minutes)
    {
        var entry = EvidenceEntry.Event(Id);
        entry.Held(new EventHeld(Id, "s", "mama", At(startsAt), At(endsAt), [], 1, EvidenceEntryTests.At));
        entry.Minutes.ShouldBe(minutes);

        static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();
    }

    private static EventHeld Held(int revision, string programme = "club-mila") => new(Id, "s", programme, At, At.AddHours(2), [], revision, At);

    private static AttendanceCounted Counted(int revision, int attended) => new(Id, "club-mila", At, At.AddHours(2), attended, 1, 2, [Guid.CreateVersion7()], revision, At);
}
