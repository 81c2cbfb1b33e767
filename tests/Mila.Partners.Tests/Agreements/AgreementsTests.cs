using System.Text.Json;
using Mila.Partners.Tests.Webhooks.Changes;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Agreements;

public sealed class AgreementsTests(TestMila mila) : IClassFixture<TestMila>
{
    private static int _number;

    [Fact]
    public async Task An_agreement_is_signed_read_listed_changed_and_told()
    {
        using var admin = mila.Admin();
        var partner = await PartnerAsync(admin);
        var signed = (await admin.TellAsync($"{partner}/agreements", new
        {
            kind = "access",
            startsOn = "2026-01-01",
            endsOn = "2026-12-31",
            grants = new { events = true, consultations = true, seatsPerEvent = 4, seatsReleasedHoursBefore = 24 },
            document = "Entre MILA et…",
        })).Expect(201);
        var path = $"{partner}/agreements/{signed["id"].GetString()}";

        signed.Header("Location").ShouldBe(path);
        (signed["status"].GetString(), signed["direction"].GetString(), signed["grants"].GetProperty("seatsPerEvent").GetInt32()).ShouldBe(("running", "reciprocal", 4));
        var read = (await admin.AskAsync(path)).Expect(200);
        read.Text.ShouldBe(signed.Text);
        read.Etag.ShouldBe(signed.Etag);
        (await admin.AskAsync(path, ("If-None-Match", read.Etag))).Expect(304);
        (await admin.AskAsync($"{partner}/agreements?kind=access&direction=reciprocal")).Expect(200)["items"].GetArrayLength().ShouldBe(1);
        (await admin.AskAsync($"{partner}/agreements?kind=exchange")).Expect(200)["items"].GetArrayLength().ShouldBe(0);

        var changed = (await admin.AmendAsync(path, new { grants = new { seatsPerEvent = 6 } }, read.Etag)).Expect(200);
        (changed["grants"].GetProperty("seatsPerEvent").GetInt32(), changed["grants"].GetProperty("events").GetBoolean()).ShouldBe((6, true));
        (await admin.AmendAsync(path, new { document = "Entre MILA et…" }, changed.Etag)).Expect(200).Etag.ShouldBe(changed.Etag);

        var told = (await mila.PublishedAsync("Partners.AgreementSigned")).Single(n => n.Named("agreementId") == signed["id"].GetString());
        (told.Named("startsOn"), told.Named("kind"), told.Of("consultations").GetBoolean(), told.Of("events").GetBoolean()).ShouldBe(("2026-01-01", "access", true, true));
        (await mila.PublishedAsync("Partners.AgreementChanged")).Single(n => n.Named("agreementId") == signed["id"].GetString()).Of("fields")[0].GetString().ShouldBe("grants");
    }

    [Fact]
    public async Task Each_refusal_has_its_code_and_stores_nothing()
    {
        using var admin = mila.Admin();
        var partner = await PartnerAsync(admin);
        var path = $"{partner}/agreements";
        var access = new { kind = "access", startsOn = "2026-01-01", grants = new { events = true } };
        var signed = (await admin.TellAsync(path, access)).Expect(201);
        var own = $"{path}/{signed["id"].GetString()}";

        (await admin.TellAsync(path, access)).ShouldRefuse(409, "agreement-overlaps");
        (await admin.TellAsync(path, new { kind = "access", startsOn = "2025-01-01", endsOn = "2024-01-01", grants = new { events = true } })).ShouldRefuse(422, "agreement-ends-before-start", "/endsOn agreement-ends-before-start");
        (await admin.TellAsync(path, new { kind = "access", startsOn = "2025-01-01", endsOn = "2025-02-01" })).ShouldRefuse(422, "agreement-grants-nothing");
        (await admin.TellAsync(path, new { kind = "exchange", startsOn = "2025-01-01", grants = new { events = true } })).ShouldRefuse(422, "agreement-grants-by-access-only");
        (await admin.TellAsync(path, new { kind = "access", startsOn = "2025-01-01", endsOn = "2025-02-01", grants = new { consultations = true, seatsPerEvent = 1 } })).ShouldRefuse(422, "agreement-seats-without-events");
        (await admin.TellAsync(path, new { kind = "access", startsOn = "2025-01-01", grants = new { events = true, seatsPerEvent = 1001 } })).ShouldRefuse(422, "request-invalid", "/grants/seatsPerEvent out-of-range");
        (await admin.TellAsync(path, "{")).ShouldRefuse(400, "json-malformed");
        (await admin.TellAsync($"/v1/partners/{Guid.CreateVersion7()}/agreements", access)).ShouldRefuse(404, "partner-unknown");
        (await admin.AskAsync($"{path}/{Guid.CreateVersion7()}")).ShouldRefuse(404, "agreement-unknown");
        (await admin.AskAsync($"{await PartnerAsync(admin)}/agreements/{signed["id"].GetString()}")).ShouldRefuse(404, "agreement-unknown");
        (await admin.AmendAsync(own, new { kind = "exchange" }, signed.Etag)).ShouldRefuse(422, "agreement-kind-fixed");
        (await admin.AmendAsync(own, new { document = "x" }, "\"stale\"")).ShouldRefuse(412, "stale");
        (await admin.CallAsync("PATCH", own, new { document = "x" })).ShouldRefuse(428, "if-match-needed");
        (await admin.TellAsync($"{own}/ending", new { on = "2026-03-01" })).ShouldRefuse(422, "agreement-ending-in-the-past", "/on agreement-ending-in-the-past");
        (await admin.AskAsync(path)).Expect(200)["items"].GetArrayLength().ShouldBe(1);
        (await admin.AskAsync(own)).Expect(200).Text.ShouldBe(signed.Text);
    }

