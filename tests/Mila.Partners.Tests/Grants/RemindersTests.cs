using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Partners.Tests.Grants;

public sealed class RemindersTests(RemindersTests.Reminded mila) : IClassFixture<RemindersTests.Reminded>
{
    private static readonly object Amount = new { amount = "20000.00", currency = "EUR" };

    [Fact]
    public async Task Staff_are_reminded_before_a_report_is_due_and_not_once_it_is_sent()
    {
        using var admin = mila.Admin();
        var grant = await GrantAsync(admin, "dae", new { reports = new[] { new { year = 2026, dueOn = "2027-06-30" } } });

        mila.Clock.SetUtcNow(new DateTimeOffset(2027, 5, 31, 6, 59, 0, TimeSpan.Zero));
        (await MailsAsync(grant)).ShouldBe(0);
        mila.Clock.SetUtcNow(new DateTimeOffset(2027, 5, 31, 7, 0, 0, TimeSpan.Zero));
        (await MailsAsync(grant)).ShouldBe(2);
        ((string)(await mila.SqlAsync($"select data ->> 'text' from mila.mt_doc_outgoingmail where data ->> 'about' = 'grant:{grant}' limit 1"))!).ShouldContain("30 juin 2027");

        mila.Clock.SetUtcNow(new DateTimeOffset(2027, 6, 23, 7, 0, 0, TimeSpan.Zero));
        (await MailsAsync(grant)).ShouldBe(4);
        (await admin.PatchAsync($"/v1/grants/{grant}", new { reports = new[] { new { year = 2026, dueOn = "2027-06-30", sentOn = "2027-06-24" } } })).EnsureSuccessStatusCode();
        mila.Clock.SetUtcNow(new DateTimeOffset(2027, 6, 30, 12, 0, 0, TimeSpan.Zero));
        (await MailsAsync(grant)).ShouldBe(4);
    }

    [Fact]
    public async Task What_a_reminder_links_to_opens_for_a_person_without_a_key_for_fourteen_days()
    {
        using var admin = mila.Admin();
        using var person = mila.Anonymous();
        var now = mila.Clock.GetUtcNow();
        var day = DateOnly.FromDateTime(now.AddDays(10).Date);
        var grant = await GrantAsync(admin, "linked", new { status = "awarded", tranches = new[] { Tranche(day, null) }, reports = new[] { new { year = 2026, dueOn = day } } });
        mila.Clock.SetUtcNow(now.AddDays(12));
        (await MailsAsync(grant)).ShouldBeGreaterThan(0);
        var texts = (string)(await mila.SqlAsync($"select string_agg(data ->> 'text', ' ') from mila.mt_doc_outgoingmail where data ->> 'about' = 'grant:{grant}'"))!;

        texts.ShouldNotContain("/v1/");
        var link = texts.Split("https://mila.example")[1].Split('\n')[0];
        using var report = await person.GetAsync(link);
        (report.StatusCode, report.Content.Headers.ContentType!.MediaType, report.Headers.CacheControl!.NoStore).ShouldBe((System.Net.HttpStatusCode.OK, "application/pdf", true));

        var other = $"{link[..30]}{(link[30] == 'A' ? 'B' : 'A')}{link[31..]}";
        (await person.AskAsync(other)).ShouldRefuse(404, "funding-report-unknown");
        mila.Clock.SetUtcNow(now.AddDays(27));
        (await person.AskAsync(link)).ShouldRefuse(410, "funding-report-link-expired");
    }

    [Fact]
    public async Task A_tranche_is_said_on_its_day_unless_it_came_and_a_day_that_was_moved_is_said_once()
    {
        using var admin = mila.Admin();
        var now = mila.Clock.GetUtcNow();
        var (late, paid) = (DateOnly.FromDateTime(now.AddDays(20).Date), DateOnly.FromDateTime(now.AddDays(10).Date));
        var grant = await GrantAsync(admin, "dac", new { status = "awarded", tranches = new[] { Tranche(paid, null), Tranche(late, null) } });
        (await admin.PatchAsync($"/v1/grants/{grant}", new { tranches = new[] { Tranche(paid, paid.AddDays(-1)), Tranche(late.AddDays(5), null) } })).EnsureSuccessStatusCode();

        mila.Clock.SetUtcNow(now.AddDays(22));
        (await MailsAsync(grant)).ShouldBe(0);
        mila.Clock.SetUtcNow(now.AddDays(27));
        (await MailsAsync(grant)).ShouldBe(2);
    }

