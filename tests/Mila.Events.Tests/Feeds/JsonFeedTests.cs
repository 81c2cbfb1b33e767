using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Feeds;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

public sealed class JsonFeedTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task It_is_a_JSON_Feed_whose_times_are_our_own_words()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin);
        var published = await Scenario.PublishedAsync(admin, programme, "Vidéo & son", "2026-04-06T17:00:00Z", "2026-04-06T19:00:00Z");
        var inMonth = await Scenario.PublishedAsync(admin, programme, "In March");
        var feed = await public_.GetUntilAsync($"/feeds/programmes/{programme}/events.json", a => a.Status == 200 && a.Text.Contains(inMonth.Id(), StringComparison.Ordinal));

        feed.ContentHeaders.ContentType!.ToString().ShouldBe("application/feed+json; charset=utf-8");
        (feed["version"].GetString(), feed["language"].GetString()).ShouldBe(("https://jsonfeed.org/version/1.1", "fr"));
        feed["items"].EnumerateArray().Select(i => i.GetProperty("id").GetString()).ShouldBe([$"urn:uuid:{inMonth.Id()}", $"urn:uuid:{published.Id()}"]);
        var item = feed["items"][1];
        item.GetProperty("title").GetString().ShouldBe("Vidéo & son");
        new Uri(item.GetProperty("url").GetString()!, UriKind.Absolute).AbsolutePath.ShouldBe($"/agenda/{published["slug"].GetString()}");
        var ours = item.GetProperty("_mila");
        (ours.GetProperty("startsAt").GetString(), ours.GetProperty("status").GetString(), ours.GetProperty("timeZone").GetString()).ShouldBe(("2026-04-06T17:00:00Z", "published", "Europe/Paris"));
        feed["items"][0].GetProperty("_mila").GetProperty("month").GetString().ShouldBe("2026-03");
    }

    [Theory]
    [InlineData("/feeds/events.json")]
    [InlineData("/feeds/events.ics")]
    [InlineData("/feeds/events.atom")]
    [InlineData("/feeds/events.rss")]
    [InlineData("/feeds/events.csv")]
    [InlineData("/feeds/openagenda/events.v2.json")]
    [InlineData("/wp-json/tribe/events/v1/events")]
    public async Task Caches_may_keep_it_a_minute_and_ask_whether_it_changed(string path)
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var planned = await Scenario.PlannedAsync(admin, title: path, startsAt: "2026-04-06T17:00:00Z", endsAt: "2026-04-06T19:00:00Z");
        // Each change has a second of its own: the last one must not lie ahead of the clock by which the agenda is read.
        mila.Clock.Advance(TimeSpan.FromSeconds(10));
        (await admin.TellAsync($"{planned.Path()}/publication", null)).Expect(200);
        // Read after the publication, so that its count is known with it and nothing is left to be read anew.
        await mila.Services.GetRequiredService<PublicAgenda>().RefreshAsync(TestContext.Current.CancellationToken);
        var feed = (await public_.GetUntilAsync(path, a => a.ContentHeaders.LastModified is not null)).Expect(200);
        feed.Header("Cache-Control")!.Split(", ").ShouldBe(["public", "max-age=60", "stale-while-revalidate=600", "stale-if-error=86400"], ignoreOrder: true);
        feed.Headers.ETag!.IsWeak.ShouldBeFalse();

        var again = await public_.AskAsync(path, ("If-None-Match", feed.Etag));
        (again.Status, again.Text, again.Etag).ShouldBe((304, "", feed.Etag));
        again.Header("Cache-Control")!.ShouldContain("max-age=60");
        (await public_.AskAsync(path, ("If-None-Match", "\"other\""))).Status.ShouldBe(200);
        var changed = feed.ContentHeaders.LastModified!.Value;
        (await public_.AskAsync(path, ("If-Modified-Since", changed.ToString("R")))).Expect(304);
        (await public_.AskAsync(path, ("If-Modified-Since", changed.AddSeconds(-1).ToString("R")))).Expect(200);
        (await public_.AskAsync(path, ("If-None-Match", "\"other\""), ("If-Modified-Since", changed.ToString("R")))).Expect(200);

        var head = await public_.CallAsync("HEAD", path, null);
        (head.Status, head.Text, head.Etag).ShouldBe((200, "", feed.Etag));
        head.ContentHeaders.ContentLength.ShouldBe(feed.ContentHeaders.ContentLength);
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    [InlineData("gzip;q=0", null)]
    public async Task Each_encoding_has_the_same_bytes_and_its_own_tag(string accepted, string? encoding)
    {
        using var public_ = mila.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/feeds/events.json");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await public_.SendAsync(request, TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(encoding);
        answer.Headers.Vary.ShouldContain("Accept-Encoding");

        var bytes = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(encoding switch { "br" => new BrotliStream(bytes, CompressionMode.Decompress), "gzip" => new GZipStream(bytes, CompressionMode.Decompress), _ => bytes });
        var plain = await public_.AskAsync("/feeds/events.json");
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(plain.Text);
        (answer.Headers.ETag!.ToString() == plain.Etag).ShouldBe(encoding is null);
    }

    [Fact]
    public async Task It_needs_no_key_and_takes_none_wrong()
    {
        using var public_ = mila.Anonymous();
        (await public_.AskAsync("/feeds/events.json", ("Origin", "https://example.org"))).Expect(200).Header("Access-Control-Allow-Origin").ShouldBe("*");
        (await public_.TellAsync("/feeds/events.json", new { })).ShouldRefuse(405, "method-not-allowed").Header("Allow").ShouldBe("GET, HEAD");
    }

    [Fact]
    public async Task What_is_answered_from_memory_says_all_that_the_first_answer_said()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var path = $"/feeds/events.json?once={Guid.CreateVersion7(mila.Clock.GetUtcNow())}";
        var first = (await public_.AskAsync(path)).Expect(200);
        var second = (await public_.AskAsync(path)).Expect(200);
        second.Text.ShouldBe(first.Text);
        Said(second).ShouldBe(Said(first), ignoreOrder: true);
        Said(first).ShouldContain(h => h.StartsWith("Content-Security-Policy: ", StringComparison.Ordinal));

        (await admin.AskAsync(path)).Expect(200).Header("Cache-Control").ShouldBe("no-store");
        (await public_.AskAsync(path, ("Accept", "text/html"))).ShouldRefuse(406, "not-acceptable");
        (await public_.AskAsync(path)).Expect(200).Header("Cache-Control")!.ShouldContain("max-age=60");

        static string[] Said(Answer answer) => [.. answer.Headers.Concat(answer.ContentHeaders).Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(", ", h.Value)}")];
    }
}
