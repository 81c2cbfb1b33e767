using System.Text.Json.Nodes;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Import;

public sealed class EventsImportTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task The_year_2026_is_taken_in_whole_and_again_without_effect()
    {
        using var admin = mila.Admin();
        var year = Year();
        var (programmes, events) = (year["programmes"]!.AsArray().Count, year["events"]!.AsArray().Count);
        (programmes, events).ShouldBe((12, 32));

        Counts((await admin.TellAsync("/v1/events/import", year.ToJsonString())).Expect(200)).ShouldBe((12, 0, 0, 32, 0, 0));
        Counts((await admin.TellAsync("/v1/events/import", year.ToJsonString())).Expect(200)).ShouldBe((0, 0, 12, 0, 0, 32));

        var club = (await admin.AskAsync("/v1/events?programme=club-mila")).Expect(200)["items"];
        club.EnumerateArray().Select(e => (e.GetProperty("slug").GetString(), e.GetProperty("month").GetString(), e.GetProperty("status").GetString()))
            .ShouldBe([("strategie-video-developpement-d-audience", "2026-01", "planned"), ("marche-icc-musique-en-afrique", "2026-02", "planned")]);
        (await admin.AskAsync("/v1/programmes/club-mila"))["yearlyTarget"].GetInt32().ShouldBe(9);
        (await admin.AskAsync("/v1/events?programme=representation")).Expect(200)["items"].EnumerateArray().Single(e => e.GetProperty("slug").GetString() == "stand-au-mama-music-convention").GetProperty("tags")[0].GetString().ShouldBe("3 jours", "The public reads it in French.");
        (await mila.SqlAsync("select count(*) from mila.outbox where type like 'Events.%'")).ShouldBe(0L);

        await What_people_decided_since_stays(admin, year);
    }

    private async Task What_people_decided_since_stays(HttpClient admin, JsonObject year)
    {
        var planned = Found(await admin.AskAsync("/v1/events?programme=club-mila&from=2026-02-01&to=2026-03-01"));
        var path = $"/v1/events/{planned.GetProperty("id").GetString()}";
        (await admin.AmendAsync(path, new { startsAt = "2026-02-16T18:00:00Z", endsAt = "2026-02-16T20:00:00Z" }, (await admin.AskAsync(path)).Etag)).Expect(200);
        var published = (await admin.TellAsync($"{path}/publication", null)).Expect(200);

        Counts((await admin.TellAsync("/v1/events/import", year.ToJsonString())).Expect(200)).ShouldBe((0, 0, 12, 0, 0, 32));
        (await admin.AskAsync(path)).Etag.ShouldBe(published.Etag);

        // The file says something new of it: that is taken, the day and the publication stay, and those who know it are told.
        var changed = Year();
        changed["events"]![1]!["speakers"]!.AsArray().Add(new JsonObject { ["name"] = "A. B." });
        Counts((await admin.TellAsync("/v1/events/import", changed.ToJsonString())).Expect(200)).ShouldBe((0, 0, 12, 0, 1, 31));
        var now = (await admin.AskAsync(path)).Expect(200);
        (now["status"].GetString(), now["startsAt"].GetString(), now["speakers"].GetArrayLength()).ShouldBe(("published", "2026-02-16T18:00:00Z", 3));
        (await mila.PublishedAsync("Events.EventChanged")).Of(now).ShouldHaveSingleItem().GetProperty("fields")[0].GetString().ShouldBe("speakers");
        (await mila.PublishedAsync("Events.EventMoved")).Of(now).ShouldBeEmpty();

        // A cancelled one stays cancelled, and stops no import.
        (await Scenario.CancelAsync(admin, now)).Expect(200);
        Counts((await admin.TellAsync("/v1/events/import", year.ToJsonString())).Expect(200)).ShouldBe((0, 0, 12, 0, 0, 32));
        (await admin.AskAsync(path))["status"].GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task Every_fault_is_listed_and_nothing_is_taken_in()
    {
        using var admin = mila.Admin();
        var before = await CountAsync();
        var answer = await admin.TellAsync("/v1/events/import", """
            {
              "programmes": [{"code": "good-one", "label": "Good"}, {"code": "Bad One", "label": "Bad"}, {"code": "x"}, 7, {"code": "y", "label": "y", "colour": "red"}, {"code": "good-one", "label": "Again"}],
              "events": [
                {"programme": "good-one", "title": "Good", "month": "2026-03"},
                {"programme": "nobody", "title": "x", "month": "2026-03"},
                {"programme": "good-one", "title": "Good", "month": "2026-04"},
                {"programme": "good-one", "title": "Bad month", "month": "mars"},
                {"programme": "good-one", "title": "Born announced", "month": "2026-03", "status": "published"},
                {"programme": "good-one", "title": "Odd", "month": "2026-03", "status": "maybe"},
                {"programme": "good-one", "title": "Nulls", "month": "2026-03", "speakers": [null]},
                null
              ],
              "members": []
            }
            """);

        answer.ShouldRefuse(422, "import-faulty",
            "/members unknown-member", "/programmes/1/code wrong-format", "/programmes/2/label required", "/programmes/3 wrong-type", "/programmes/4/colour unknown-member", "/programmes/5/code repeated",
            "/events/1/programme programme-unknown", "/events/2/title event-repeated", "/events/3/month wrong-format", "/events/4 event-status-by-action", "/events/5/status wrong-type",
            "/events/6/speakers/0 required", "/events/7 wrong-type");
        (await CountAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("""{"programmes":{}}""", 422, "import-faulty")]
    [InlineData("""{"events":null}""", 422, "import-faulty")]
    [InlineData("""[]""", 400, "body-not-an-object")]
    [InlineData("""{"events":[}""", 400, "json-malformed")]
    [InlineData("""{"events":[],"events":[]}""", 400, "name-repeated")]
    [InlineData("", 400, "json-malformed")]
    public async Task What_is_no_such_file_is_refused(string body, int status, string code)
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/events/import", body)).ShouldRefuse(status, code);
    }

    [Fact]
    public async Task A_corrected_item_changes_what_it_corrects_and_leaves_what_staff_changed_since()
    {
        using var admin = mila.Admin();
        const string Before = """
            {"programmes":[{"code":"corrected","label":"Du fichier","rhythm":"9 per year","minutes":60,"themes":["a","b"]}],
             "events":[{"programme":"corrected","title":"Un titre à corriger","month":"2026-05","speakers":[{"name":"A. B."}],"venue":"PEP"}]}
            """;
        Counts((await admin.TellAsync("/v1/events/import", Before)).Expect(200)).ShouldBe((1, 0, 0, 1, 0, 0));
        (await admin.AmendAsync("/v1/programmes/corrected", new { label = "Des gens", season = "2025/2026", yearlyTarget = 4, themes = new[] { "a", "c" } }, (await admin.AskAsync("/v1/programmes/corrected")).Etag)).Expect(200);
        var path = $"/v1/events/{Found(await admin.AskAsync("/v1/events?programme=corrected")).GetProperty("id").GetString()}";
        (await admin.AmendAsync(path, new { title = new { fr = "Le titre des gens", en = "Their title" }, audience = "public", month = "2026-06", tags = new[] { "salon" } }, (await admin.AskAsync(path)).Etag)).Expect(200);

        var after = Before.Replace("\"minutes\":60", "\"minutes\":90", StringComparison.Ordinal).Replace("\"month\"", "\"coHost\":\"map\",\"month\"", StringComparison.Ordinal);
        Counts((await admin.TellAsync("/v1/events/import", after)).Expect(200)).ShouldBe((0, 1, 0, 0, 1, 0));
        Counts((await admin.TellAsync("/v1/events/import", after)).Expect(200)).ShouldBe((0, 0, 1, 0, 0, 1));

        var programme = (await admin.AskAsync("/v1/programmes/corrected")).Expect(200);
        (programme["minutes"].GetInt32(), programme["label"].GetString(), programme["season"].GetString(), programme["yearlyTarget"].GetInt32()).ShouldBe((90, "Des gens", "2025/2026", 4));
        programme["themes"].EnumerateArray().Select(t => t.GetString()).ShouldBe(["a", "c"]);
        var now = (await admin.AskAsync(path)).Expect(200);
        (now["title"].GetProperty("fr").GetString(), now["title"].GetProperty("en").GetString(), now["audience"].GetString(), now["month"].GetString()).ShouldBe(("Le titre des gens", "Their title", "public", "2026-06"));
        (now["coHosts"][0].GetString(), now["tags"][0].GetString(), now["speakers"].GetArrayLength()).ShouldBe(("map", "salon", 1));

        // The control: what the file itself says otherwise is taken, also over what staff said.
        Counts((await admin.TellAsync("/v1/events/import", after.Replace("2026-05", "2026-07", StringComparison.Ordinal))).Expect(200)).ShouldBe((0, 0, 1, 0, 1, 0));
        (await admin.AskAsync(path))["month"].GetString().ShouldBe("2026-07");
        // What a module does not keep changes nothing, and is not called a change.
        Counts((await admin.TellAsync("/v1/events/import", after.Replace("2026-05", "2026-07", StringComparison.Ordinal).Replace("\"rhythm\"", "\"venue\":\"PEP\",\"rhythm\"", StringComparison.Ordinal))).Expect(200)).ShouldBe((0, 0, 1, 0, 0, 1));
    }

    [Fact]
    public async Task A_part_of_a_year_is_enough()
    {
        using var admin = mila.Admin();
        Counts((await admin.TellAsync("/v1/events/import", """{"programmes":[{"code":"part","label":"Part"}]}""")).Expect(200)).ShouldBe((1, 0, 0, 0, 0, 0));
        Counts((await admin.TellAsync("/v1/events/import", """{"events":[{"programme":"part","title":"Part","month":null}]}""")).Expect(200)).ShouldBe((0, 0, 0, 1, 0, 0));
        Counts((await admin.TellAsync("/v1/events/import", "{}")).Expect(200)).ShouldBe((0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public async Task It_needs_a_key_that_writes_events()
    {
        using var nobody = mila.Anonymous();
        (await nobody.TellAsync("/v1/events/import", "{}")).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.TellAsync("/v1/events/import", "{}")).Status.ShouldBe(403);
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/events/import", "{}", ("Content-Type", "text/csv"))).ShouldRefuse(415, "unsupported-media-type");
    }

    /// <summary>The programmes and events of the real file.</summary>
    private static JsonObject Year()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mila.sln"))) folder = folder.Parent!;
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "deploy/data/mila-2026.json")))!;
        return new JsonObject { ["programmes"] = file["programmes"]!.DeepClone(), ["events"] = file["events"]!.DeepClone() };
    }

    private static System.Text.Json.JsonElement Found(Answer list) => list.Expect(200)["items"].EnumerateArray().Single();

    private static (int, int, int, int, int, int) Counts(Answer answer)
    {
        int Of(string kind, string what) => answer[kind].GetProperty(what).GetInt32();
        return (Of("programmes", "created"), Of("programmes", "changed"), Of("programmes", "unchanged"), Of("events", "created"), Of("events", "changed"), Of("events", "unchanged"));
    }

    private async Task<(object?, object?)> CountAsync() => (await mila.SqlAsync("select count(*) from events.mt_doc_event"), await mila.SqlAsync("select count(*) from events.mt_doc_programme"));
}
