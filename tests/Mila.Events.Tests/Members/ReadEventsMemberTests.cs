using System.Net;
using Mila.Membership.Contracts;
using Mila.Testing.App;

namespace Mila.Events.Tests.Members;

public sealed class ReadEventsMemberTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly DateTimeOffset At = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_admitted_member_is_known()
    {
        var id = Guid.CreateVersion7();

        await mila.TellAsync(new MemberAdmitted(id, "Chambre Noire", "chambre-noire", "shop", ["label"], GoodStanding: true, Revision: 1, At));

        (await SeenAsync(id)).ShouldBe(("Chambre Noire", "shop", "active", true));
    }

    [Fact]
    public async Task A_member_is_followed_through_change_suspension_reinstatement_and_departure()
    {
        var id = Guid.CreateVersion7();
        await mila.TellAsync(new MemberAdmitted(id, "Chambre Noire", "chambre-noire", "beneficiary", ["label"], GoodStanding: true, Revision: 1, At));

        await mila.TellAsync(Changed(id, "Chambre Claire", "shop", revision: 2));
        (await SeenAsync(id)).ShouldBe(("Chambre Claire", "shop", "active", true));

        await mila.TellAsync(new MemberSuspended(id, 3, At));
        (await SeenAsync(id)).ShouldBe(("Chambre Claire", "shop", "suspended", false));

        await mila.TellAsync(new MemberReinstated(id, GoodStanding: true, 4, At));
        (await SeenAsync(id)).ShouldBe(("Chambre Claire", "shop", "active", true));

        await mila.TellAsync(new MemberLeft(id, new DateOnly(2026, 6, 30), 5, At));
        (await SeenAsync(id)).ShouldBe(("Chambre Claire", "shop", "left", false));
    }

    [Fact]
    public async Task An_older_notification_overwrites_nothing()
    {
        var id = Guid.CreateVersion7();
        await mila.TellAsync(new MemberLeft(id, new DateOnly(2026, 6, 30), 9, At));
        await mila.TellAsync(Changed(id, "New", "pole", revision: 8));

        await mila.TellAsync(new MemberAdmitted(id, "Old", "old", "shop", ["label"], GoodStanding: true, Revision: 1, At));

        (await SeenAsync(id)).ShouldBe(("New", "pole", "left", false));
    }

    [Fact]
    public async Task A_member_is_unknown_until_its_name_was_told()
    {
        var id = Guid.CreateVersion7();
        await mila.TellAsync(new MemberSuspended(id, 3, At));

        using var reader = await mila.KeyAsync(null, "events:read");
        await reader.GetAsync($"/v1/events/members/{id}").ShouldRefuseAsync(HttpStatusCode.NotFound, "member-unknown");
        await reader.GetAsync($"/v1/events/members/{Guid.Empty}").ShouldRefuseAsync(HttpStatusCode.NotFound, "member-unknown");
    }

    [Fact]
    public async Task Only_a_key_that_reads_this_module_sees_members()
    {
        using var anonymous = mila.Anonymous();
        using var stranger = await mila.KeyAsync(null, "hosting:read");
        await anonymous.GetAsync($"/v1/events/members/{Guid.Empty}").ShouldRefuseAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        using var refused = await stranger.GetAsync($"/v1/events/members/{Guid.Empty}");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_is_known_already_is_answered_by_304()
    {
        var id = Guid.CreateVersion7();
        await mila.TellAsync(new MemberAdmitted(id, "Chambre Noire", "chambre-noire", "shop", ["label"], GoodStanding: true, Revision: 1, At));
        using var reader = await mila.KeyAsync(null, "events:read");
        reader.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", await reader.TagAsync($"/v1/events/members/{id}"));

        using var again = await reader.GetAsync($"/v1/events/members/{id}");

        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    private static MemberChanged Changed(Guid id, string name, string affiliation, int revision) => new(
        id, name, "slug", affiliation, ["label"], "active", GoodStanding: true, TaglineFr: null, TaglineEn: null, Website: null, LogoUrl: null, [], ["name"], revision, At);

    private async Task<(string Name, string Affiliation, string Status, bool GoodStanding)> SeenAsync(Guid id)
    {
        using var reader = await mila.KeyAsync(null, "events:read");
        var member = await reader.ReadAsync($"/v1/events/members/{id}");
        member.GetProperty("memberId").GetGuid().ShouldBe(id);
        return (member.Text("name"), member.Text("affiliation"), member.Text("status"), member.GetProperty("goodStanding").GetBoolean());
    }
}
