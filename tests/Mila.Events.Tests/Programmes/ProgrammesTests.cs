using Mila.Testing.App;

namespace Mila.Events.Tests.Programmes;

public sealed class ProgrammesTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_programme_is_founded_with_all_that_is_known()
    {
        using var admin = mila.Admin();
        var founded = (await admin.TellAsync("/v1/programmes", new
        {
            code = "juriquizz",
            label = "JuriQuizz",
            rhythm = "4 per year",
            season = "2025/2026",
            yearlyTarget = 4,
            minutes = 120,
            themes = new[] { "contrats" },
            supportedBy = "CNM",
        })).Expect(201);
        founded.Header("Location").ShouldBe("/v1/programmes/juriquizz");
        var read = (await admin.AskAsync("/v1/programmes/juriquizz")).Expect(200);
        read.Text.ShouldBe(founded.Text);
        read.Etag.ShouldBe(founded.Etag);
        (await admin.AskAsync("/v1/programmes/juriquizz", ("If-None-Match", founded.Etag))).Status.ShouldBe(304);
    }

    [Fact]
    public async Task A_code_is_taken_once()
    {
        using var admin = mila.Admin();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.TellAsync("/v1/programmes", new { code = "crescendo", label = "Crescendo" })));
        answers.Count(a => a.Status == 201).ShouldBe(1);
        foreach (var late in answers.Where(a => a.Status != 201)) late.ShouldRefuse(409, "programme-code-taken");
    }

    [Theory]
    [InlineData("""{"label":"x"}""", "/code required")]
    [InlineData("""{"code":"x"}""", "/label required")]
    [InlineData("""{"code":"Club MILA","label":"x"}""", "/code wrong-format")]
    [InlineData("""{"code":"x","label":""}""", "/label required")]
    [InlineData("""{"code":"x","label":"x","season":"2026"}""", "/season wrong-format")]
    [InlineData("""{"code":"x","label":"x","yearlyTarget":0,"minutes":10}""", "/yearlyTarget out-of-range;/minutes out-of-range")]
    [InlineData("""{"code":"x","label":"x","themes":[null]}""", "/themes/0 required")]
    [InlineData("""{"code":"x","label":"x","venue":"y"}""", "/venue unknown-member")]
    public async Task A_programme_that_cannot_be_is_refused_and_not_stored(string body, string faults)
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/programmes", body)).ShouldRefuse(422, "request-invalid", faults.Split(';'));
        (await admin.AskAsync("/v1/programmes/x")).ShouldRefuse(404, "programme-unknown");
    }

    [Fact]
    public async Task A_programme_changes_but_for_its_code()
    {
        using var admin = mila.Admin();
        var founded = (await admin.TellAsync("/v1/programmes", new { code = "lunch", label = "Déjeuner" })).Expect(201);
        var changed = (await admin.AmendAsync("/v1/programmes/lunch", new { label = "Déjeuners", yearlyTarget = 6 }, founded.Etag)).Expect(200);
        (changed["label"].GetString(), changed["yearlyTarget"].GetInt32()).ShouldBe(("Déjeuners", 6));

        (await admin.AmendAsync("/v1/programmes/lunch", new { code = "dinner" }, changed.Etag)).ShouldRefuse(422, "programme-code-fixed", "/code programme-code-fixed");
        (await admin.AmendAsync("/v1/programmes/lunch", new { label = (string?)null }, changed.Etag)).ShouldRefuse(422, "request-invalid", "/label wrong-type");
        (await admin.AmendAsync("/v1/programmes/lunch", new { label = "x" }, founded.Etag)).ShouldRefuse(412, "stale").Etag.ShouldBe(changed.Etag);
        (await admin.CallAsync("PATCH", "/v1/programmes/lunch", new { label = "x" })).ShouldRefuse(428, "if-match-needed");
        (await admin.AmendAsync("/v1/programmes/nobody", new { label = "x" }, founded.Etag)).ShouldRefuse(404, "programme-unknown");
    }

    [Fact]
    public async Task Programmes_are_listed_by_code()
    {
        using var admin = mila.Admin();
        foreach (var code in new[] { "zz-b", "zz-a", "zz-c" }) (await admin.TellAsync("/v1/programmes", new { code, label = code })).Expect(201);
        var list = (await admin.AskAsync("/v1/programmes?sort=-code&limit=3")).Expect(200);
        list["items"].EnumerateArray().Select(i => i.GetProperty("code").GetString()).ShouldBe(["zz-c", "zz-b", "zz-a"]);
    }

    [Fact]
    public async Task They_need_a_key_that_reads_or_writes_events()
    {
        using var nobody = mila.Anonymous();
        (await nobody.AskAsync("/v1/programmes")).ShouldRefuse(401, "unauthenticated");
        (await nobody.TellAsync("/v1/programmes", new { code = "x", label = "x" })).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.AskAsync("/v1/programmes")).Expect(200);
        (await reader.TellAsync("/v1/programmes", new { code = "x", label = "x" })).Status.ShouldBe(403);
        (await reader.AmendAsync("/v1/programmes/x", new { label = "x" }, "\"x\"")).Status.ShouldBe(403);
    }
}
