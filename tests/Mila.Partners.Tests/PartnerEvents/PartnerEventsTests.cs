using Mila.Partners.Tests.Agreements;
using Mila.Testing.App;

namespace Mila.Partners.Tests.PartnerEvents;

public sealed class PartnerEventsTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly object Rencontre = new
    {
        title = new { fr = "Rencontre MAP", en = "MAP meeting" },
        url = "https://map.example/rencontre",
        summary = new { fr = "Une **rencontre**." },
        startsAt = "2026-04-02T19:00:00+02:00",
        endsAt = "2026-04-02T21:00:00+02:00",
        venue = new { mode = "onSite", name = "La Maroquinerie" },
        tags = new[] { "live" },
    };

    [Fact]
    public async Task A_partner_pushes_replaces_withdraws_and_revives_by_its_own_id()
    {
        var (partner, key) = await NetworkAsync();
        using var _ = key;
        var path = $"{partner}/events/2026-rencontre.1";
        var made = (await key.CallAsync("PUT", path, Rencontre)).Expect(201);
        made.Header("Location").ShouldBe(path);
        (made["status"].GetString(), made["startsAt"].GetString(), made["audience"].GetString()).ShouldBe(("published", "2026-04-02T17:00:00Z", "network"));

        var same = (await key.CallAsync("PUT", path, Rencontre)).Expect(200);
        same.Etag.ShouldBe(made.Etag);
        (await mila.PublishedAsync("Partners.PartnerEventPushed")).Count(n => n.Named("externalId") == "2026-rencontre.1" && partner.EndsWith(n.Named("partnerId")!, StringComparison.Ordinal)).ShouldBe(1);

        var moved = (await key.CallAsync("PUT", path, new { title = new { fr = "Rencontre MAP" }, url = "https://map.example/rencontre", month = "2026-05" })).Expect(200);
        (moved["month"].GetString(), moved["id"].GetString()).ShouldBe(("2026-05", made["id"].GetString()));
        (await key.AskAsync(path, ("If-None-Match", moved.Etag))).Expect(304);

        (await key.CallAsync("DELETE", path, null)).ShouldRefuse(428, "if-match-needed");
        (await key.CallAsync("DELETE", path, null, ("If-Match", made.Etag))).ShouldRefuse(412, "stale");
        (await key.CallAsync("DELETE", path, null, ("If-Match", moved.Etag))).Expect(204);
        (await key.AskAsync(path)).ShouldRefuse(410, "partner-event-withdrawn");
        (await key.CallAsync("DELETE", path, null, ("If-Match", moved.Etag))).ShouldRefuse(410, "partner-event-withdrawn");
        (await key.AskAsync($"{partner}/events")).Expect(200)["items"].GetArrayLength().ShouldBe(0);
        var tombstone = (await key.AskAsync($"{partner}/events?updatedSince=2026-03-01T00:00:00Z")).Expect(200)["items"][0];
        (tombstone.Text("status"), tombstone.Text("externalId"), tombstone.GetProperty("title").ValueKind).ShouldBe(("withdrawn", "2026-rencontre.1", System.Text.Json.JsonValueKind.Null));
        (await mila.PublishedAsync("Partners.PartnerEventWithdrawn")).Count(n => n.Named("partnerEventId") == made["id"].GetString()).ShouldBe(1);

        var revived = (await key.CallAsync("PUT", path, Rencontre)).Expect(201);
        revived["id"].GetString().ShouldBe(made["id"].GetString());
        (await key.AskAsync($"{partner}/events")).Expect(200)["items"].GetArrayLength().ShouldBe(1);
        (await key.AskAsync($"{partner}/events?from=2026-04-02T18:00:00Z")).Expect(200)["items"].GetArrayLength().ShouldBe(1, "it is under way");
        (await key.AskAsync($"{partner}/events?from=2026-04-02T19:00:01Z")).Expect(200)["items"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_text_that_cannot_be_shown_or_a_title_that_nobody_sees_is_refused()
    {
        var (partner, key) = await NetworkAsync();
        using var _ = key;
        var path = $"{partner}/events/unreadable";
        var deep = string.Concat(Enumerable.Repeat("> ", 130)) + "x";
        (await key.CallAsync("PUT", path, new { title = new { fr = "X" }, url = "https://map.example/", month = "2026-05", summary = new { fr = "Bien.", en = deep } })).ShouldRefuse(422, "request-invalid", "/summary/en too-deep");
        (await key.CallAsync("PUT", path, new { title = new { fr = "\u200b\u0007" }, url = "https://map.example/", month = "2026-05" })).ShouldRefuse(422, "request-invalid", "/title/fr required");
        (await key.AskAsync(path)).ShouldRefuse(404, "partner-event-unknown");
        (await key.CallAsync("PUT", path, new { title = new { fr = "X" }, url = "https://map.example/", month = "2026-05", summary = new { fr = string.Concat(Enumerable.Repeat("> ", 10)) + "x" } })).Expect(201);
    }

    [Fact]
    public async Task If_Match_and_If_None_Match_are_honoured_when_they_are_sent()
    {
        var (partner, key) = await NetworkAsync();
        using var _ = key;
        var path = $"{partner}/events/conditional";
        (await key.CallAsync("PUT", path, Rencontre, ("If-Match", "*"))).ShouldRefuse(412, "stale");
        (await key.AskAsync(path)).ShouldRefuse(404, "partner-event-unknown");
        var made = (await key.CallAsync("PUT", path, Rencontre, ("If-None-Match", "*"))).Expect(201);
        var failed = await key.CallAsync("PUT", path, Rencontre, ("If-None-Match", "*"));
        failed.ShouldRefuse(412, "stale");
        failed.Etag.ShouldBe(made.Etag);
        (await key.CallAsync("PUT", path, Rencontre, ("If-Match", "\"stale\""))).ShouldRefuse(412, "stale");
        (await key.CallAsync("PUT", path, Rencontre, ("If-Match", "x"))).ShouldRefuse(400, "request-malformed");
        (await key.CallAsync("PUT", path, new { title = new { fr = "Autre" }, url = "https://map.example/", month = "2026-05" }, ("If-Match", made.Etag))).Expect(200);
    }

    [Fact]
    public async Task Of_many_first_pushes_at_once_one_makes_it()
    {
        var (partner, key) = await NetworkAsync();
        using var _ = key;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => key.CallAsync("PUT", $"{partner}/events/at-once", new { title = new { fr = $"Titre {i}" }, url = "https://map.example/", month = "2026-05" })));
        answers.Select(a => a.Status).Order().ShouldBe([200, 200, 200, 200, 200, 200, 200, 201]);
        (await key.AskAsync($"{partner}/events")).Expect(200)["items"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Without_an_agreement_that_opens_events_to_members_nothing_is_taken()
    {
        using var admin = mila.Admin();
        var partner = await AgreementsTests.PartnerAsync(admin);
        (await admin.CallAsync("PUT", $"{partner}/events/a", Rencontre)).ShouldRefuse(409, "agreement-needed");
        (await admin.TellAsync($"{partner}/agreements", new { kind = "access", startsOn = "2026-01-01", endsOn = "2026-03-08", grants = new { events = true } })).Expect(201);
        (await admin.TellAsync($"{partner}/agreements", new { kind = "access", startsOn = "2026-03-09", endsOn = "2026-03-31", direction = "given", grants = new { events = true } })).Expect(201);
        (await admin.CallAsync("PUT", $"{partner}/events/a", Rencontre)).ShouldRefuse(409, "agreement-needed");
        (await admin.TellAsync($"{partner}/agreements", new { kind = "access", startsOn = "2026-04-01", grants = new { events = true } })).Expect(201);
        (await admin.CallAsync("PUT", $"{partner}/events/a", Rencontre)).ShouldRefuse(409, "agreement-needed");
        (await admin.AskAsync($"{partner}/events")).Expect(200)["items"].GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"title":{"fr":"x"},"url":"http://map.example/","month":"2026-05"}""", 422, "request-invalid")]
    [InlineData("""{"title":{"fr":"x"},"url":"javascript:alert(1)","month":"2026-05"}""", 422, "request-invalid")]
    [InlineData("""{"title":{"fr":""},"url":"https://map.example/","month":"2026-05"}""", 422, "request-invalid")]
    [InlineData("""{"title":{"fr":"x"},"url":"https://map.example/"}""", 422, "event-undated")]
    [InlineData("""{"title":{"fr":"x"},"url":"https://map.example/","startsAt":"2026-05-01T10:00:00Z"}""", 422, "event-half-scheduled")]
    [InlineData("""{"title":{"fr":"x"},"url":"https://map.example/","startsAt":"2026-05-01T10:00:00Z","endsAt":"2026-05-01T09:00:00Z"}""", 422, "event-ends-before-start")]
    [InlineData("""{"title":{"fr":"x"},"url":"https://map.example/","startsAt":"2026-05-01T10:00:00Z","endsAt":"2026-07-01T09:00:00Z"}""", 422, "event-too-long")]
    [InlineData("""{"title":{"fr":"x"},"url":"https://map.example/","month":"2026-05","status":"withdrawn"}""", 422, "request-invalid")]
    [InlineData("""{"title":{"fr":"x"},"url":"https://map.example/","month":"2026-05","cancellationReason":{"fr":"x"}}""", 422, "event-not-cancelled")]
    [InlineData("""{"title":{"fr":"x"},"url":"https://map.example/","month":"2026-05","audience":"members"}""", 422, "request-invalid")]
    [InlineData("""{"title":{"fr":"x"},"url":"https://map.example/","month":"2026-05","isCancelled":true}""", 422, "request-invalid")]
    [InlineData("{", 400, "json-malformed")]
    public async Task What_cannot_be_is_refused(string body, int status, string code)
    {
        var (partner, key) = await NetworkAsync();
        using var _ = key;
        (await key.CallAsync("PUT", $"{partner}/events/refused", body)).ShouldRefuse(status, code);
        (await key.AskAsync($"{partner}/events/refused")).ShouldRefuse(404, "partner-event-unknown");
    }

    [Fact]
    public async Task A_thousand_may_be_to_come_and_those_that_are_over_are_not_counted()
    {
        var (partner, key) = await NetworkAsync();
        using var _ = key;
        (await key.CallAsync("PUT", $"{partner}/events/first", Rencontre)).Expect(201);
        await CopyAsync(1000, "2020-01-01T00:00:00.000000Z");
        (await key.CallAsync("PUT", $"{partner}/events/second", Rencontre)).Expect(201);
        await CopyAsync(998, "2026-04");
        (await key.CallAsync("PUT", $"{partner}/events/third", Rencontre)).ShouldRefuse(409, "partner-events-too-many");
        (await key.CallAsync("PUT", $"{partner}/events/second", new { title = new { fr = "Autrement" }, url = "https://map.example/rencontre", month = "2026-05" })).Expect(200);

        Task CopyAsync(int count, string sortKey) => mila.SqlAsync($"""
            insert into partners.mt_doc_partnerevent (id, data, mt_version)
            select i.id, e.data || jsonb_build_object('id', i.id, 'externalId', i.id, 'sortKey', '{sortKey}'), gen_random_uuid()
            from partners.mt_doc_partnerevent e, (select gen_random_uuid() id from generate_series(1, {count})) i where e.data ->> 'externalId' = 'first' and e.data ->> 'partnerId' = '{partner.Split('/')[^1]}'
            """);
    }

    [Fact]
    public async Task A_partners_key_reaches_its_own_events_alone()
    {
        var (own, key) = await NetworkAsync();
        var (other, theirs) = await NetworkAsync();
        using var _ = key;
        using var __ = theirs;
        var made = (await theirs.CallAsync("PUT", $"{other}/events/a", Rencontre)).Expect(201);
        (await key.CallAsync("PUT", $"{other}/events/a", Rencontre)).ShouldRefuse(404, "partner-unknown");
        (await key.AskAsync($"{other}/events/a")).ShouldRefuse(404, "partner-event-unknown");
        (await key.AskAsync($"{other}/events")).ShouldRefuse(404, "partner-unknown");
        (await key.CallAsync("DELETE", $"{other}/events/a", null, ("If-Match", made.Etag))).ShouldRefuse(404, "partner-event-unknown");
        (await key.CallAsync("PUT", $"{own}/events/{new string('a', 101)}", Rencontre)).ShouldRefuse(422, "partner-event-id-refused");
        (await key.CallAsync("PUT", $"{own}/events/a%2Fb", Rencontre)).ShouldRefuse(422, "partner-event-id-refused");
        using var reader = await mila.KeyAsync(null, "partners:read");
        (await reader.CallAsync("PUT", $"{own}/events/a", Rencontre)).ShouldRefuse(403, "scope-missing");
    }

    private async Task<(string Path, HttpClient Key)> NetworkAsync()
    {
        using var admin = mila.Admin();
        var partner = await AgreementsTests.PartnerAsync(admin);
        (await admin.TellAsync($"{partner}/agreements", new { kind = "access", startsOn = "2026-01-01", grants = new { events = true } })).Expect(201);
        return (partner, await mila.KeyAsync(Guid.Parse(partner.Split('/')[^1]), "partners:read", "partners:write"));
    }
}
