using Mila.BuildingBlocks.Results;
using Mila.Membership.Affiliations;
using Mila.Membership.Members;

namespace Mila.Membership.Tests.Members;

public class MemberTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 9);

    [Fact]
    public void A_candidate_is_known_to_nobody_and_in_no_standing()
    {
        var candidate = Candidate();

        (candidate.Status, candidate.Affiliation, candidate.GoodStanding, candidate.IsKnown, candidate.Revision).ShouldBe((MemberStatus.Candidate, null, false, false, 1));
    }

    [Fact]
    public void An_admitted_company_is_a_beneficiary_in_good_standing()
    {
        var member = Active();

        (member.Status, member.Affiliation, member.GoodStanding, member.AdmittedOn, member.Revision).ShouldBe((MemberStatus.Active, Affiliation.Beneficiary, true, Today, 2));
    }

    [Fact]
    public void What_was_decided_of_a_candidate_holds_when_it_is_admitted()
    {
        var candidate = Candidate();
        candidate.Belongs(candidate.History.Decided(Affiliation.Pole, Today), Today, Now).ShouldBeTrue();
        candidate.Admit(Today, Today, Now).Succeeded(out _).ShouldBeTrue();

        candidate.Affiliation.ShouldBe(Affiliation.Pole);
    }

    [Fact]
    public void An_admission_is_refused_most_specifically_first()
    {
        Refusal(Active().Admit(Today.AddDays(1), Today, Now)).ShouldBe(MemberErrors.AlreadyActive);
        Refusal(Suspended().Admit(Today, Today, Now)).ShouldBe(MemberErrors.Suspended);
        Refusal(Candidate().Admit(Today.AddDays(1), Today, Now)).Code.ShouldBe(MemberErrors.AdmissionInFuture.Code);
        Refusal(Gone().Admit(Today, Today, Now)).Code.ShouldBe(MemberErrors.AdmissionBeforeDeparture.Code);
    }

    [Fact]
    public void A_company_that_had_left_can_be_admitted_again()
    {
        var gone = Gone();
        gone.Admit(Today.AddDays(1), Today.AddDays(1), Now).Succeeded(out _).ShouldBeTrue();

        (gone.Status, gone.AdmittedOn, gone.LeftOn).ShouldBe((MemberStatus.Active, Today.AddDays(1), null));
    }

    [Fact]
    public void Only_an_active_member_is_suspended_and_only_a_suspended_one_reinstated()
    {
        Refusal(Candidate().Suspend(null, Now)).ShouldBe(MemberErrors.Candidate);
        Refusal(Suspended().Suspend(null, Now)).ShouldBe(MemberErrors.Suspended);
        Refusal(Gone().Suspend(null, Now)).ShouldBe(MemberErrors.Left);
        Refusal(Candidate().Reinstate(Now)).ShouldBe(MemberErrors.Candidate);
        Refusal(Active().Reinstate(Now)).ShouldBe(MemberErrors.AlreadyActive);
        Refusal(Gone().Reinstate(Now)).ShouldBe(MemberErrors.Left);

        var member = Suspended();
        (member.GoodStanding, member.Suspension!.Reason).ShouldBe((false, "unreachable"));
        member.Reinstate(Now).Succeeded(out _).ShouldBeTrue();
        (member.GoodStanding, member.Suspension).ShouldBe((true, null));
    }

    [Fact]
    public void A_departure_comes_after_the_admission_and_not_in_the_future()
    {
        Refusal(Candidate().Leave(Today, Today, Now)).ShouldBe(MemberErrors.Candidate);
        Refusal(Gone().Leave(Today, Today, Now)).ShouldBe(MemberErrors.Left);
        Refusal(Active().Leave(Today.AddDays(1), Today, Now)).Code.ShouldBe(MemberErrors.DepartureInFuture.Code);
        Refusal(Active().Leave(Today.AddDays(-1), Today, Now)).Code.ShouldBe(MemberErrors.DepartureBeforeAdmission.Code);
        Suspended().Leave(Today, Today, Now).Succeeded(out _).ShouldBeTrue();
    }

    [Fact]
    public void A_change_names_what_changed_and_no_change_changes_nothing()
    {
        var member = Active();
        var revision = member.Revision;

        member.Change(Profile(), Now).ShouldBeEmpty();
        member.Revision.ShouldBe(revision);
        member.Change(Profile() with { Name = "Zinc", Activities = [Activity.Booker] }, Now).ShouldBe(["name", "activities"]);
        member.Revision.ShouldBe(revision + 1);
    }

    private static Member Candidate() => Member.Propose(Guid.CreateVersion7(), "eclats-de-zinc", Profile(), Now);

    private static Member Active()
    {
        var member = Candidate();
        member.Admit(Today, Today, Now).Succeeded(out _).ShouldBeTrue();
        return member;
    }

    private static Member Suspended()
    {
        var member = Active();
        member.Suspend("unreachable", Now).Succeeded(out _).ShouldBeTrue();
        return member;
    }

    private static Member Gone()
    {
        var member = Active();
        member.Leave(Today, Today, Now).Succeeded(out _).ShouldBeTrue();
        return member;
    }

    private static MemberProfile Profile() => new("Éclats de Zinc", "732829320", [Activity.Label], null, null, null, []);

    private static Error Refusal(Result result)
    {
        result.Succeeded(out var refusal).ShouldBeFalse();
        return refusal!;
    }
}
