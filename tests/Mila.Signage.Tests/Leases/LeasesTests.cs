using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Mila.Hosting.Contracts;
using Mila.Membership.Contracts;
using Mila.Signage.Contracts;
using Mila.Signage.Panels;
using Mila.Testing.App;

namespace Mila.Signage.Tests.Leases;

public sealed class LeasesTests(SignageMila mila) : IAsyncLifetime, IClassFixture<SignageMila>
{
    private readonly Guid _noire = Guid.CreateVersion7();
    private readonly Guid _claire = Guid.CreateVersion7();
    private HttpClient _signage = null!;
    private string _shop = "";

    public async ValueTask InitializeAsync()
    {
        _signage = await mila.KeyAsync(null, "signage:write");
        _shop = mila.NewShop();
        await mila.TellAsync(mila.Admitted(_noire, "Chambre Noire"), mila.Admitted(_claire, "Chambre Claire"));
    }

    public ValueTask DisposeAsync()
    {
        _signage.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_lease_of_a_shop_calls_for_a_panel()
    {
        await mila.TellAsync(mila.Started(_noire, _shop));

        var panel = await OnlyPanelAsync();
        (panel.Text("stage"), panel.GetProperty("memberId").GetGuid(), panel.Text("companyName"), panel.Text("activity"), panel.Text("mounting")).ShouldBe(("requested", _noire, "Chambre Noire", "label, booker", "insideWindow"));
        mila.Heard.OfType<PanelRequested>().Count(n => n.PanelId == panel.Id() && n.MemberId == _noire).ShouldBe(1);
    }

    [Fact]
    public async Task A_lease_of_an_office_calls_for_nothing()
    {
        await mila.TellAsync(mila.Started(_noire, _shop, kind: "office"));

        (await PanelsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lease_that_is_told_twice_or_renewed_calls_for_one_panel()
    {
        var started = mila.Started(_noire, _shop);
        await mila.TellAsync(started, started);
        await mila.TellAsync(new LeaseRenewed(_noire, started.LeaseId, _shop, "shop", new DateOnly(2027, 3, 1), new DateOnly(2028, 2, 29), mila.Clock.GetUtcNow()));

        await OnlyPanelAsync();
    }

    [Fact]
    public async Task A_lease_may_be_told_before_its_member()
    {
        var stranger = Guid.CreateVersion7();
        await mila.TellAsync(mila.Started(stranger, _shop));
        (await OnlyPanelAsync()).GetProperty("companyName").ValueKind.ShouldBe(JsonValueKind.Null);

        await mila.TellAsync(mila.Admitted(stranger, "Chambre Rouge"));

        (await OnlyPanelAsync()).Text("companyName").ShouldBe("Chambre Rouge");
    }

    [Fact]
    public async Task A_lease_of_a_member_that_is_suspended_already_calls_for_a_panel_that_is_stale()
    {
        await mila.TellAsync(new MemberSuspended(_noire, 2, mila.Clock.GetUtcNow()));
        await mila.TellAsync(mila.Started(_noire, _shop));

        (await OnlyPanelAsync()).Stale().ShouldBe(["member-suspended"]);
    }

    [Fact]
    public async Task The_panel_of_an_ended_lease_is_stale()
    {
        var started = mila.Started(_noire, _shop);
        await mila.TellAsync(started);

        await mila.TellAsync(mila.Ended(_noire, _shop, started.LeaseId));

        (await OnlyPanelAsync()).Stale().ShouldBe(["lease-ended"]);
    }

    [Fact]
    public async Task A_panel_says_the_truth_again_when_the_same_member_comes_back()
    {
        var started = mila.Started(_noire, _shop);
        await mila.TellAsync(started);
        await mila.TellAsync(mila.Ended(_noire, _shop, started.LeaseId));

        await mila.TellAsync(mila.Started(_noire, _shop, startsOn: "2026-05-01"));

        (await OnlyPanelAsync()).Stale().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_end_of_a_lease_that_another_of_the_same_member_continues_makes_nothing_stale()
    {
        var first = mila.Started(_noire, _shop);
        await mila.TellAsync(first);
        await mila.TellAsync(mila.Started(_noire, _shop, startsOn: "2026-05-01"));

        await mila.TellAsync(mila.Ended(_noire, _shop, first.LeaseId));

        (await OnlyPanelAsync()).Stale().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_end_that_is_told_before_its_start_calls_for_nothing()
    {
        var started = mila.Started(_noire, _shop);
        await mila.TellAsync(mila.Ended(_noire, _shop, started.LeaseId));

        await mila.TellAsync(started);

        (await PanelsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_older_lease_that_is_told_late_takes_no_panel_away()
    {
        await mila.TellAsync(mila.Started(_claire, _shop, startsOn: "2026-03-01"));

        await mila.TellAsync(mila.Started(_noire, _shop, startsOn: "2025-01-01"));

        var panel = await OnlyPanelAsync();
        (panel.GetProperty("memberId").GetGuid(), panel.Stale().Length).ShouldBe((_claire, 0));
    }

    [Fact]
    public async Task A_panel_that_is_not_printed_is_made_for_the_next_member()
    {
        var first = mila.Started(_noire, _shop);
        await mila.TellAsync(first);
        var path = $"/v1/panels/{(await OnlyPanelAsync()).Id()}";
        await _signage.MakeAsync($"{path}/approval");
        await mila.TellAsync(mila.Ended(_noire, _shop, first.LeaseId));

        await mila.TellAsync(mila.Started(_claire, _shop, startsOn: "2026-05-01"));

        var panel = await OnlyPanelAsync();
        (panel.GetProperty("memberId").GetGuid(), panel.Text("companyName"), panel.Text("stage"), panel.Stale().Length).ShouldBe((_claire, "Chambre Claire", "requested", 0));
    }

    [Fact]
    public async Task A_panel_that_hangs_for_another_member_is_stale_and_a_new_one_is_called_for()
    {
        await mila.TellAsync(mila.Started(_noire, _shop));
        var old = $"/v1/panels/{(await OnlyPanelAsync()).Id()}";
        foreach (var step in new[] { "approval", "fabrication", "installation" }) await _signage.MakeAsync($"{old}/{step}");

        await mila.TellAsync(mila.Started(_claire, _shop, startsOn: "2026-05-01"));

        (await _signage.ReadAsync(old)).Stale().ShouldBe(["lease-ended"]);
        var next = (await PanelsAsync()).Single(p => p.Text("stage") == "requested");
        (next.GetProperty("memberId").GetGuid(), next.Text("companyName")).ShouldBe((_claire, "Chambre Claire"));
        next.Text("code").ShouldNotBe((await _signage.ReadAsync(old)).Text("code"));
    }

    [Fact]
    public async Task A_panel_that_was_found_hanging_shows_whoever_had_the_shop_then()
    {
        await FoundAsync(PanelStage.Installed, Mounting.InsideWindow);

        await mila.TellAsync(mila.Started(_noire, _shop, startsOn: "2025-12-31"));

        var panel = await OnlyPanelAsync();
        (panel.GetProperty("memberId").GetGuid(), panel.Text("companyName"), panel.Text("stage"), panel.Stale().Length).ShouldBe((_noire, "Chambre Noire", "installed", 0));

        await mila.TellAsync(mila.Changed(_noire, name: "Chambre Rouge"));
        (await OnlyPanelAsync()).Stale().ShouldBe(["member-changed"]);
        await mila.TellAsync(mila.Changed(_noire, revision: 3));
        (await OnlyPanelAsync()).Stale().ShouldBe(["member-changed"], "the artists of the change are not on the print");
    }

    [Fact]
    public async Task Of_a_panel_that_was_found_what_is_first_told_of_its_member_is_what_it_shows()
    {
        var late = Guid.CreateVersion7();
        await FoundAsync(PanelStage.Installed, Mounting.InsideWindow);
        await mila.TellAsync(mila.Started(late, _shop, startsOn: "2024-07-01"));
        (await OnlyPanelAsync()).Stale().ShouldBeEmpty();

        await mila.TellAsync(mila.Admitted(late, "Chambre Tardive", website: "https://tardive.example/"));

        var panel = await OnlyPanelAsync();
        (panel.Text("companyName"), panel.Text("website"), panel.Stale().Length).ShouldBe(("Chambre Tardive", "https://tardive.example/", 0));
        await mila.TellAsync(mila.Changed(late, name: "Chambre du Matin"));
        (await OnlyPanelAsync()).Stale().ShouldBe(["member-changed"]);
    }

    [Fact]
    public async Task A_panel_that_was_found_hanging_does_not_show_who_came_later()
    {
        await FoundAsync(PanelStage.Installed, Mounting.InsideWindow);

        await mila.TellAsync(mila.Started(_noire, _shop, startsOn: "2026-01-01"));

        var panel = await OnlyPanelAsync();
        (panel.GetProperty("memberId").GetGuid(), panel.Text("companyName"), panel.Text("stage"), panel.GetProperty("version").GetInt32()).ShouldBe((_noire, "Chambre Noire", "installed", 2));
        panel.Stale().ShouldBe(["content-changed"]);
    }

    [Fact]
    public async Task A_panel_that_waits_for_the_landlord_and_names_nobody_takes_the_member_and_keeps_waiting()
    {
        await FoundAsync(PanelStage.Approved, Mounting.Outdoor);

        await mila.TellAsync(mila.Started(_noire, _shop));

        var panel = await OnlyPanelAsync();
        (panel.GetProperty("memberId").GetGuid(), panel.Text("stage"), panel.Stale().Length).ShouldBe((_noire, "approved", 0));
    }

    private async Task FoundAsync(PanelStage stage, Mounting mounting)
    {
        await using var session = mila.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        session.Store(Panel.Found(Guid.CreateVersion7(), await PanelCode.FreeAsync(session, default), _shop, mounting, stage, new DateOnly(2025, 12, 31), mila.Clock.GetUtcNow()));
        await session.SaveChangesAsync();
    }

    private Task<JsonElement[]> PanelsAsync() => SignageMila.PanelsAsync(_signage, _shop);

    private async Task<JsonElement> OnlyPanelAsync() => (await PanelsAsync()).ShouldHaveSingleItem();
}
