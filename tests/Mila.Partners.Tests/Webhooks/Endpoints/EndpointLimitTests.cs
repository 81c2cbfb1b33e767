using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Partners.Tests.Webhooks.Endpoints;

[Collection(nameof(LocksOff))]
public sealed class EndpointLimitTests(EndpointLimitTests.Few mila) : IClassFixture<EndpointLimitTests.Few>
{
    private const int Most = 3;

    [Fact]
    public async Task A_partner_has_so_many_endpoints_and_another_when_one_is_closed()
    {
        using var admin = mila.Admin();
        var (partner, opened) = await OpenedAtOnceAsync(1);
        opened.ShouldBe(1);
        using var key = await mila.KeyAsync(partner, "partners:write");
        foreach (var who in new[] { key, admin }) (await OpenAsync(who, partner)).Expect(201);
        foreach (var who in new[] { key, admin }) (await OpenAsync(who, partner)).ShouldRefuse(409, "webhook-endpoints-exhausted");

        var first = (await key.ReadAsync("/v1/webhook-endpoints")).GetProperty("items")[0].Id();
        (await key.CallAsync("DELETE", $"/v1/webhook-endpoints/{first}", null, ("If-Match", "*"))).Expect(204);
        (await OpenAsync(key, partner)).Expect(201);
        for (var i = 0; i <= Most; i++) (await OpenAsync(admin, null)).Expect(201);
    }

    [Theory]
    [InlineData("fr", "Un partenaire a 3 points d'accès au plus.")]
    [InlineData("en", "A partner has 3 endpoints at most.")]
    public async Task The_page_for_receivers_says_how_many(string language, string said)
    {
        using var nobody = mila.Anonymous();
        (await nobody.AskAsync($"/webhooks?lang={language}")).Text.ShouldContain(said);
    }

    [Fact]
    public async Task Of_many_that_are_opened_at_once_so_many_are() => (await OpenedAtOnceAsync(12)).Opened.ShouldBe(Most);

    [Fact]
    public async Task Control_without_the_lock_there_would_be_more()
    {
        using var off = new WithoutRowLocks();
        for (var tries = 0; tries < 20; tries++)
        {
            if ((await OpenedAtOnceAsync(12)).Opened > Most) return;
        }

        Assert.Fail("The lock was off, and still no partner had more.");
    }

    private async Task<(Guid Partner, int Opened)> OpenedAtOnceAsync(int asking)
    {
        using var admin = mila.Admin();
        var partner = (await admin.MakeAsync("/v1/partners", new { code = $"many-{Guid.CreateVersion7():N}", name = "Many", kind = "network" })).Id();
        var answers = await Task.WhenAll(Enumerable.Range(0, asking).Select(_ => OpenAsync(admin, partner)));
        foreach (var refused in answers.Where(a => a.Status != 201)) refused.ShouldRefuse(409, "webhook-endpoints-exhausted");
        return (partner, answers.Count(a => a.Status == 201));
    }

    private static Task<Answer> OpenAsync(HttpClient who, Guid? partner) => who.TellAsync("/v1/webhook-endpoints", new { url = "https://partner.example/hooks", partnerId = partner });

    public sealed class Few(TestPostgres postgres) : TestMila(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("Webhooks:EndpointsPerPartner", "3")];
    }
}
