using Mila.BuildingBlocks.Results;
using Mila.Hosting.Leases;
using Mila.Hosting.Members;
using Mila.Hosting.Spaces;
using Mila.Hosting.Tests.Members;

namespace Mila.Hosting.Tests.Leases;

public class LeaseTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 9);
    private static readonly KnownMember Active = KnownMemberTests.Known().Is("Zinc", 1).Stands("active", 1);
    private static readonly KnownMember Suspended = KnownMemberTests.Known().Is("Zinc", 1).Stands("suspended", 2);

    [Theory]
    [InlineData(0, 30, "Running")]
    [InlineData(1, 30, "Planned")]
    [InlineData(-30, 0, "Running")]
    [InlineData(-30, -1, "Ended")]
    [InlineData(0, 0, "Running")]
    public void A_lease_is_planned_running_or_ended_by_its_days(int from, int until, string status) => Signed(Term(from, until)).Status.ToString().ShouldBe(status);

    [Fact]
    public void A_lease_is_refused_most_specifically_first()
    {
        var (room, office) = (Space(SpaceKind.MeetingRoom), Space(SpaceKind.Office));
        var taken = new[] { Signed(Term(0, 30)) };

        Refusal(Sign(Suspended, room, Term(30, 0), taken, taken)).Code.ShouldBe("lease-ends-before-start");
        Refusal(Sign(Suspended, room, Term(0, 2000), taken, taken)).ShouldBe(LeaseErrors.SpaceNotLeased);
        Refusal(Sign(Suspended, office, Term(0, 2000), taken, taken)).ShouldBe(LeaseErrors.MemberNotActive);
        Refusal(Sign(Active, office, Term(30, 2000), taken, taken)).ShouldBe(LeaseErrors.Overlaps);
        Refusal(Sign(Active, office, Term(31, 2000), taken, taken)).ShouldBe(LeaseErrors.TermExceeded);
    }

    [Fact]
    public void A_shop_is_leased_for_longer_and_its_time_does_not_count()
    {
        Sign(Active, Space(SpaceKind.Shop), Term(0, 3000)).Succeeded(out var shop, out _).ShouldBeTrue();
        Sign(Active, Space(SpaceKind.Desk), Term(0, 1000), ofMember: [shop!]).Succeeded(out _, out _).ShouldBeTrue();
    }

    [Fact]
    public void A_lease_that_was_called_off_takes_no_days_and_no_months()
    {
        var calledOff = Signed(Term(10, 1000));
        calledOff.Terminate(Today, Today, Now).Succeeded(out var hasEnded, out _).ShouldBeTrue();

        (hasEnded, calledOff.Status, calledOff.HasRun, calledOff.TerminatedOn).ShouldBe((true, LeaseStatus.Ended, false, Today));
        Sign(Active, Space(SpaceKind.Office), Term(5, 1000), [calledOff], [calledOff]).Succeeded(out _, out _).ShouldBeTrue();
    }

    [Fact]
    public void The_timer_of_an_older_term_does_nothing()
    {
        var lease = Signed(Term(-10, 10));
        lease.Renew(Active, Today.AddDays(40), [lease], [lease], Now).Succeeded(out _).ShouldBeTrue();

        lease.Expire(termRevision: 1, Now).ShouldBeFalse();
        lease.Status.ShouldBe(LeaseStatus.Running);
        lease.Expire(termRevision: 2, Now).ShouldBeTrue();
        lease.Expire(termRevision: 2, Now).ShouldBeFalse();

        var calledOff = Signed(Term(10, 20));
        calledOff.Terminate(Today, Today, Now);
        calledOff.Start(termRevision: 1, Now).ShouldBeFalse();
        calledOff.Start(termRevision: 2, Now).ShouldBeFalse();
    }

    [Fact]
    public void A_note_leaves_the_timers_alone()
    {
        var lease = Signed(Term(10, 20));
        lease.Annotate("keys at the desk", Now);

        lease.Start(termRevision: 1, Now).ShouldBeTrue();
    }

    [Fact]
    public void A_renewal_is_refused_most_specifically_first()
    {
        var running = Signed(Term(0, 30));
        var next = Signed(Term(31, 60));
        var ended = Signed(Term(-60, -30));

        Refusal(ended.Renew(Active, Today, [], [], Now)).ShouldBe(LeaseErrors.Ended);
        Refusal(next.Renew(Active, Today.AddDays(90), [], [], Now)).ShouldBe(LeaseErrors.NotStarted);
        Refusal(running.Renew(Suspended, Today.AddDays(30), [], [], Now)).Code.ShouldBe("lease-renewal-not-later");
        Refusal(running.Renew(Suspended, Today.AddDays(31), [running, next], [], Now)).ShouldBe(LeaseErrors.MemberNotActive);
        Refusal(running.Renew(Active, Today.AddDays(31), [running, next], [], Now)).ShouldBe(LeaseErrors.Overlaps);
        Refusal(running.Renew(Active, Today.AddMonths(36), [running], [running], Now)).ShouldBe(LeaseErrors.TermExceeded);
        running.Renew(Active, Today.AddMonths(36).AddDays(-1), [running], [running], Now).Succeeded(out _).ShouldBeTrue();
    }

    [Fact]
    public void A_running_lease_is_ended_within_its_term_today_or_later()
    {
        Refusal(Signed(Term(0, 30)).Terminate(Today.AddDays(31), Today, Now)).Code.ShouldBe("lease-termination-not-earlier");
        Refusal(Signed(Term(0, 30)).Terminate(Today.AddDays(-1), Today, Now)).Code.ShouldBe("lease-termination-before-start");
        Refusal(Signed(Term(-30, -1)).Terminate(Today, Today, Now)).ShouldBe(LeaseErrors.Ended);

        var later = Signed(Term(0, 30));
        later.Terminate(Today.AddDays(10), Today, Now).Succeeded(out var hasEnded, out _).ShouldBeTrue();
        (hasEnded, later.Status, later.EndsOn, later.TermRevision).ShouldBe((false, LeaseStatus.Running, Today.AddDays(10), 2));

        var now = Signed(Term(0, 30));
        now.Terminate(Today, Today, Now).Succeeded(out hasEnded, out _).ShouldBeTrue();
        (hasEnded, now.Status, now.EndsOn).ShouldBe((true, LeaseStatus.Ended, Today));
    }

    private static Period Term(int from, int until) => new(Today.AddDays(from), Today.AddDays(until));

    private static Space Space(SpaceKind kind) => Mila.Hosting.Spaces.Space.Open(Guid.CreateVersion7(), "PEP-01", kind, new SpacePlan("pepiniere", 10, false, null, null, null, false), Now);

    private static Lease Signed(Period term)
    {
        Sign(Active, Space(SpaceKind.Office), term).Succeeded(out var lease, out _).ShouldBeTrue();
        return lease!;
    }

    private static Result<Lease> Sign(KnownMember member, Space space, Period term, IReadOnlyList<Lease>? ofSpace = null, IReadOnlyList<Lease>? ofMember = null) =>
        Lease.Sign(Guid.CreateVersion7(), member, space, term, null, ofSpace ?? [], ofMember ?? [], Today, Now);

    private static Error Refusal<T>(Result<T> result)
    {
        result.Succeeded(out _, out var refusal).ShouldBeFalse();
        return refusal!;
    }

    private static Error Refusal(Result result)
    {
        result.Succeeded(out var refusal).ShouldBeFalse();
        return refusal!;
    }
}
