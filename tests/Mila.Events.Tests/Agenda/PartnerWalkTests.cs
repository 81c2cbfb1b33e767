using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Tests.Registrations;
using Mila.Membership.Contracts;
using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

/// <summary>A partner's key asks for everything that is read under <c>/v1/events</c>, with ids that are real.</summary>
public sealed partial class PartnerWalkTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task It_learns_of_nothing_that_stands_under_an_event_before_that_is_published()
    {
        using var admin = mila.Admin();
        using var key = await mila.KeyAsync(await Scenario.NetworkAsync(admin), "events:read", "events:write");
        var (planned, published, member) = (await Scenario.PlannedAsync(admin), await Door.OpenAsync(admin), Guid.CreateVersion7());
        await mila.TellAsync(new MemberAdmitted(member, "Chambre Noire", "chambre-noire", "shop", ["label"], GoodStanding: true, Revision: 1, mila.Clock.GetUtcNow()));

        var paths = Reads("/v1/events/{eventId");
        paths.Count.ShouldBeGreaterThanOrEqualTo(7);
        foreach (var path in paths)
        {
            (await admin.AskAsync(Of(path, planned))).Status.ShouldBe(200, path);
            (await key.AskAsync(Of(path, planned))).ShouldRefuse(404, "event-unknown");
            (await key.AskAsync(Of(path, published))).Status.ShouldBe(200, path);
        }

        // An event that does not exist and one that is only planned are refused alike, also to who would register.
        (await Door.AskAsync(key, planned)).ShouldRefuse(404, "event-unknown");
        (await Door.AskAsync(admin, planned)).ShouldRefuse(409, "event-not-open");

        var ofMembers = Reads("/v1/events/members/{memberId").ShouldHaveSingleItem();
        (await admin.AskAsync(Id().Replace(ofMembers, member.ToString()))).Expect(200)["name"].GetString().ShouldBe("Chambre Noire");
        (await key.AskAsync(Id().Replace(ofMembers, member.ToString()))).ShouldRefuse(403, "events-members-for-staff");
        (await key.AskAsync(Id().Replace(ofMembers, Guid.CreateVersion7().ToString()))).ShouldRefuse(403, "events-members-for-staff");
    }

    private static string Of(string path, Answer @event) => Id().Replace(path, @event.Id());

    private List<string> Reads(string under) =>
    [
        .. mila.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true).Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Where(p => p.StartsWith(under, StringComparison.Ordinal)).Distinct(),
    ];

    [GeneratedRegex(@"\{\w+(:\w+)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
