using Mila.BuildingBlocks.Results;
using Mila.Signage.Panels;

namespace Mila.Signage.Tests.Panels;

public class PanelTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid Member = Guid.CreateVersion7();
    private static readonly PanelContent Noire = PanelContent.Blank with { CompanyName = "Chambre Noire", Website = "https://noire.example/", NotableArtists = ["Nina"] };

    [Fact]
    public void Inside_a_window_a_panel_goes_from_request_to_retirement_without_the_landlord()
    {
        var panel = Requested();

        foreach (var (verb, stage) in new (Func<DateTimeOffset, Result>, PanelStage)[]
        {
            (panel.Approve, PanelStage.Approved), (panel.Fabricate, PanelStage.Fabricated), (panel.Install, PanelStage.Installed), (panel.Retire, PanelStage.Retired),
        })
        {
            verb(Now).Succeeded(out var refusal).ShouldBeTrue(refusal?.Code);
            panel.Stage.ShouldBe(stage);
        }
    }

    public static TheoryData<string, string, string> WrongOrder => new()
    {
        { "requested", "authorise", "panel-not-approved" },
        { "requested", "fabricate", "panel-not-approved" },
        { "requested", "install", "panel-not-fabricated" },
        { "approved", "approve", "panel-already-approved" },
        { "approved", "fabricate", "panel-not-authorised" },
        { "approved", "install", "panel-not-fabricated" },
        { "authorised", "approve", "panel-already-approved" },
        { "authorised", "authorise", "panel-already-authorised" },
        { "authorised", "install", "panel-not-fabricated" },
        { "fabricated", "approve", "panel-already-approved" },
        { "fabricated", "authorise", "panel-already-authorised" },
        { "fabricated", "fabricate", "panel-already-fabricated" },
        { "installed", "approve", "panel-already-approved" },
        { "installed", "authorise", "panel-already-authorised" },
        { "installed", "fabricate", "panel-already-fabricated" },
        { "installed", "install", "panel-already-installed" },
        { "retired", "approve", "panel-retired" },
        { "retired", "authorise", "panel-retired" },
        { "retired", "fabricate", "panel-retired" },
        { "retired", "install", "panel-retired" },
        { "retired", "retire", "panel-retired" },
    };

    [Theory, MemberData(nameof(WrongOrder))]
    public void A_step_out_of_order_is_refused_and_changes_nothing(string stage, string verb, string code)
    {
        var panel = Outdoors(Enum.Parse<PanelStage>(stage, ignoreCase: true));
        var before = panel.Stage;

        Step(panel, verb).Succeeded(out var refusal).ShouldBeFalse();

        (refusal!.Code, panel.Stage).ShouldBe((code, before));
    }

    [Fact]
    public void Inside_a_window_nobody_authorises_anything() => Refusal(Requested().Authorise(Now)).ShouldBe("panel-authorisation-not-needed");

    [Fact]
    public void A_panel_without_a_name_is_not_approved() => Refusal(Requested(PanelContent.Blank).Approve(Now)).ShouldBe("panel-nameless");

    [Fact]
    public void What_would_not_say_the_truth_is_not_printed()
    {
        var panel = Outdoors(PanelStage.Authorised);
        panel.LoseLease(Now);

        Refusal(panel.Fabricate(Now)).ShouldBe("panel-stale");
    }

    [Fact]
    public void What_was_agreed_on_has_to_be_agreed_on_anew_when_it_says_something_else()
    {
        var panel = Outdoors(PanelStage.Authorised);

        panel.Redesign(Plan(panel, Noire with { CompanyName = "Chambre Claire" }), Now).Succeeded(out var changed, out _).ShouldBeTrue();

        (changed, panel.Stage, panel.ContentVersion, panel.Stale.Count).ShouldBe((true, PanelStage.Requested, 2, 0));
    }

    [Fact]
    public void A_new_web_site_needs_no_new_approval_and_no_new_print()
    {
        foreach (var stage in new[] { PanelStage.Authorised, PanelStage.Installed })
        {
            var panel = Outdoors(stage);

            panel.Redesign(Plan(panel, Noire with { Website = "https://other.example/" }), Now).Succeeded(out _, out _).ShouldBeTrue();

            (panel.Stage, panel.ContentVersion, panel.Stale.Count, panel.Content.Website).ShouldBe((stage, 2, 0, "https://other.example/"));
        }
    }

    [Fact]
    public void A_print_that_should_say_something_else_is_stale_until_it_should_say_the_same_again()
    {
        var panel = Outdoors(PanelStage.Installed);

        panel.Redesign(Plan(panel, Noire with { NotableArtists = ["Nina", "Léo"] }), Now);
        panel.Stale.ShouldBe(["content-changed"]);
        panel.Redesign(Plan(panel, Noire with { NotableArtists = ["Nina"] }), Now);

        (panel.Stale.Count, panel.ContentVersion, panel.Stage).ShouldBe((0, 3, PanelStage.Installed));
    }

    [Fact]
    public void Saying_the_same_again_is_no_change()
    {
        var panel = Requested();

        panel.Redesign(Plan(panel, Noire with { NotableArtists = ["Nina"] }), Now.AddDays(1)).Succeeded(out var changed, out _).ShouldBeTrue();

        (changed, panel.ContentVersion, panel.UpdatedAt).ShouldBe((false, 1, Now));
    }

    [Fact]
    public void Shop_and_member_of_a_panel_are_not_staffs_to_change_and_its_mounting_only_before_print()
    {
        var (panel, installed) = (Requested(), Outdoors(PanelStage.Installed));

        RedesignRefusal(panel, Plan(panel, Noire) with { SpaceCode = "RUE-02" }).ShouldBe("panel-space-fixed");
        RedesignRefusal(panel, Plan(panel, Noire) with { MemberId = Guid.CreateVersion7() }).ShouldBe("panel-member-fixed");
        RedesignRefusal(installed, Plan(installed, Noire) with { Mounting = Mounting.InsideWindow }).ShouldBe("panel-mounting-fixed");
        installed.Retire(Now);
        RedesignRefusal(installed, Plan(installed, Noire)).ShouldBe("panel-retired");
    }

    [Fact]
    public void Another_mounting_has_to_be_agreed_on_anew()
    {
        var panel = Outdoors(PanelStage.Authorised);

        panel.Redesign(Plan(panel, Noire) with { Mounting = Mounting.InsideWindow }, Now).Succeeded(out var changed, out _).ShouldBeTrue();

        (changed, panel.Stage, panel.Mounting).ShouldBe((true, PanelStage.Requested, Mounting.InsideWindow));
    }

    [Fact]
    public void A_member_that_reads_differently_is_followed_but_for_staffs_own_words()
    {
        var panel = Requested(Noire with { Activity = "Disques faits main" });

        panel.Follow(Noire with { Activity = "label" }, Noire with { CompanyName = "Chambre Claire", Activity = "label, booker" }, Now).ShouldBeTrue();

        (panel.Content.CompanyName, panel.Content.Activity).ShouldBe(("Chambre Claire", "Disques faits main"));
    }

    [Fact]
    public void A_print_is_stale_by_the_member_only_when_what_it_shows_has_changed()
    {
        var panel = Outdoors(PanelStage.Installed);

        panel.Follow(Noire, Noire with { Website = "https://new.example/" }, Now);
        panel.Stale.ShouldBeEmpty();
        panel.Follow(Noire with { Website = "https://new.example/" }, Noire with { CompanyName = "Chambre Claire" }, Now);

        panel.Stale.ShouldBe(["member-changed"]);
    }

    [Fact]
    public void A_suspension_makes_it_stale_until_the_member_is_active_again_or_has_left()
    {
        var panel = Outdoors(PanelStage.Installed);

        panel.Stands("suspended", Now).ShouldBeTrue();
        panel.Stands("suspended", Now).ShouldBeFalse();
        panel.Stale.ShouldBe(["member-suspended"]);
        panel.Stands("active", Now).ShouldBeTrue();
        panel.Stale.ShouldBeEmpty();
        panel.Stands("suspended", Now);
        panel.Stands("left", Now).ShouldBeTrue();

        panel.Stale.ShouldBe(["member-left"]);
    }

    [Theory]
    [InlineData(PanelStage.Requested, "RUE-01 in preparation")]
    [InlineData(PanelStage.Authorised, "RUE-01 in preparation")]
    [InlineData(PanelStage.Fabricated, null)]
    [InlineData(PanelStage.Installed, "RUE-01 hanging")]
    [InlineData(PanelStage.Retired, null)]
    internal void Only_what_is_in_preparation_or_hangs_takes_up_its_shop(PanelStage stage, string? place) => Outdoors(stage).Place.ShouldBe(place);

    private static Panel Requested(PanelContent? content = null) =>
        Panel.Request(Guid.CreateVersion7(), "bcdfghj", new PanelPlan("RUE-01", Member, Mounting.InsideWindow, content ?? Noire), Now);

    private static Panel Outdoors(PanelStage stage)
    {
        var panel = Panel.Request(Guid.CreateVersion7(), "bcdfghj", new PanelPlan("RUE-01", Member, Mounting.Outdoor, Noire), Now);
        foreach (var verb in new[] { "approve", "authorise", "fabricate", "install", "retire" })
        {
            if (panel.Stage != stage) Step(panel, verb).Succeeded(out _).ShouldBeTrue();
        }

        return panel;
    }

    private static Result Step(Panel panel, string verb) => verb switch
    {
        "approve" => panel.Approve(Now),
        "authorise" => panel.Authorise(Now),
        "fabricate" => panel.Fabricate(Now),
        "install" => panel.Install(Now),
        _ => panel.Retire(Now),
    };

    private static PanelPlan Plan(Panel panel, PanelContent content) => new(panel.SpaceCode, panel.MemberId, panel.Mounting, content);

    private static string? Refusal(Result result) => result.Succeeded(out var refusal) ? null : refusal.Code;

    private static string? RedesignRefusal(Panel panel, PanelPlan plan) => panel.Redesign(plan, Now).Succeeded(out _, out var refusal) ? null : refusal.Code;
}
