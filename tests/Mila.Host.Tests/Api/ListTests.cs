using Mila.Testing.App;

namespace Mila.Host.Tests.Api;

public sealed class ListTests(ListTests.ManyProgrammes mila) : IClassFixture<ListTests.ManyProgrammes>
{
    private const int Many = 260;

    private static readonly string[] Injections =
    [
        "' or '1'='1", "'; drop table events.mt_doc_programme; --", "\" or 1=1 --", "$1", "$1)", "{0}", "%", "_", "\\", "\\'", "%00", "a%00b", "%ff", "\uD83D\uDE00", "1 union select null", "code desc; select pg_sleep(5)",
        "d.data ->> 'code'", "~", "-", "--", ",", ",,,", "[]", "null", "9999999999999999999999", "0x10", "1e3", "../../etc/passwd", "%24%7Bjndi%7D",
    ];

    [Theory]
    [InlineData("", 50)]
    [InlineData("limit=1", 1)]
    [InlineData("limit=250", 250)]
    public async Task A_page_holds_what_was_asked_for(string query, int items)
    {
        using var admin = mila.Admin();
        (await admin.AskAsync($"/v1/programmes?{query}")).Expect(200)["items"].GetArrayLength().ShouldBe(items);
    }

    [Theory]
    [InlineData("limit=0", "?limit out-of-range")]
    [InlineData("limit=251", "?limit out-of-range")]
    [InlineData("limit=-1", "?limit out-of-range")]
    [InlineData("limit=", "?limit out-of-range")]
    [InlineData("limit=ten", "?limit out-of-range")]
    [InlineData("limit=%2010", "?limit out-of-range")]
    [InlineData("limit=99999999999999999999", "?limit out-of-range")]
    [InlineData("limit=1&limit=2", "?limit repeated-parameter")]
    [InlineData("sort=label", "?sort unknown-sort")]
    [InlineData("sort=", "?sort unknown-sort")]
    [InlineData("sort=--code", "?sort unknown-sort")]
    [InlineData("sort=-", "?sort unknown-sort")]
    [InlineData("updatedSince=Mon,%2002%20Mar%202026%2019:00:00%20GMT", "?updatedSince malformed")]
    [InlineData("updatedSince=2026-03-02T19:00:00.000", "?updatedSince malformed")]
    [InlineData("sort=Code", "?sort unknown-sort")]
    [InlineData("sort=code,updatedAt", "?sort unknown-sort")]
    [InlineData("sort=code&sort=-code", "?sort repeated-parameter")]
    [InlineData("Limit=1", null)]
    [InlineData("offset=10", "?offset unknown-parameter")]
    [InlineData("updatedSince=%00", "?updatedSince malformed")]
    [InlineData("after=", "?after cursor-invalid")]
    [InlineData("after=%00", "?after cursor-invalid")]
    [InlineData("after=AAAA", "?after cursor-invalid")]
    [InlineData("after=not base64 !", "?after cursor-invalid")]
    public async Task A_query_that_is_none_is_refused(string query, string? fault)
    {
        using var admin = mila.Admin();
        var answer = await admin.AskAsync($"/v1/programmes?{query}");
        answer.ShouldRefuse(400, "list-query-malformed");
        if (fault is not null) answer.Faults.ShouldBe([fault]);
    }