    [Fact]
    public async Task A_partners_key_reads_its_own_and_nobody_elses()
    {
        using var admin = mila.Admin();
        var (own, other) = (await PartnerAsync(admin), await PartnerAsync(admin));
        var body = new { kind = "access", startsOn = "2026-01-01", grants = new { events = true } };
        var mine = (await admin.TellAsync($"{own}/agreements", body)).Expect(201);
        var theirs = (await admin.TellAsync($"{other}/agreements", body)).Expect(201);
        using var key = await mila.KeyAsync(Guid.Parse(own.Split('/')[^1]), "partners:read", "partners:write");

        (await key.AskAsync($"{own}/agreements/{mine["id"].GetString()}")).Expect(200);
        (await key.AskAsync($"{own}/agreements")).Expect(200)["items"].GetArrayLength().ShouldBe(1);
        (await key.AskAsync($"{other}/agreements/{theirs["id"].GetString()}")).ShouldRefuse(404, "agreement-unknown");
        (await key.AskAsync($"{own}/agreements/{theirs["id"].GetString()}")).ShouldRefuse(404, "agreement-unknown");
        (await key.AskAsync($"{other}/agreements")).ShouldRefuse(404, "partner-unknown");
        (await key.TellAsync($"{other}/agreements", body)).ShouldRefuse(404, "partner-unknown");
        (await key.TellAsync($"{own}/agreements", body)).ShouldRefuse(403, "partner-staff-only");
        (await key.TellAsync($"{own}/agreements/{mine["id"].GetString()}/ending", new { })).ShouldRefuse(403, "partner-staff-only");
        (await key.AmendAsync($"{own}/agreements/{mine["id"].GetString()}", new { document = "x" }, mine.Etag)).ShouldRefuse(403, "partner-staff-only");
        using var reader = await mila.KeyAsync(null, "partners:read");
        (await reader.TellAsync($"{own}/agreements", body)).ShouldRefuse(403, "scope-missing");
        using var nobody = mila.Anonymous();
        (await nobody.AskAsync($"{own}/agreements")).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task It_ends_at_once_or_on_a_day_to_come_and_webhooks_say_so()
    {
        using var admin = mila.Admin();
        var partner = await PartnerAsync(admin);
        var body = new { kind = "access", startsOn = "2026-01-01", grants = new { events = true } };
        var first = (await admin.TellAsync($"{partner}/agreements", body)).Expect(201);
        var ended = (await admin.TellAsync($"{partner}/agreements/{first["id"].GetString()}/ending", new { on = "2026-03-08", reason = "They merged." })).Expect(200);
        (ended["status"].GetString(), ended["endsOn"].GetString(), ended["endedBecause"].GetString()).ShouldBe(("ended", "2026-03-08", "They merged."));
        (await admin.TellAsync($"{partner}/agreements/{first["id"].GetString()}/ending", null)).ShouldRefuse(409, "agreement-ended");
        (await admin.AmendAsync($"{partner}/agreements/{first["id"].GetString()}", new { endsOn = "2027-01-01" }, ended.Etag)).ShouldRefuse(409, "agreement-ended");

        var second = (await admin.TellAsync($"{partner}/agreements", new { kind = "access", startsOn = "2026-03-09", grants = new { events = true } })).Expect(201);
        var ending = (await admin.TellAsync($"{partner}/agreements/{second["id"].GetString()}/ending", null)).Expect(200);
        (ending["status"].GetString(), ending["endsOn"].GetString()).ShouldBe(("running", "2026-03-09"));
        await mila.DrainAsync();
        var types = new List<string>();
        foreach (var agreement in new[] { first, second }) types.AddRange((await admin.ChangesAsync($"resourceId={agreement["id"].GetString()}", 2)).Select(m => m.Text("type")));
        types.ShouldBe(["agreement.signed", "agreement.ended", "agreement.signed", "agreement.changed"]);
    }

    internal static async Task<string> PartnerAsync(HttpClient admin)
    {
        var number = Interlocked.Increment(ref _number);
        return $"/v1/partners/{(await admin.TellAsync("/v1/partners", new { code = $"network-{number}", name = $"Network {number}", kind = "network" })).Expect(201)["id"].GetString()}";
    }
}

/// <summary>Members of a notification, whatever the case of their first letter.</summary>
internal static class Notifications
{
    public static JsonElement Of(this JsonElement notification, string name) => notification.EnumerateObject().Single(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)).Value;

    public static string? Named(this JsonElement notification, string name) => notification.Of(name).GetString();
}
