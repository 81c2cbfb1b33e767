using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Coaching.Tests.Catalogue;

public sealed class ServicesTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly object Audit = new { code = "audit", label = new { fr = "Audit de communication" }, kind = "individual", minutesMin = 90, minutesMax = 120, axes = new[] { "press relations" }, yearlyTarget = 30 };

    [Fact]
    public async Task A_service_is_offered_and_read_back_whole()
    {
        using var coach = await mila.KeyAsync(null, "coaching:write");
        var body = new
        {
            code = "experts",
            label = new { fr = "Consultation d'experts", en = "Expert consultation" },
            kind = "slots",
            sessionMinutes = 180,
            slotMinutesMin = 30,
            slotMinutesMax = 45,
            sessionsPerYear = 6,
            experts = new[] { "music accountant" },
            yearlyTarget = 36,
            note = "in turn",
        };

        using var answer = await coach.PostAsJsonAsync("/v1/coaching/services", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.Location!.ToString().ShouldBe("/v1/coaching/services/experts");
        answer.Headers.ETag.ShouldNotBeNull().ToString().ShouldBe(await coach.TagAsync("/v1/coaching/services/experts"));
        var read = await coach.ReadAsync("/v1/coaching/services/experts");
        (read.Text("kind"), read.Text("status"), read.GetProperty("label").Text("en"), read.GetProperty("sessionMinutes").GetInt32(), read.GetProperty("slotMinutesMin").GetInt32(), read.GetProperty("slotMinutesMax").GetInt32())
            .ShouldBe(("slots", "open", "Expert consultation", 180, 30, 45));
        (read.GetProperty("sessionsPerYear").GetInt32(), read.GetProperty("yearlyTarget").GetInt32(), read.Text("note"), read.GetProperty("minutes").ValueKind).ShouldBe((6, 36, "in turn", JsonValueKind.Null));
        read.GetProperty("experts").EnumerateArray().Select(e => e.GetString()).ShouldBe(["music accountant"]);
        read.GetProperty("updatedAt").GetDateTimeOffset().ShouldBe(mila.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Services_are_listed_by_code_kind_and_status()
    {
        using var coach = await mila.KeyAsync(null, "coaching:write");
        await coach.MakeAsync("/v1/coaching/services", new { code = "list-b", label = new { fr = "B" }, kind = "individual", minutes = 60, status = "closed" });
        await coach.MakeAsync("/v1/coaching/services", new { code = "list-a", label = new { fr = "A" }, kind = "slots", status = "proposed" });

        var all = Codes(await coach.ReadAsync("/v1/coaching/services?limit=250"));
        var closed = Codes(await coach.ReadAsync("/v1/coaching/services?status=closed"));
        var proposedSlots = Codes(await coach.ReadAsync("/v1/coaching/services?status=proposed&kind=slots"));

        all.ShouldBe(all.Order(StringComparer.Ordinal));
        all.ShouldContain("list-a");
        closed.ShouldBe(["list-b"]);
        proposedSlots.ShouldBe(["list-a"]);
        await coach.GetAsync("/v1/coaching/services?kind=group").ShouldRefuseAsync(HttpStatusCode.BadRequest, "list-query-malformed");
    }

    [Fact]
    public async Task A_proposed_service_opens_when_its_length_is_known()
    {
        using var coach = await mila.KeyAsync(null, "coaching:write");
        await coach.MakeAsync("/v1/coaching/services", new { code = "milia", label = new { fr = "Diagnostic MIL.IA" }, kind = "individual", status = "proposed" });

        await coach.PatchAsync("/v1/coaching/services/milia", new { status = "open" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "service-length-missing");
        using var opened = await coach.PatchAsync("/v1/coaching/services/milia", new { status = "open", minutes = 120 });

        opened.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await coach.ReadAsync("/v1/coaching/services/milia")).GetProperty("minutes").GetInt32().ShouldBe(120);
    }

    [Fact]
    public async Task A_change_takes_away_what_it_says_is_null()
    {
        using var coach = await mila.KeyAsync(null, "coaching:write");
        await coach.MakeAsync("/v1/coaching/services", new { code = "range", label = new { fr = "Audit" }, kind = "individual", minutesMin = 90, minutesMax = 120, note = "x" });

        using var changed = await coach.PatchAsync("/v1/coaching/services/range", new { minutesMin = (int?)null, minutesMax = (int?)null, minutes = 100, note = (string?)null });

        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        var read = await coach.ReadAsync("/v1/coaching/services/range");
        (read.GetProperty("minutes").GetInt32(), read.GetProperty("minutesMax").ValueKind, read.GetProperty("note").ValueKind).ShouldBe((100, JsonValueKind.Null, JsonValueKind.Null));
    }

    [Fact]
    public async Task Each_refusal_has_its_code_and_stores_nothing()
    {
        using var coach = await mila.KeyAsync(null, "coaching:write");
        await coach.MakeAsync("/v1/coaching/services", new { code = "taken", label = new { fr = "A" }, kind = "individual", minutes = 60 });

        await coach.GetAsync("/v1/coaching/services/none").ShouldRefuseAsync(HttpStatusCode.NotFound, "service-unknown");
        await coach.PatchAsync("/v1/coaching/services/none", new { note = "x" }).ShouldRefuseAsync(HttpStatusCode.NotFound, "service-unknown");
        await coach.PostAsJsonAsync("/v1/coaching/services", new { code = "taken", label = new { fr = "B" }, kind = "individual", minutes = 60 }).ShouldRefuseAsync(HttpStatusCode.Conflict, "service-code-taken");
        await coach.PatchAsync("/v1/coaching/services/taken", new { code = "other" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "service-code-fixed");
        await coach.PatchAsync("/v1/coaching/services/taken", new { note = "x" }, ifMatch: null).ShouldRefuseAsync((HttpStatusCode)428, "if-match-needed");
        await coach.PatchAsync("/v1/coaching/services/taken", new { note = "x" }, ifMatch: "\"stale\"").ShouldRefuseAsync(HttpStatusCode.PreconditionFailed, "stale");
        foreach (var (body, code) in new (object, string)[]
        {
            (new { code = "new", label = new { fr = "A" }, kind = "individual" }, "service-length-missing"),
            (new { code = "new", label = new { fr = "A" }, kind = "individual", minutes = 60, minutesMin = 60 }, "service-length-twice"),
            (new { code = "new", label = new { fr = "A" }, kind = "individual", minutesMin = 60 }, "service-length-half"),
            (new { code = "new", label = new { fr = "A" }, kind = "individual", minutesMin = 60, minutesMax = 30 }, "service-length-reversed"),
            (new { code = "new", label = new { fr = "A" }, kind = "individual", minutes = 60, sessionMinutes = 60 }, "service-slots-unexpected"),
            (new { code = "new", label = new { fr = "A" }, kind = "slots", minutes = 60 }, "service-minutes-unexpected"),
            (new { code = "new", label = new { fr = "A" }, kind = "slots", sessionMinutes = 60 }, "service-slots-half"),
            (new { code = "new", label = new { fr = "A" }, kind = "slots", sessionMinutes = 60, slotMinutesMin = 30, slotMinutesMax = 90 }, "service-slot-too-long"),
            (new { code = "New Code", label = new { fr = "A" }, kind = "individual", minutes = 60 }, "request-invalid"),
            (new { code = "new", label = new { fr = "" }, kind = "individual", minutes = 60 }, "request-invalid"),
            (new { code = "new", label = new { fr = "A" }, kind = "group", minutes = 60 }, "request-invalid"),
            (new { code = "new", label = new { fr = "A" }, kind = "individual", minutes = -60 }, "request-invalid"),
            (new { code = "new", label = new { fr = "A" }, kind = "individual", minutes = 60, price = 1 }, "request-invalid"),
            (new { code = "new", kind = "individual", minutes = 60 }, "request-invalid"),
        })
        {
            await coach.PostAsJsonAsync("/v1/coaching/services", body).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, code);
        }

        await coach.PostAsync("/v1/coaching/services", new StringContent("{", Encoding.UTF8, "application/json")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "json-malformed");
        await coach.GetAsync("/v1/coaching/services/new").ShouldRefuseAsync(HttpStatusCode.NotFound, "service-unknown");
    }

    [Fact]
    public async Task Of_many_that_offer_one_code_at_once_exactly_one_succeeds()
    {
        using var coach = await mila.KeyAsync(null, "coaching:write");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => coach.PostAsJsonAsync("/v1/coaching/services", new { code = "race", label = new { fr = "A" }, kind = "individual", minutes = 60 })));

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Reading_needs_a_key_and_writing_needs_the_scope()
    {
        using var anonymous = mila.Anonymous();
        using var reader = await mila.KeyAsync(null, "coaching:read");
        using var stranger = await mila.KeyAsync(null, "events:write");

        (await StatusAsync(anonymous.GetAsync("/v1/coaching/services"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(anonymous.PostAsJsonAsync("/v1/coaching/services", Audit))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(reader.GetAsync("/v1/coaching/services"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(reader.PostAsJsonAsync("/v1/coaching/services", Audit))).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(reader.PatchAsync("/v1/coaching/services/audit", new { note = "x" }, "\"x\""))).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(stranger.GetAsync("/v1/coaching/services"))).ShouldBe(HttpStatusCode.Forbidden);
    }

    private static string[] Codes(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.Text("code"))];

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return answer.StatusCode;
    }
}
