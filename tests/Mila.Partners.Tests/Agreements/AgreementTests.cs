using Mila.BuildingBlocks.Results;
using Mila.Partners.Agreements;

namespace Mila.Partners.Tests.Agreements;

public sealed class AgreementTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 9);
    private static readonly Guid Partner = Guid.CreateVersion7();
    private static readonly AgreementGrants Events = new(Events: true);

    [Fact]
    public void It_is_planned_then_runs_and_is_over_after_its_last_day()
    {
        var agreement = Signed("2026-04-01", "2026-04-30");
        agreement.StatusOn(new(2026, 3, 31)).ShouldBe(AgreementStatus.Planned);
        agreement.StatusOn(new(2026, 4, 1)).ShouldBe(AgreementStatus.Running);
        agreement.StatusOn(new(2026, 4, 30)).ShouldBe(AgreementStatus.Running);
        agreement.StatusOn(new(2026, 5, 1)).ShouldBe(AgreementStatus.Ended);
        agreement.RunOut(new(2026, 4, 30), Now).ShouldBeFalse();
        agreement.RunOut(new(2026, 5, 1), Now).ShouldBeTrue();
        agreement.RunOut(new(2026, 5, 1), Now).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-01-01", "2026-03-31", true)]
    [InlineData("2026-03-31", "2026-04-01", true)]
    [InlineData("2026-04-30", null, true)]
    [InlineData("2025-01-01", null, true)]
    [InlineData("2026-01-01", "2026-03-30", false)]
    [InlineData("2026-05-01", null, false)]
    public void Two_of_a_kind_share_no_day(string startsOn, string? endsOn, bool overlaps)
    {
        var first = Signed("2026-03-31", "2026-04-30");
        var second = Sign(startsOn, endsOn, others: [first]);
        second.ShouldBe(overlaps ? AgreementErrors.Overlaps : null);
        Sign(startsOn, endsOn, kind: AgreementKind.Exchange, grants: AgreementGrants.Nothing, others: [first]).ShouldBeNull();
    }

    [Fact]
    public void One_that_ended_before_it_began_is_in_nobodys_way()
    {
        var never = Signed("2026-04-01", null);
        never.EndBy(Today, "they merged", Today, Now).Succeeded(out _).ShouldBeTrue();
        never.StatusOn(new(2026, 4, 2)).ShouldBe(AgreementStatus.Ended);
        Sign("2026-04-01", null, others: [never]).ShouldBeNull();
    }

    [Fact]
    public void An_early_end_is_yesterday_at_the_earliest_and_within_what_was_agreed()
    {
        Refusal(Signed("2026-01-01", "2026-12-31").EndBy(Today.AddDays(-2), null, Today, Now)).ShouldBe(AgreementErrors.EndingInThePast.Code);
        Refusal(Signed("2026-01-01", "2026-12-31").EndBy(new(2027, 1, 1), null, Today, Now)).ShouldBe(AgreementErrors.EndsEarlier.Code);

        var atOnce = Signed("2026-01-01", "2026-12-31");
        atOnce.EndBy(Today.AddDays(-1), "why", Today, Now).Succeeded(out _).ShouldBeTrue();
        atOnce.GrantsOn(Today).ShouldBeFalse();
        atOnce.GrantsOn(Today.AddDays(-1)).ShouldBeTrue();
        atOnce.RunOut(Today, Now).ShouldBeTrue();
        Refusal(atOnce.EndBy(Today, null, Today, Now)).ShouldBe(AgreementErrors.Ended.Code);
    }

    [Fact]
    public void A_slip_in_a_year_does_not_end_it_for_good()
    {
        var agreement = Signed("2025-01-01", null);
        agreement.Change(Terms("2025-01-01", "2025-12-31", Events), [], Now).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBeOfType<InvalidError>().Code.ShouldBe(AgreementErrors.EndingInThePast.Code);
        agreement.Change(Terms("2025-01-01", "2026-12-31", Events), [], Now).Succeeded(out _, out _).ShouldBeTrue();
        agreement.Change(Terms("2025-01-01", "2026-03-08", Events), [], Now).Succeeded(out _, out _).ShouldBeTrue();
    }

    [Fact]
    public void Why_it_was_to_end_goes_with_that_end()
    {
        var agreement = Signed("2025-01-01", null);
        agreement.EndBy(new(2026, 12, 31), "they merge", Today, Now).Succeeded(out _).ShouldBeTrue();
        agreement.Change(Terms("2025-01-01", "2026-12-31", new AgreementGrants(Events: true, SeatsPerEvent: 2)), [], Now).Succeeded(out var same, out _).ShouldBeTrue();
        same!.Fields.ShouldBe(["grants"]);
        agreement.EndedBecause.ShouldBe("they merge");
        agreement.Change(Terms("2025-01-01", null, Events), [], Now).Succeeded(out var open, out _).ShouldBeTrue();
        open!.Fields.ShouldBe(["endsOn", "grants", "endedBecause"]);
        agreement.EndedBecause.ShouldBeNull();
    }

    [Fact]
    public void Only_access_grants_and_it_grants_something()
    {
        Sign("2026-01-01", "2025-12-31", grants: AgreementGrants.Nothing).ShouldBeOfType<InvalidError>().Code.ShouldBe("agreement-ends-before-start");
        Sign("2026-01-01", null, grants: AgreementGrants.Nothing)!.Code.ShouldBe("agreement-grants-nothing");
        Sign("2026-01-01", null, kind: AgreementKind.Affiliation)!.Code.ShouldBe("agreement-grants-by-access-only");
        Sign("2026-01-01", null, grants: new AgreementGrants(Consultations: true, SeatsPerEvent: 2))!.Code.ShouldBe("agreement-seats-without-events");
    }

    [Theory]
    [InlineData(AgreementDirection.Reciprocal, true, true)]
    [InlineData(AgreementDirection.Given, false, true)]
    [InlineData(AgreementDirection.Received, true, false)]
    public void The_direction_says_who_opens(object direction, bool toOurs, bool toTheirs)
    {
        var agreement = Signed("2026-01-01", null, (AgreementDirection)direction);
        (agreement.OpensToOurs(Today), agreement.OpensToTheirs(Today)).ShouldBe((toOurs, toTheirs));
        (agreement.OpensToOurs(new(2025, 12, 31)), agreement.OpensToTheirs(new(2025, 12, 31))).ShouldBe((false, false));
    }

    private static string Refusal(Result result) => result.Succeeded(out var refusal) ? "" : refusal.Code;

    private static AgreementTerms Terms(string startsOn, string? endsOn, AgreementGrants grants, AgreementDirection direction = AgreementDirection.Reciprocal) =>
        new(DateOnly.Parse(startsOn, System.Globalization.CultureInfo.InvariantCulture), endsOn is null ? null : DateOnly.Parse(endsOn, System.Globalization.CultureInfo.InvariantCulture), direction, grants, null);

    private static Agreement Signed(string startsOn, string? endsOn, AgreementDirection direction = AgreementDirection.Reciprocal)
    {
        Agreement.Sign(Guid.CreateVersion7(), Partner, AgreementKind.Access, Terms(startsOn, endsOn, Events, direction), [], Now).Succeeded(out var agreement, out _).ShouldBeTrue();
        return agreement!;
    }

    private static Error? Sign(string startsOn, string? endsOn, AgreementKind kind = AgreementKind.Access, AgreementGrants? grants = null, params Agreement[] others)
    {
        Agreement.Sign(Guid.CreateVersion7(), Partner, kind, Terms(startsOn, endsOn, grants ?? Events), others, Now).Succeeded(out _, out var refusal);
        return refusal;
    }
}
