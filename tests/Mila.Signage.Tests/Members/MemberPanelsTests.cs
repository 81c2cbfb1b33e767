using System.Diagnostics;
using JasperFx;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Documents;
using Mila.Membership.Contracts;
using Mila.Signage.Leases;
using Mila.Signage.Members;
using Mila.Testing.App;
using Npgsql;

namespace Mila.Signage.Tests.Members;

public sealed class MemberPanelsTests(SignageMila mila) : IClassFixture<SignageMila>
{
    [Fact]
    public async Task A_panel_that_is_not_printed_follows_the_member()
    {
        var (signage, member, path) = await MemberWithPanelAsync("approved");

        await mila.TellAsync(mila.Changed(member, name: "Chambre Claire"));

        var panel = await signage.ReadAsync(path);
        (panel.Text("companyName"), panel.Text("stage"), panel.GetProperty("version").GetInt32(), panel.Stale().Length).ShouldBe(("Chambre Claire", "requested", 2, 0));
    }

    [Fact]
    public async Task An_admission_brings_all_that_a_panel_says_and_where_its_code_leads()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var (member, shop) = (Guid.CreateVersion7(), mila.NewShop());
        await mila.TellAsync(mila.Started(member, shop), mila.Admitted(member, "Chambre Sonore", website: "https://sonore.example/", tagline: "Du son.", artists: ["Zoé", "Nina"]));

