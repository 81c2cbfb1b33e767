using Mila.Events.Tests.Agenda;
using Mila.Membership.Contracts;
using Mila.Testing.App;

namespace Mila.Events.Tests.Registrations;

/// <summary>A company has one share and one past, whether staff name the member or a person types what it is called.</summary>
public sealed class OneCompanyTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_member_and_its_name_have_one_share()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var member = await MemberAsync("Chambre Noire & Cie");
        var @event = await Door.OpenAsync(admin, seatsPerOrganisation: 2);
        await Door.RegisteredAsync(admin, @event, more: new { memberId = member });
        await Door.RegisteredAsync(admin, @event, more: new { organisation = "CHAMBRE NOIRE et Cie" });
        var typed = await Door.RegisteredAsync(admin, @event, more: new { organisation = "chambre  noire / cie" });
        typed["memberId"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null, "What is typed makes nobody a member.");
        (await Door.AskAsync(nobody, @event, more: new { organisation = "Chambre Noire & Cie" })).ShouldRefuse(409, "organisation-seats-taken");
        (await Door.AskAsync(admin, @event, more: new { memberId = member })).ShouldRefuse(409, "organisation-seats-taken");
        await Door.RegisteredAsync(admin, @event, more: new { organisation = "Chambre Claire" });

        // Together in one moment as well.
        var other = await Door.OpenAsync(admin, seatsPerOrganisation: 1);
        var both = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Door.AskAsync(admin, other, more: i % 2 == 0 ? new { memberId = member } : new { organisation = "Chambre Noire & Cie" })));
        both.Count(a => a.Status == 201).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_registered_by_the_name_before_the_company_was_a_member_counts_too()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, seatsPerOrganisation: 1);
        await Door.RegisteredAsync(admin, @event, more: new { organisation = "Label Neuf" });
        await MemberAsync("Label Neuf");
        (await Door.AskAsync(admin, @event, more: new { organisation = "Label Neuf" })).ShouldRefuse(409, "organisation-seats-taken");
    }

    [Fact]
    public async Task A_group_that_no_share_holds_is_told_so_and_both_say_what_is_left()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 50, seatsPerOrganisation: 4);
        await Door.RegisteredAsync(admin, @event, more: new { organisation = "Label", seats = 3 });
        (await Door.AskAsync(admin, @event, more: new { organisation = "Label", seats = 2 })).ShouldRefuse(409, "organisation-seats-taken")["detail"].GetString()!.ShouldContain("1 of 4");
        (await Door.AskAsync(admin, @event, more: new { organisation = "Label", seats = 5 })).ShouldRefuse(409, "group-larger-than-share")["detail"].GetString()!.ShouldContain("4 seats at most");
        (await Door.AskAsync(admin, @event, more: new { organisation = "Studio", seats = 5 })).ShouldRefuse(409, "group-larger-than-share")["detail"].GetString()!.ShouldContain("4 are left");
        await Door.RegisteredAsync(admin, @event, more: new { organisation = "Studio", seats = 4 });
    }

    [Fact]
    public async Task A_partner_hears_of_its_own_registrations_alone()
    {
        using var admin = mila.Admin();
        using var key = await mila.KeyAsync(await Scenario.NetworkAsync(admin), "events:read", "events:write");
        await mila.DrainAsync();
        var (@event, theirs, others) = (await Door.OpenAsync(admin), Door.NewEmail(), Door.NewEmail());
        await Door.RegisteredAsync(admin, @event, email: others);
        await Door.RegisteredAsync(key, @event, email: theirs);
        (await Door.AskAsync(key, @event, theirs)).ShouldRefuse(409, "already-registered");
        (await Door.AskAsync(key, @event, others)).ShouldRefuse(409, "registration-not-taken");
        foreach (var email in new[] { theirs, others }) (await Door.AskAsync(admin, @event, email)).ShouldRefuse(409, "already-registered");
        (await Door.SeatsAsync(admin, @event)).ShouldBe((2, 0, 0));
    }

    private async Task<Guid> MemberAsync(string name)
    {
        var id = Guid.CreateVersion7();
        await mila.TellAsync(new MemberAdmitted(id, name, "slug", "shop", ["label"], GoodStanding: true, Revision: 1, mila.Clock.GetUtcNow()));
        return id;
    }
}
