using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Time;
using Mila.Testing.App;
using Mila.Testing.Postgres;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace Mila.Host.Tests.Stories;

/// <summary>
/// The main job, live and from end to end: an event of the real year, which had only a month, is given its day and published. The public finds it everywhere, and a partner is told by
/// a message that a library of others accepts.
/// </summary>
public sealed class MainJobStoryTests(MainJobStoryTests.LiveYear year) : IClassFixture<MainJobStoryTests.LiveYear>
{
    [Fact]
    public async Task A_scheduled_and_published_event_reaches_the_public_and_a_partner()
    {
        await using var map = await PartnerSite.OpenAsync();
        using var admin = year.Admin();
        var partner = (await admin.ReadAsync("/v1/partners?limit=250")).GetProperty("items").EnumerateArray().Single(p => p.Text("code") == "map").Id();
        var endpoint = (await admin.MakeAsync("/v1/webhook-endpoints", new { partnerId = partner, url = map.Url, eventTypes = new[] { "event.*" } })).Id();
        var secret = (await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}/secret")).Text("secret");

        var planned = (await admin.ReadAsync("/v1/events?programme=club-mila&limit=1")).GetProperty("items")[0];
        planned.GetProperty("startsAt").ValueKind.ShouldBe(JsonValueKind.Null);
        var path = $"/v1/events/{planned.Id()}";
        var day = ParisTime.Today(TimeProvider.System).AddMonths(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (await admin.AmendAsync(path, new { startsAt = $"{day}T19:00", endsAt = $"{day}T21:00" }, (await admin.AskAsync(path)).Etag)).Expect(200)["month"].ValueKind.ShouldBe(JsonValueKind.Null);
        var published = await admin.MakeAsync($"{path}/publication");

        var (body, headers) = await map.NextAsync();
        new StandardWebhook(secret).Verify(body, headers);
        var told = JsonDocument.Parse(body).RootElement;
        told.Text("type").ShouldBe("event.published");
        told.GetProperty("data").Id().ShouldBe(published.Id());
        told.GetProperty("data").GetProperty("url").GetString().ShouldEndWith(path);
        Should.Throw<WebhookVerificationException>(() => new StandardWebhook(secret).Verify(body.Replace("event.published", "event.cancelled", StringComparison.Ordinal), headers), "the control: other bytes");
        var other = (await admin.MakeAsync("/v1/webhook-endpoints", new { partnerId = partner, url = map.Url, eventTypes = new[] { "event.held" } })).Id();
        var othersSecret = (await admin.ReadAsync($"/v1/webhook-endpoints/{other}/secret")).Text("secret");
        Should.Throw<WebhookVerificationException>(() => new StandardWebhook(othersSecret).Verify(body, headers), "the control: another's secret");

        using var anybody = year.Anonymous();
        var slug = published.Text("slug");
        var startsAt = published.GetProperty("startsAt").GetDateTimeOffset().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        foreach (var (address, shown) in new[]
        {
            ("/feeds/events.json", slug), ("/feeds/events.ics", $"DTSTART:{startsAt}"), ("/feeds/events.atom", slug), ("/feeds/events.rss", slug), ("/feeds/events.csv", slug),
            ("/feeds/programmes/club-mila/events.ics", $"DTSTART:{startsAt}"), ("/agenda", $"/agenda/{slug}"), ($"/agenda/{slug}", "19h00"), ("/embed/agenda", slug),
        })
        {
            await UntilShownAsync(anybody, address, shown);
        }

        (await admin.ReadAsync("/v1/changes?type=event.published")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem().Text("id").ShouldBe(headers["webhook-id"].ToString());
        (await admin.ReadAsync("/v1/dead-letters")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    /// <summary>Asks again until it is so; a minute is for a machine under load, the promise is a second (see tests/conformance).</summary>
    private static async Task UntilShownAsync(HttpClient anybody, string address, string shown)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!(await anybody.AskAsync(address)).Expect(200).Text.Contains(shown, StringComparison.Ordinal)) patience.Token.ThrowIfCancellationRequested();
    }

    public sealed class LiveYear(TestPostgres postgres) : TestMila(postgres), IAsyncLifetime
    {
        protected override IEnumerable<KeyValuePair<string, string?>> Settings => [new("Webhooks:AllowedNetworks", "127.0.0.0/8")];

        protected override TimeProvider Time => TimeProvider.System;

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await using var scope = Services.CreateAsyncScope();
            var bytes = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "data", "mila-2026.json"));
            (await scope.ServiceProvider.GetRequiredService<Importer>().ImportAsync(bytes, new ImportReport(), default)).Succeeded(out _, out var refusal).ShouldBeTrue(refusal?.Detail);
        }
    }
}
