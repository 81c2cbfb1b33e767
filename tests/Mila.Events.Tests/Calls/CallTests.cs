using Mila.BuildingBlocks.Values;
using Mila.Events.Calls;

namespace Mila.Events.Tests.Calls;

public class CallTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 8, 0, 0, TimeSpan.Zero);
    private static readonly CallPlan Plan = new(
        "mamamila", null, new LocalizedText("Appel"), new LocalizedText("Texte"), Now.AddDays(1), Now.AddDays(8), 3, 5, 2, IsBlind: false, [new Criterion("originality", new LocalizedText("Originalité"))]);

    [Fact]
    public void It_closes_after_it_opens() => Refused(Call.Draw(Guid.CreateVersion7(), "appel", Plan with { ClosesAt = Plan.OpensAt }, Now)).ShouldBe("call-closes-before-opening");

    [Fact]
    public void It_opens_and_closes_at_its_instants_whether_or_not_anybody_has_noted_it()
    {
        var call = Drawn();
        call.StatusAt(Plan.OpensAt).ShouldBe(CallStatus.Draft);
        call.Publish(Now).Succeeded(out _).ShouldBeTrue();
        (call.StatusAt(Plan.OpensAt.AddTicks(-1)), call.StatusAt(Plan.OpensAt), call.StatusAt(Plan.ClosesAt.AddTicks(-1)), call.StatusAt(Plan.ClosesAt))
            .ShouldBe((CallStatus.Scheduled, CallStatus.Open, CallStatus.Open, CallStatus.Closed));
        (call.RefusesSubmissions(Now)?.Code, call.RefusesSubmissions(Plan.OpensAt)?.Code, call.RefusesSubmissions(Plan.ClosesAt)?.Code).ShouldBe(("call-not-open", null, "call-closed"));
        (call.RefusesReviews(Plan.OpensAt)?.Code, call.RefusesReviews(Plan.ClosesAt)?.Code).ShouldBe(("reviews-not-open", null));
        (call.FollowTheClock(Now), call.FollowTheClock(Plan.ClosesAt), call.Status).ShouldBe((false, true, CallStatus.Closed));
    }

    [Fact]
    public void It_keeps_the_terms_that_artists_were_told()
    {
        var call = Drawn();
        call.Publish(Now).Succeeded(out _).ShouldBeTrue();
        call.Replan(Plan with { Places = 4 }, Now).Succeeded(out _, out _).ShouldBeTrue();
        foreach (var other in new[] { Plan with { Places = 5 }, Plan with { BestScore = 10, Places = 4 }, Plan with { IsBlind = true, Places = 4 }, Plan with { Places = 4, Criteria = [] }, Plan with { Places = 4, OpensAt = Plan.OpensAt.AddHours(-1) } })
        {
            Refused(call.Replan(other, Plan.OpensAt)).ShouldBe("call-terms-fixed");
        }

        var same = Plan with { Places = 4, Title = new LocalizedText("Autrement"), ReviewsNeeded = 1, ClosesAt = Plan.ClosesAt.AddDays(1) };
        call.Replan(same, Plan.OpensAt).Succeeded(out var changed, out _).ShouldBeTrue();
        changed.ShouldBeTrue();
        call.Replan(same, Plan.OpensAt).Succeeded(out changed, out _).ShouldBeTrue();
        changed.ShouldBeFalse();
        Refused(call.Replan(same with { ClosesAt = Plan.OpensAt.AddHours(1) }, Plan.OpensAt.AddHours(2))).ShouldBe("call-closes-in-past");
        Refused(call.Replan(same with { ClosesAt = same.ClosesAt.AddDays(1) }, same.ClosesAt)).ShouldBe("call-closed");
    }

    [Fact]
    public void What_is_over_goes_nowhere()
    {
        var call = Drawn();
        Refused(call.Announce(Now)).ShouldBe("call-not-selected");
        call.Publish(Now).Succeeded(out _).ShouldBeTrue();
        Refused(call.Publish(Now)).ShouldBe("call-already-published");
        Refused(call.Select(Now)).ShouldBe("call-not-closed");
        call.Select(Plan.ClosesAt).Succeeded(out _).ShouldBeTrue();
        call.PublicStatusAt(Plan.ClosesAt).ShouldBe(CallStatus.Closed);
        Refused(call.Replan(Plan with { Places = 4 }, Plan.ClosesAt)).ShouldBe("call-selected");
        call.RefusesReviews(Plan.ClosesAt)!.Code.ShouldBe("call-selected");
        call.Announce(Plan.ClosesAt).Succeeded(out _).ShouldBeTrue();
        Refused(call.Select(Plan.ClosesAt)).ShouldBe("call-announced");
        Refused(call.Announce(Plan.ClosesAt)).ShouldBe("call-announced");
        call.Cancel(new LocalizedText("Non"), Now).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("call-announced");

        var off = Drawn();
        off.Cancel(new LocalizedText("Non"), Now).Succeeded(out var wasPublic, out _).ShouldBeTrue();
        wasPublic.ShouldBeFalse();
        (Refused(off.Publish(Now)), Refused(off.Select(Now)), Refused(off.Announce(Now)), Refused(off.Replan(Plan, Now)), off.RefusesSubmissions(Now)?.Code, off.RefusesReviews(Now)?.Code)
            .ShouldBe(("call-cancelled", "call-cancelled", "call-cancelled", "call-cancelled", "call-cancelled", "call-cancelled"));
    }

    [Fact]
    public void It_is_published_while_it_can_still_be_answered() => Refused(Drawn().Publish(Plan.ClosesAt)).ShouldBe("call-closes-in-past");

    [Fact]
    public void One_address_reviews_once()
    {
        var call = Drawn();
        call.Invite(new Reviewer(Guid.CreateVersion7(), "A", "a@label.example", "fr"), Now).Succeeded(out _).ShouldBeTrue();
        Refused(call.Invite(new Reviewer(Guid.CreateVersion7(), "B", "A@label.example", "fr"), Now)).ShouldBe("reviewer-already-invited");
        Refused(call.Dismiss(Guid.CreateVersion7(), Now)).ShouldBe("reviewer-unknown");
        for (var i = 1; i < Call.MostReviewers; i++) call.Invite(new Reviewer(Guid.CreateVersion7(), "A", $"a{i}@label.example", "fr"), Now).Succeeded(out _).ShouldBeTrue();
        Refused(call.Invite(new Reviewer(Guid.CreateVersion7(), "C", "c@label.example", "fr"), Now)).ShouldBe("too-many-reviewers");
    }

    private static Call Drawn()
    {
        Call.Draw(Guid.CreateVersion7(), "appel", Plan, Now).Succeeded(out var call, out _).ShouldBeTrue();
        return call!;
    }

    private static string? Refused<T>(Mila.BuildingBlocks.Results.Result<T> result) => result.Succeeded(out _, out var refusal) ? null : refusal.Code;

    private static string? Refused(Mila.BuildingBlocks.Results.Result result) => result.Succeeded(out var refusal) ? null : refusal.Code;
}