    [Theory]
    [InlineData("sort=code", false)]
    [InlineData("sort=-code", true)]
    public async Task Pages_follow_one_another_and_miss_nothing(string query, bool backwards)
    {
        using var admin = mila.Admin();
        var codes = await WalkAsync(admin, $"/v1/programmes?limit=67&{query}");
        var known = codes.Where(c => c.StartsWith("many-", StringComparison.Ordinal)).ToList();
        known.Count.ShouldBe(Many);
        codes.Distinct().Count().ShouldBe(codes.Count);
        codes.ShouldBe(backwards ? codes.OrderByDescending(c => c, StringComparer.Ordinal) : codes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_sorts_alike_is_told_apart_by_its_id()
    {
        using var admin = mila.Admin();
        var (up, down) = (await WalkAsync(admin, "/v1/programmes?limit=50&sort=updatedAt"), await WalkAsync(admin, "/v1/programmes?limit=50&sort=-updatedAt"));
        up.Distinct().Count().ShouldBe(up.Count);
        up.ShouldBe(down.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task The_next_page_is_an_address_also_in_Link_and_the_last_has_none()
    {
        using var admin = mila.Admin();
        var page = (await admin.AskAsync("/v1/programmes?limit=250")).Expect(200);
        var next = page["next"].GetString()!;
        new Uri(next).GetLeftPart(UriPartial.Path).ShouldBe(new Uri(mila.Address, "/v1/programmes").AbsoluteUri);
        page.Header("Link").ShouldBe($"<{next}>; rel=\"next\"");
        var last = (await admin.AskAsync(next)).Expect(200);
        last["next"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        last.Header("Link").ShouldBeNull();
    }

    [Fact]
    public async Task A_cursor_is_ours_and_fits_the_query_that_it_came_from()
    {
        using var admin = mila.Admin();
        var page = (await admin.AskAsync("/v1/programmes?limit=10&updatedSince=2026-01-01")).Expect(200);
        var cursor = page["next"].GetString()!.Split("after=")[1];
        (await admin.AskAsync($"/v1/programmes?limit=20&updatedSince=2026-01-01&after={cursor}")).Expect(200);

        foreach (var other in new[] { "", "updatedSince=2026-01-02&", "updatedSince=2026-01-01&sort=-code&", "updatedSince=2026-01-01&sort=updatedAt&" })
        {
            (await admin.AskAsync($"/v1/programmes?{other}after={cursor}")).ShouldRefuse(400, "list-query-malformed", "?after cursor-invalid");
        }

        (await admin.AskAsync($"/v1/events?updatedSince=2026-01-01&after={cursor}")).ShouldRefuse(400, "list-query-malformed", "?after cursor-invalid");
        for (var i = 0; i < cursor.Length - 1; i += 3)
        {
            var tampered = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            (await admin.AskAsync($"/v1/programmes?limit=10&updatedSince=2026-01-01&after={tampered}")).ShouldRefuse(400, "list-query-malformed", "?after cursor-invalid");
        }
    }

    [Fact]
    public async Task Pages_stay_true_while_others_add()
    {
        using var admin = mila.Admin();
        var first = (await admin.AskAsync("/v1/programmes?limit=100")).Expect(200);
        var seen = Codes(first).ToList();
        (await admin.TellAsync("/v1/programmes", new { code = "a-before-all", label = "x" })).Expect(201);
        (await admin.TellAsync("/v1/programmes", new { code = "zz-after-all", label = "x" })).Expect(201);
        seen.AddRange(await WalkAsync(admin, first["next"].GetString()!));

        seen.Distinct().Count().ShouldBe(seen.Count);
        seen.Count(c => c.StartsWith("many-", StringComparison.Ordinal)).ShouldBe(Many);
        seen.ShouldContain("zz-after-all");
        seen.ShouldNotContain("a-before-all");
    }

    [Fact]
    public async Task Nothing_that_a_caller_writes_into_a_query_becomes_a_statement()
    {
        using var admin = mila.Admin();
        var before = await mila.DocumentsAsync();
        var failures = new List<string>();
        var lists = (await mila.OperationsAsync()).Where(o => o.Method == "GET" && o.Query.Contains("limit")).ToList();
        lists.Count.ShouldBeGreaterThan(4);
        foreach (var (list, parameter) in lists.SelectMany(l => l.Query.Append("any%27thing"), (l, p) => (l, p)))
        {
            foreach (var injection in Injections)
            {
                var value = injection.StartsWith('%') && injection.Length > 1 || injection.Contains("%00", StringComparison.Ordinal) ? injection : Uri.EscapeDataString(injection);
                var answer = await admin.AskAsync($"{list.Unknown}?{parameter}={value}");
                if (answer.Status is not (200 or 400 or 404)) failures.Add($"{list} {parameter}={injection}: {answer.Status} {answer.Text}");
            }
        }

        failures.ShouldBeEmpty(string.Join('\n', failures));
        (await mila.DocumentsAsync()).ShouldBe(before);
    }

    private static async Task<List<string>> WalkAsync(HttpClient client, string? next)
    {
        var codes = new List<string>();
        while (next is not null)
        {
            var page = (await client.AskAsync(next)).Expect(200);
            codes.AddRange(Codes(page));
            next = page["next"].GetString();
        }

        return codes;
    }

    private static IEnumerable<string> Codes(Answer page) => page["items"].EnumerateArray().Select(i => i.GetProperty("code").GetString()!);

    public sealed class ManyProgrammes(Mila.Testing.Postgres.TestPostgres postgres) : TestMila(postgres), IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            using var admin = Admin();
            (await admin.TellAsync("/v1/events/import", new { programmes = Enumerable.Range(0, Many).Select(i => new { code = $"many-{i}", label = "x" }) })).Expect(200);
        }
    }
}
