using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Registrations;

public sealed class SwitchPlaceTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly object Hybrid = new { mode = "hybrid", name = "MILA", address = "Rue André Messager, Paris", url = "https://meet.example/club" };

    [Fact]
    public async Task A_place_at_a_hybrid_event_is_in_the_room_or_at_the_end_of_the_link_and_switches()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1, venue: Hybrid);
        var seated = await Door.RegisteredAsync(admin, @event);
        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted");
        var remote = await Door.RegisteredAsync(admin, @event, more: new { place = "remote", seats = 3 });
        (seated["place"].GetString(), waiting["place"].GetString(), remote["place"].GetString()).ShouldBe(("onSite", "onSite", "remote"));
        await CountsAsync(admin, @event, taken: 1, held: 0, remote: 3, waiting: 1);

        (await SwitchAsync(admin, remote, "onSite")).ShouldRefuse(409, "event-full-on-site");
        var switched = (await SwitchAsync(admin, seated, "remote")).Expect(200);
        (switched["status"].GetString(), switched["place"].GetString()).ShouldBe(("confirmed", "remote"));
        switched.Etag.ShouldNotBe(seated.Etag);
        // The seat went to the line in the same commit, and nobody walks past the line.
        (await Door.StatusAsync(admin, waiting)).ShouldBe("offered");
        await CountsAsync(admin, @event, taken: 0, held: 1, remote: 4, waiting: 0);
        (await SwitchAsync(admin, seated, "onSite")).ShouldRefuse(409, "event-full-on-site");
        (await SwitchAsync(admin, waiting, "remote")).Expect(200)["status"].GetString().ShouldBe("confirmed");
        (await SwitchAsync(admin, seated, "onSite")).Expect(200)["place"].GetString().ShouldBe("onSite");
        await CountsAsync(admin, @event, taken: 1, held: 0, remote: 4, waiting: 0);

        (await admin.AskAsync($"{@event.Path()}/roster.csv")).Expect(200).Text.Split("\r\n").Count(l => l.EndsWith("\"remote\"", StringComparison.Ordinal)).ShouldBe(2);
        (await admin.AskAsync("/v1/events?limit=250")).Expect(200)["items"].EnumerateArray().Single(e => e.GetProperty("id").GetString() == @event.Id()).GetProperty("seatsRemote").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task An_event_without_a_link_or_without_a_room_says_so()
    {
        using var admin = mila.Admin();
        var (onSite, online) = (await Door.OpenAsync(admin), await Door.OpenAsync(admin, capacity: 1, venue: new { mode = "online", url = "https://meet.example/x" }));
        (await Door.AskAsync(admin, onSite, more: new { place = "remote" })).ShouldRefuse(409, "event-on-site-only");
        (await Door.AskAsync(admin, online, more: new { place = "onSite" })).ShouldRefuse(409, "event-remote-only");
        (await Door.AskAsync(admin, online, more: new { place = "moon" })).ShouldRefuse(422, "request-invalid");
        var remote = await Door.RegisteredAsync(admin, online);
        remote["place"].GetString().ShouldBe("remote");
        await CountsAsync(admin, online, taken: 1, held: 0, remote: 0, waiting: 0);
        (await SwitchAsync(admin, remote, "onSite")).ShouldRefuse(409, "event-remote-only");
        (await SwitchAsync(admin, remote, "remote")).Expect(200);

        await admin.TellAsync($"{remote.Registration()}/cancellation", null);
        var hybrid = await Door.RegisteredAsync(admin, await Door.OpenAsync(admin, venue: Hybrid));
        await admin.TellAsync($"{hybrid.Registration()}/cancellation", null);
        (await SwitchAsync(admin, hybrid, "remote")).ShouldRefuse(409, "registration-over");
        (await admin.TellAsync($"{hybrid.Registration()}/place", new { place = "moon" })).ShouldRefuse(422, "request-invalid");
        (await SwitchAsync(admin, $"/v1/registrations/{Guid.CreateVersion7()}", "remote")).ShouldRefuse(404, "registration-unknown");
        using var reader = await mila.KeyAsync(null, "events:read");
        using var nobody = mila.Anonymous();
        (await SwitchAsync(reader, hybrid, "remote")).Status.ShouldBe(403);
        (await SwitchAsync(nobody, hybrid, "remote")).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task An_organisation_has_its_share_also_when_the_link_comes_to_count()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1, seatsPerOrganisation: 2, venue: Hybrid);
        await Door.RegisteredAsync(admin, @event);
        await Door.RegisteredAsync(admin, @event, more: new { place = "remote", seats = 2, organisation = "Label" });
        var (theirs, next) = (await Door.RegisteredAsync(admin, @event, "waitlisted", more: new { organisation = "label" }), await Door.RegisteredAsync(admin, @event, "waitlisted"));

        // Online all places are counted, and the line is served in the same commit.
        await Door.ChangeAsync(admin, @event, new { capacity = 10, venue = new { mode = "online", url = "https://meet.example/club" } });
        (await Door.StatusAsync(admin, theirs), await Door.StatusAsync(admin, next)).ShouldBe(("waitlisted", "offered"));
        (await Door.DecisionsAsync(admin, theirs)).ShouldHaveSingleItem().GetProperty("rule").GetString().ShouldBe("organisation-seats-taken");
    }

    [Fact]
    public async Task Who_is_registered_follows_the_event_out_of_the_room()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 2, venue: Hybrid);
        var (seated, remote) = (await Door.RegisteredAsync(admin, @event, more: new { seats = 2 }), await Door.RegisteredAsync(admin, @event, more: new { place = "remote" }));
        var now = await admin.AskAsync(@event.Path());
        (await admin.AmendAsync(@event.Path(), new { venue = new { mode = "onSite" } }, now.Etag)).ShouldRefuse(409, "event-seats-in-use");

        @event = await Door.ChangeAsync(admin, @event, new { capacity = 3, venue = new { mode = "online", url = "https://meet.example/club" } });
        await CountsAsync(admin, @event, taken: 3, held: 0, remote: 0, waiting: 0);
        await mila.DrainAsync();
        (await admin.AskAsync(seated.Registration())).Expect(200)["place"].GetString().ShouldBe("remote");
        (await mila.SqlAsync($"select count(*) from mila.mt_doc_outgoingmail where data ->> 'to' = '{remote["email"].GetString()}' and data ->> 'subject' like 'Changement%'")).ShouldBe(1L);
    }

    private static Task<Answer> SwitchAsync(HttpClient caller, Answer registration, string place) => SwitchAsync(caller, registration.Registration(), place);

    private static Task<Answer> SwitchAsync(HttpClient caller, string path, string place) => caller.TellAsync($"{path}/place", new { place });

    private static async Task CountsAsync(HttpClient staff, Answer @event, int taken, int held, int remote, int waiting)
    {
        var now = (await staff.AskAsync(@event.Path())).Expect(200);
        (now["seatsTaken"].GetInt32(), now["seatsHeld"].GetInt32(), now["seatsRemote"].GetInt32(), now["waiting"].GetInt32()).ShouldBe((taken, held, remote, waiting));
    }
}
