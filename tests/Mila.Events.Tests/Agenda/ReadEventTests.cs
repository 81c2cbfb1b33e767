using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

public sealed class ReadEventTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Who_has_it_already_gets_nothing_more()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);

        var again = await admin.AskAsync(planned.Path(), ("If-None-Match", planned.Etag));
        (again.Status, again.Text, again.Etag).ShouldBe((304, "", planned.Etag));
        (await admin.AskAsync(planned.Path(), ("If-None-Match", "*"))).Status.ShouldBe(304);
        (await admin.AskAsync(planned.Path(), ("If-None-Match", $"\"other\", W/{planned.Etag}"))).Status.ShouldBe(304);
        (await admin.AskAsync(planned.Path(), ("If-None-Match", "\"other\""))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Its_head_says_what_it_would()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);
        var head = await admin.CallAsync("HEAD", planned.Path(), null);
        (head.Status, head.Text, head.Etag).ShouldBe((200, "", planned.Etag));
        (await admin.CallAsync("HEAD", "/v1/events/0194f0c0-0000-7000-8000-000000000000", null)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_does_not_exist_is_unknown()
    {
        using var admin = mila.Admin();
        (await admin.AskAsync("/v1/events/0194f0c0-0000-7000-8000-000000000000")).ShouldRefuse(404, "event-unknown");
        (await admin.AskAsync("/v1/events/not-an-id")).ShouldRefuse(404, "unknown-route");
    }

    [Fact]
    public async Task It_needs_a_key_that_reads_events()
    {
        using var admin = mila.Admin();
        var path = (await Scenario.PlannedAsync(admin)).Path();
        using var nobody = mila.Anonymous();
        (await nobody.AskAsync(path)).ShouldRefuse(401, "unauthenticated");
        using var stranger = await mila.KeyAsync(null, "hosting:write");
        (await stranger.AskAsync(path)).Status.ShouldBe(403);
        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.AskAsync(path)).Expect(200);
    }
}
