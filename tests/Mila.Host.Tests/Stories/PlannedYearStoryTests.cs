using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Import;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Stories;

/// <summary>The main job, on the real year: an event that had only a month is scheduled, published, and stands where the public looks.</summary>
public sealed class PlannedYearStoryTests(PlannedYearStoryTests.Year year) : IClassFixture<PlannedYearStoryTests.Year>
{
    [Fact]
    public async Task The_real_year_is_imported_once_and_an_event_of_it_reaches_the_public()
    {
        var first = await ImportAsync();
        first.Counts["events"].ShouldBe(new ImportCount(32, 0, 0));
        first.Counts["programmes"].ShouldBe(new ImportCount(12, 0, 0));
        first.Counts["spaces"].ShouldBe(new ImportCount(37, 0, 0));
        first.Counts["partners"].ShouldBe(new ImportCount(16, 0, 0));
        first.Counts["agreements"].ShouldBe(new ImportCount(1, 0, 0));
        first.Counts["discounts"].ShouldBe(new ImportCount(14, 0, 0));
        first.Counts["panels"].ShouldBe(new ImportCount(16, 0, 0));

        using var admin = year.Admin();
        var planned = (await admin.AskAsync("/v1/events?programme=club-mila&limit=1")).Expect(200)["items"][0];
        planned.GetProperty("month").GetString().ShouldBe("2026-01");
        var path = $"/v1/events/{planned.GetProperty("id").GetGuid()}";
        var read = await admin.AskAsync(path);
        (await admin.AmendAsync(path, new { startsAt = "2026-10-25T02:30:00+01:00", endsAt = "2026-10-25T04:00:00+01:00" }, read.Etag)).Expect(200)["month"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await admin.TellAsync($"{path}/publication", body: null)).Expect(200);

        var slug = planned.GetProperty("slug").GetString()!;
        using var anybody = year.Anonymous();
        await UntilAsync(async () => (await anybody.AskAsync("/feeds/events.json")).Text.Contains(slug, StringComparison.Ordinal));
        (await anybody.AskAsync("/feeds/events.ics")).Text.ShouldContain("DTSTART:20261025T013000Z");
        (await anybody.AskAsync("/feeds/programmes/club-mila/events.ics")).Text.ShouldContain("BEGIN:VEVENT");
        (await anybody.AskAsync("/agenda")).Expect(200).Text.ShouldContain($"/agenda/{slug}");
        (await anybody.AskAsync($"/agenda/{slug}")).Expect(200);

        var again = await ImportAsync();
        again.Counts.Values.ShouldAllBe(c => c.Created == 0 && c.Changed == 0);
        (await admin.AskAsync(path)).Expect(200)["status"].GetString().ShouldBe("published");
    }

    private async Task<ImportReport> ImportAsync()
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "data", "mila-2026.json"));
        await using var scope = year.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<Importer>().ImportAsync(bytes, new ImportReport(), default)).Succeeded(out var report, out var refusal).ShouldBeTrue(refusal?.Detail);
        return report!;
    }

    /// <summary>Asks again until it is so; a minute is for a machine under load, the promise is a second (see tests/Mila.Benchmarks).</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await isSo()) patience.Token.ThrowIfCancellationRequested();
    }

    public sealed class Year(TestPostgres postgres) : TestMila(postgres);
}