    [Fact]
    public async Task A_day_that_was_moved_away_and_back_is_said_once()
    {
        using var admin = mila.Admin();
        var now = mila.Clock.GetUtcNow();
        var (day, report) = (DateOnly.FromDateTime(now.AddDays(10).Date), DateOnly.FromDateTime(now.AddDays(40).Date));
        var grant = await GrantAsync(admin, "sacem", new { status = "awarded", tranches = new[] { Tranche(day, null) }, reports = new[] { new { year = 2025, dueOn = report } } });
        foreach (var days in new[] { 3, 0, 5, 0 })
        {
            (await admin.PatchAsync($"/v1/grants/{grant}", new { tranches = new[] { Tranche(day.AddDays(days), null) }, reports = new[] { new { year = 2025, dueOn = report.AddDays(days) } } })).EnsureSuccessStatusCode();
        }

        mila.Clock.SetUtcNow(now.AddDays(20));
        (await MailsAsync(grant)).ShouldBe(4, "A tranche, and a report a month before it is due; two who are reminded.");
        mila.Clock.SetUtcNow(now.AddDays(50));
        (await MailsAsync(grant)).ShouldBe(8, "The report, a week before and on its day.");
    }

    [Fact]
    public async Task Nothing_is_expected_of_a_grant_that_is_paid_nor_owed_for_one_that_is_accounted_for()
    {
        using var admin = mila.Admin();
        var now = mila.Clock.GetUtcNow();
        var day = DateOnly.FromDateTime(now.AddDays(10).Date);
        var (paid, reported) = (await DueAsync("paid"), await DueAsync("reported"));

        mila.Clock.SetUtcNow(now.AddDays(12));
        (await MailsAsync(paid)).ShouldBe(4, "Its report, a week before and on its day; two who are reminded.");
        (await MailsAsync(reported)).ShouldBe(0);

        async Task<Guid> DueAsync(string status)
        {
            var grant = await GrantAsync(admin, $"settled-{status}", new { status = "awarded", tranches = new[] { Tranche(day, null) }, reports = new[] { new { year = 2026, dueOn = day } } });
            (await admin.PatchAsync($"/v1/grants/{grant}", new { status })).EnsureSuccessStatusCode();
            return grant;
        }
    }

    [Fact]
    public async Task Two_tranches_of_one_day_are_each_said_once()
    {
        using var admin = mila.Admin();
        var now = mila.Clock.GetUtcNow();
        var day = DateOnly.FromDateTime(now.AddDays(10).Date);
        var grant = await GrantAsync(admin, "cnm", new { status = "awarded", tranches = new[] { Tranche(day, null), Tranche(day, null) } });

        mila.Clock.SetUtcNow(now.AddDays(12));
        (await MailsAsync(grant)).ShouldBe(4, "Two tranches, two who are reminded.");
    }

    private static object Tranche(DateOnly dueOn, DateOnly? paidOn) => new { amount = new { amount = "10000.00", currency = "EUR" }, dueOn, paidOn };

    private static async Task<Guid> GrantAsync(HttpClient admin, string code, object more)
    {
        var funder = (await admin.MakeAsync("/v1/partners", new { code, name = "Ville de Paris", kind = "funder" })).Id();
        var body = System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject();
        (body["funderId"], body["year"], body["amount"]) = (funder, 2026, System.Text.Json.JsonSerializer.SerializeToNode(Amount));
        return (await admin.TellAsync("/v1/grants", body.ToJsonString())).Expect(201)["id"].GetGuid();
    }

    private async Task<long> MailsAsync(Guid grant)
    {
        await mila.DrainAsync();
        return (long)(await mila.SqlAsync($"select count(*) from mila.mt_doc_outgoingmail where data ->> 'about' = 'grant:{grant}'"))!;
    }

    public sealed class Reminded(TestPostgres postgres) : TestMila(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("Funding:RemindTo", "coordination@mila.example, bureau@mila.example"), new("PublicUrl", "https://mila.example")];
    }
}
