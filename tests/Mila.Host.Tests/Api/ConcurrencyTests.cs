using System.Text.RegularExpressions;
using Mila.Testing.App;

namespace Mila.Host.Tests.Api;

public sealed partial class ConcurrencyTests(TestMila mila) : IClassFixture<TestMila>
{
    private static int _number;

    [Fact]
    public async Task Every_version_has_a_strong_tag()
    {
        using var admin = mila.Admin();
        var (path, founded) = await FoundAsync(admin);
        var changed = (await admin.AmendAsync(path, new { label = "y" }, founded.Etag)).Expect(200);
        foreach (var tag in new[] { founded.Etag, changed.Etag }) StrongTag().IsMatch(tag).ShouldBeTrue(tag);
        changed.Etag.ShouldNotBe(founded.Etag);
        (await admin.AskAsync(path)).Etag.ShouldBe(changed.Etag);
    }

    [Fact]
    public async Task A_change_says_what_it_was_made_from()
    {
        using var admin = mila.Admin();
        var (path, founded) = await FoundAsync(admin);
        (await admin.CallAsync("PATCH", path, new { label = "y" })).ShouldRefuse(428, "if-match-needed");
        (await admin.AmendAsync(path, new { label = "y" }, "not a tag")).Status.ShouldBe(400);
        (await admin.AmendAsync(path, new { label = "y" }, $"W/{founded.Etag}")).ShouldRefuse(412, "stale");
        var stale = (await admin.AmendAsync(path, new { label = "y" }, "\"other\"")).ShouldRefuse(412, "stale");
        stale.Etag.ShouldBe(founded.Etag);
        (await admin.AmendAsync(path, new { label = "y" }, $"\"other\", {stale.Etag}")).Expect(200);
        (await admin.AmendAsync(path, new { label = "z" }, "*")).Expect(200);
    }

    [Fact]
    public async Task Who_has_the_version_gets_no_body()
    {
        using var admin = mila.Admin();
        var (path, founded) = await FoundAsync(admin);
        (await admin.AskAsync(path, ("If-None-Match", founded.Etag))).Status.ShouldBe(304);
        (await admin.AmendAsync(path, new { label = "y" }, founded.Etag)).Expect(200);
        (await admin.AskAsync(path, ("If-None-Match", founded.Etag))).Expect(200);
    }

    [Fact]
    public async Task Nobodys_change_is_lost_in_a_race()
    {
        using var admin = mila.Admin();
        var (path, founded) = await FoundAsync(admin);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => admin.AmendAsync(path, new { label = $"label {i}" }, founded.Etag)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        foreach (var late in answers.Where(a => a.Status != 200)) late.ShouldRefuse(412, "stale");
        (await admin.AskAsync(path))["label"].GetString().ShouldBe(answers.Single(a => a.Status == 200)["label"].GetString());
    }

    [Fact]
    public async Task Counting_up_under_tags_loses_nothing_and_without_them_does()
    {
        using var admin = mila.Admin();
        (await CountUpAsync(admin, heedTags: true)).ShouldBe(40);
        (await CountUpAsync(admin, heedTags: false)).ShouldBeLessThan(40, "The control: whoever says '*' writes over what others wrote.");
    }

    /// <summary>Four callers add one, ten times each; what is counted in the end.</summary>
    private static async Task<int> CountUpAsync(HttpClient admin, bool heedTags)
    {
        var (path, _) = await FoundAsync(admin);
        using var together = new Barrier(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                together.SignalAndWait(TestContext.Current.CancellationToken);
                while (true)
                {
                    var read = (await admin.AskAsync(path)).Expect(200);
                    if (!heedTags) together.SignalAndWait(TestContext.Current.CancellationToken);
                    var target = read["yearlyTarget"].GetInt32();
                    var written = await admin.AmendAsync(path, new { yearlyTarget = target + 1 }, heedTags ? read.Etag : "*");
                    if (written.Status == 200) break;
                    (written.Status is 412 or 409).ShouldBeTrue(written.Text);
                    if (!heedTags) break;
                }
            }
        })));
        return (await admin.AskAsync(path))["yearlyTarget"].GetInt32() - 1;
    }

    private static async Task<(string Path, Answer Founded)> FoundAsync(HttpClient admin)
    {
        var code = $"programme-{Interlocked.Increment(ref _number)}";
        return ($"/v1/programmes/{code}", (await admin.TellAsync("/v1/programmes", new { code, label = "x", yearlyTarget = 1 })).Expect(201));
    }

    [GeneratedRegex("^\"[A-Za-z0-9_-]{22}\"$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex StrongTag();
}
