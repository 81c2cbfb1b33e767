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

    private async Task<Guid> MemberAsync(string name)
    {
        var id = Guid.CreateVersion7();
        await mila.TellAsync(new MemberAdmitted(id, name, "slug", "shop", ["label"], GoodStanding: true, Revision: 1, mila.Clock.GetUtcNow()));
        return id;
    }
}
