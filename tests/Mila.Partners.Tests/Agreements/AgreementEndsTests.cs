using Mila.Partners.Tests.Webhooks.Changes;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Agreements;

public sealed class AgreementEndsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task It_ends_by_itself_after_its_last_day_in_Paris_unless_it_was_prolonged()
    {
        using var admin = mila.Admin();
        var (ends, prolonged) = (await AgreementsTests.PartnerAsync(admin), await AgreementsTests.PartnerAsync(admin));
        var body = new { kind = "access", startsOn = "2026-01-01", endsOn = "2026-03-28", grants = new { events = true } };
        var first = (await admin.TellAsync($"{ends}/agreements", body)).Expect(201);
        var second = (await admin.TellAsync($"{prolonged}/agreements", body)).Expect(201);
        (await admin.AmendAsync($"{prolonged}/agreements/{second["id"].GetString()}", new { endsOn = "2026-12-31" }, second.Etag)).Expect(200);

        // The clocks of Paris change in the night to the 29th: its midnight is 23:00 in UTC.
        mila.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 28, 22, 59, 59, TimeSpan.Zero));
        await mila.DrainAsync();
        (await mila.PublishedAsync("Partners.AgreementEnded")).ShouldBeEmpty();
        (await admin.AskAsync($"{ends}/agreements/{first["id"].GetString()}")).Expect(200)["status"].GetString().ShouldBe("running");

        mila.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 28, 23, 0, 0, TimeSpan.Zero));
        await mila.DrainAsync();
        (await admin.AskAsync($"{ends}/agreements/{first["id"].GetString()}")).Expect(200)["status"].GetString().ShouldBe("ended");
        (await admin.AskAsync($"{prolonged}/agreements/{second["id"].GetString()}")).Expect(200)["status"].GetString().ShouldBe("running");
        var changes = await admin.ChangesAsync("type=agreement.ended", 1);
        changes.Single().GetProperty("data").GetProperty("id").GetString().ShouldBe(first["id"].GetString());
    }
}