        var panel = (await SignageMila.PanelsAsync(signage, shop)).ShouldHaveSingleItem();
        (panel.Text("companyName"), panel.Text("website"), panel.GetProperty("tagline").Text("fr")).ShouldBe(("Chambre Sonore", "https://sonore.example/", "Du son."));
        panel.GetProperty("notableArtists").EnumerateArray().Select(a => a.GetString()).ShouldBe(["Zoé", "Nina"]);
    }

    [Fact]
    public async Task An_address_to_which_no_passer_by_may_be_sent_is_left_out()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var (member, shop) = (Guid.CreateVersion7(), mila.NewShop());
        await mila.TellAsync(mila.Started(member, shop), mila.Admitted(member, website: "javascript:alert(1)"));

        (await SignageMila.PanelsAsync(signage, shop)).ShouldHaveSingleItem().GetProperty("website").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_printed_panel_is_stale_when_the_member_reads_differently()
    {
        var (signage, member, path) = await MemberWithPanelAsync("installed");

        await mila.TellAsync(mila.Changed(member, name: "Chambre Claire"));

        var panel = await signage.ReadAsync(path);
        panel.Stale().ShouldBe(["member-changed"]);
        (panel.Text("companyName"), panel.Text("stage")).ShouldBe(("Chambre Claire", "installed"));
    }

    [Fact]
    public async Task Suspension_reinstatement_and_departure_are_reasons_that_come_and_go()
    {
        var (signage, member, path) = await MemberWithPanelAsync("installed");
        var now = mila.Clock.GetUtcNow();

        await mila.TellAsync(new MemberSuspended(member, 2, now));
        (await signage.ReadAsync(path)).Stale().ShouldBe(["member-suspended"]);
        await mila.TellAsync(new MemberReinstated(member, GoodStanding: true, 3, now));
        (await signage.ReadAsync(path)).Stale().ShouldBeEmpty();
        await mila.TellAsync(new MemberLeft(member, new DateOnly(2026, 6, 30), 4, now));
        (await signage.ReadAsync(path)).Stale().ShouldBe(["member-left"]);
    }

    [Fact]
    public async Task An_older_notification_brings_nothing_back()
    {
        var (signage, member, path) = await MemberWithPanelAsync("installed");
        var now = mila.Clock.GetUtcNow();
        await mila.TellAsync(new MemberLeft(member, new DateOnly(2026, 6, 30), 9, now));
        await mila.TellAsync(mila.Changed(member, name: "Chambre Claire", revision: 8));

        await mila.TellAsync(new MemberSuspended(member, 3, now), new MemberReinstated(member, GoodStanding: true, 4, now), mila.Changed(member, name: "Chambre Rouge", revision: 5), mila.Admitted(member));

        var panel = await signage.ReadAsync(path);
        panel.Text("companyName").ShouldBe("Chambre Claire");
        panel.Stale().ShouldBe(["member-changed", "member-left"], ignoreOrder: true);
    }

    [Fact]
    public async Task News_that_are_told_twice_change_nothing_the_second_time()
    {
        var (signage, member, path) = await MemberWithPanelAsync("installed");
        var news = mila.Changed(member, name: "Chambre Claire");
        await mila.TellAsync(news, new MemberSuspended(member, 3, mila.Clock.GetUtcNow()));
        var tag = await signage.TagAsync(path);

        await mila.TellAsync(news, new MemberSuspended(member, 3, mila.Clock.GetUtcNow()));

        (await signage.TagAsync(path)).ShouldBe(tag);
    }

    [Fact]
    public async Task A_retired_panel_hears_nothing()
    {
        var (signage, member, path) = await MemberWithPanelAsync("installed");
        await signage.MakeAsync($"{path}/retirement");
        var tag = await signage.TagAsync(path);

        await mila.TellAsync(mila.Changed(member, name: "Chambre Claire"), new MemberLeft(member, new DateOnly(2026, 6, 30), 3, mila.Clock.GetUtcNow()));

        (await signage.TagAsync(path)).ShouldBe(tag);
    }

    [Fact]
    public async Task A_lease_and_a_members_news_that_meet_miss_neither() => (await MeetAsync()).ShouldBe("Chambre Claire");

    [Fact]
    public async Task Without_the_lock_one_of_the_two_would_be_thrown_back()
    {
        RowLock.Enabled = false;
        try
        {
            await Should.ThrowAsync<JasperFx.ConcurrencyException>(MeetAsync);
        }
        finally
        {
            RowLock.Enabled = true;
        }
    }

    [Fact]
    public async Task A_lease_and_the_admission_of_a_member_that_nobody_knows_yet_cannot_both_be_first()
    {
        var (member, shop) = (Guid.CreateVersion7(), mila.NewShop());
        var store = mila.Services.GetRequiredService<IDocumentStore>();
        await using var leasing = store.LightweightSession();
        await using var admitting = store.LightweightSession();
        await new WhenLeaseStarted(leasing, mila.Clock).Handle(mila.Started(member, shop), default);
        await new WhenMemberAdmitted(admitting, mila.Clock).Handle(mila.Admitted(member), default);

        await leasing.SaveChangesAsync();

        await Should.ThrowAsync<ConcurrencyException>(() => admitting.SaveChangesAsync());
    }

    /// <summary>A lease and a change of its member are handled at once; answers the name that the panel has in the end.</summary>
    private async Task<string> MeetAsync()
    {
        var (member, shop) = (Guid.CreateVersion7(), mila.NewShop());
        await mila.TellAsync(mila.Admitted(member));
        var store = mila.Services.GetRequiredService<IDocumentStore>();
        await using var leasing = store.LightweightSession();
        await using var changing = store.LightweightSession();

        await new WhenLeaseStarted(leasing, mila.Clock).Handle(mila.Started(member, shop), default);
        var change = new WhenMemberChanged(changing, mila.Clock).Handle(mila.Changed(member, name: "Chambre Claire"), default);
        if (RowLock.Enabled) await SomebodyWaitsAsync();
        else await change;

        await leasing.SaveChangesAsync();
        await change;
        await changing.SaveChangesAsync();

        using var signage = await mila.KeyAsync(null, "signage:read");
        return (await SignageMila.PanelsAsync(signage, shop)).ShouldHaveSingleItem().Text("companyName");
    }

    private async Task SomebodyWaitsAsync()
    {
        await using var database = NpgsqlDataSource.Create(mila.ConnectionString);
        var since = Stopwatch.StartNew();
        for (var waiting = 0L; waiting == 0;)
        {
            since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), "nobody waits for the lock");
            await using var command = database.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
            waiting = (long)(await command.ExecuteScalarAsync())!;
        }
    }

    private async Task<(HttpClient Signage, Guid Member, string Path)> MemberWithPanelAsync(string stage)
    {
        var signage = await mila.KeyAsync(null, "signage:write");
        var member = Guid.CreateVersion7();
        await mila.TellAsync(mila.Admitted(member));
        return (signage, member, await mila.PanelAsync(signage, stage, new { spaceCode = mila.NewShop(), memberId = member, website = "https://noire.example/", notableArtists = new[] { "Nina" } }));
    }
}
