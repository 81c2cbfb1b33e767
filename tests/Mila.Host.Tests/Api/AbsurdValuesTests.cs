using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mila.Testing.App;

namespace Mila.Host.Tests.Api;

/// <summary>Bodies that are right in all but one value, which nobody can mean: a problem that points at it, and nothing stored.</summary>
public sealed partial class AbsurdValuesTests(TestMila mila) : IClassFixture<TestMila>
{
    private const string AnyId = "0194f0c0-0000-7000-8000-000000000000";

    [Fact]
    public async Task One_absurd_value_refuses_the_whole_body()
    {
        using var admin = mila.Admin();
        var bodies = await BodiesAsync(admin);
        var before = await mila.DocumentsAsync();
        var failures = new List<string>();
        var sent = 0;
        foreach (var (path, body) in bodies)
        {
            foreach (var (pointer, leaf) in Leaves(JsonNode.Parse(body)!, ""))
            {
                foreach (var absurd in Absurd(pointer, leaf))
                {
                    sent++;
                    var answer = await admin.TellAsync(path, Replaced(body, pointer, absurd));
                    if (answer.Status is not (400 or 422)) failures.Add($"{path} {pointer} = {Start(absurd)}: {answer.Status} {Start(answer.Text)}");
                    else if (!answer.Faults.Any(f => f.StartsWith(pointer, StringComparison.Ordinal) || pointer.StartsWith(f.Split(' ')[0], StringComparison.Ordinal)))
                        failures.Add($"{path} {pointer} = {Start(absurd)}: {answer.Status} points at {string.Join(", ", answer.Faults)}");
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{bodies.Count} bodies, {sent} absurd values");
        sent.ShouldBeGreaterThan(200);
        failures.ShouldBeEmpty(string.Join('\n', failures));
        (await mila.DocumentsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Every_operation_that_makes_something_is_among_them()
    {
        using var admin = mila.Admin();
        var known = (await BodiesAsync(admin)).Select(b => b.Path.Split('/')[^1]).ToHashSet();
        (await mila.OperationsAsync())
            .Where(o => o is { Method: "POST", MediaType: not null } && o.Members.Count > 0 && (!o.HasIds || o.Path.EndsWith("/contacts", StringComparison.Ordinal)))
            .Select(o => o.Path.Split('/')[^1])
            .Where(last => last != "import" && !known.Contains(last))
            .ShouldBeEmpty("write a body of it into this test");
    }

    // A year has one plan.
    private static int _year = 2030;

    /// <summary>One right body for each operation that makes something; each was taken once.</summary>
    private async Task<IReadOnlyList<(string Path, string Body)>> BodiesAsync(HttpClient admin)
    {
        var run = Guid.CreateVersion7().ToString("N")[..12];
        var member = (await TakenAsync(admin, "/v1/members", $$$"""{"name":"Absurde {{{run}}}","activities":["label"],"tagline":{"fr":"Oui","en":"Yes"},"website":"https://a.example/","logoUrl":"https://a.example/l.svg","notableArtists":["Zoé"]}""")).Json.GetProperty("id").GetString()!;
        var partner = (await TakenAsync(admin, "/v1/partners", $$$"""{"code":"p-{{{run}}}","name":"Partner","kind":"funder","since":2020,"note":"x","contactEmail":"p@a.example"}""")).Json.GetProperty("id").GetString()!;
        var network = (await TakenAsync(admin, "/v1/partners", $$$"""{"code":"n-{{{run}}}","name":"Network","kind":"network"}""")).Json.GetProperty("id").GetString()!;
        await TakenAsync(admin, "/v1/programmes", $$$"""{"code":"c-{{{run}}}","label":"Club","yearlyTarget":9,"minutes":120,"themes":["x"]}""");
        await TakenAsync(admin, "/v1/spaces", $$$"""{"code":"RUE-{{{run.ToUpperInvariant()}}}","site":"rue-de-la-musique","kind":"shop"}""");
        await mila.DrainAsync();
        (string Path, string Body)[] bodies =
        [
            ("/v1/members", $$$"""{"name":"Absurde {{{run}}} 2","activities":["label"],"tagline":{"fr":"Oui","en":"Yes"},"website":"https://a.example/","logoUrl":"https://a.example/l.svg","notableArtists":["Zoé"]}"""),
            ($"/v1/members/{member}/contacts", """{"name":"Nina","email":"nina@a.example","role":"gérante"}"""),
            ("/v1/spaces", $$$"""{"code":"S-{{{run.ToUpperInvariant()}}}","site":"milab","kind":"office","areaSquareMetres":10.5,"bookable":true,"position":{"latitude":48.89,"longitude":2.35}}"""),
            ("/v1/programmes", $$$"""{"code":"d-{{{run}}}","label":"Club","yearlyTarget":9,"minutes":120,"themes":["x"]}"""),
            ("/v1/events", $$$"""{"programme":"c-{{{run}}}","title":{"fr":"Un mois","en":"A month"},"month":"2026-05","capacity":40,"seatsPerOrganisation":2,"tags":["x"]}"""),
            ("/v1/events", $$$"""{"programme":"c-{{{run}}}","title":{"fr":"Un jour"},"startsAt":"2026-05-04T19:00:00+02:00","endsAt":"2026-05-04T21:00:00+02:00"}"""),
            ("/v1/events/series", $$$"""{"event":{"programme":"c-{{{run}}}","title":{"fr":"Une série"},"startsAt":"2026-05-04T19:00:00+02:00","endsAt":"2026-05-04T21:00:00+02:00"},"repeat":{"count":3,"everyMonths":1,"exceptMonths":[8],"skipHolidays":true}}"""),
            ("/v1/events/series", $$$"""{"event":{"programme":"c-{{{run}}}","title":{"fr":"Des jours"},"startsAt":"2026-05-04T19:00:00+02:00","endsAt":"2026-05-04T21:00:00+02:00","speakers":[{"name":"Ada","mayBeFilmed":true,"consentedAt":"2026-03-01T10:00:00+01:00"}]},"alsoOn":["2026-06-01"]}"""),
            ("/v1/calls", $$$"""{"programme":"c-{{{run}}}","title":{"fr":"Appel"},"text":{"fr":"Trois artistes"},"opensAt":"2026-05-04T19:00:00+02:00","closesAt":"2026-06-04T21:00:00+02:00","places":3,"bestScore":5,"reviewsNeeded":2,"blind":true,"criteria":[{"code":"originality","label":{"fr":"Originalité"},"weight":2}]}"""),
            ("/v1/partners", $$$"""{"code":"q-{{{run}}}","name":"Partner","kind":"network","since":2020,"contactEmail":"p@a.example"}"""),
            ("/v1/discounts", $$$"""{"partner":"Un magasin","offer":"10 %","url":"https://d.example/","startsOn":"2026-01-01","endsOn":"2026-12-31","category":"legal","conditions":{"fr":"Oui","en":"Yes"},"promoCode":"x","limits":{"total":9,"perMember":1,"perPeriod":3,"period":"month"},"showsCompany":true}"""),
            ("/v1/grants", $$$"""{"funderId":"{{{partner}}}","year":2026,"amount":{"amount":"35000.00","currency":"EUR"},"status":"awarded","agreementFrom":2025,"agreementTo":2027,"tranches":[{"amount":{"amount":"100.00","currency":"EUR"},"dueOn":"2026-05-01","paidOn":"2026-05-02"}],"reports":[{"year":2026,"dueOn":"2027-05-01"}]}"""),
            ("/v1/funding-plans", $$$"""{"year":{{{Interlocked.Increment(ref _year)}}},"budget":{"amount":"35000.00","currency":"EUR"},"ownResourcesPercent":61.5,"lines":[{"code":"club","label":{"fr":"Club","en":"Club"},"kind":"event","programmes":["club-mila"],"measure":"items","target":9,"funderIds":["{{{partner}}}"]}]}"""),
            ("/v1/webhook-endpoints", $$$"""{"partnerId":"{{{partner}}}","url":"https://w.example/hook","eventTypes":["event.*"],"description":"x"}"""),
            ("/v1/panels", $$$"""{"spaceCode":"RUE-{{{run.ToUpperInvariant()}}}","companyName":"Absurde","website":"https://a.example/","logoUrl":"https://a.example/l.svg","notableArtists":["Zoé"]}"""),
            ("/v1/coaching/services", $$$"""{"code":"k-{{{run}}}","label":{"fr":"Diagnostic"},"kind":"individual","minutes":120,"yearlyTarget":30}"""),
            ($"/v1/partners/{network}/agreements", """{"kind":"access","startsOn":"2026-01-01","endsOn":"2026-12-31","grants":{"events":true,"seatsPerEvent":4,"seatsReleasedHoursBefore":24},"document":"x"}"""),
            ($"/v1/partners/{network}/exchanges", """{"side":"given","what":"Une salle","on":"2026-03-01","quantity":2,"value":{"amount":"12.00","currency":"EUR"}}"""),
            ("/v1/api-keys", $$$"""{"name":"x","scopes":["events:read"],"partnerId":"{{{partner}}}"}"""),
            ("/v1/api-keys", """{"name":"x","scopes":["events:read"],"expiresAt":"2027-01-01T00:00:00Z"}"""),
        ];
        foreach (var (path, body) in bodies) await TakenAsync(admin, path, body);
        await TakenAsync(admin, $"/v1/members/{member}/admission", """{"on":"2026-03-01"}""", 200);
        await mila.DrainAsync();
        var lease = $$$"""{"memberId":"{{{member}}}","spaceCode":"S-{{{run.ToUpperInvariant()}}}","startsOn":"2026-03-01","endsOn":"2027-02-28"}""";
        await TakenAsync(admin, "/v1/leases", lease);
        var contact = (await admin.AskAsync($"/v1/members/{member}/contacts")).Expect(200)["items"][0].GetProperty("id").GetString();
        var proof = $$$"""{"audience":"n-{{{run}}}","memberId":"{{{member}}}","contactId":"{{{contact}}}","lifetimeSeconds":60}""";
        var token = (await TakenAsync(admin, "/v1/membership-proofs", proof)).Json.GetProperty("token").GetString();
        return [.. bodies, ("/v1/leases", lease), ("/v1/membership-proofs", proof), ("/v1/membership-proofs/verification", $$$"""{"token":"{{{token}}}"}""")];
    }

    private static async Task<Answer> TakenAsync(HttpClient admin, string path, string body, int status = 201)
    {
        var answer = await admin.TellAsync(path, body);
        answer.Status.ShouldBe(status, $"{path} {body}: {answer.Text}");
        return answer;
    }

    private static IEnumerable<(string Pointer, JsonValue Leaf)> Leaves(JsonNode node, string pointer) => node switch
    {
        JsonObject thing => thing.SelectMany(m => Leaves(m.Value!, $"{pointer}/{m.Key}")),
        JsonArray list => list.SelectMany((item, i) => Leaves(item!, $"{pointer}/{i}")),
        JsonValue leaf => [(pointer, leaf)],
        _ => [],
    };

    private static string Replaced(string body, string pointer, string value)
    {
        var root = JsonNode.Parse(body)!;
        var steps = pointer.Split('/')[1..];
        var parent = steps.SkipLast(1).Aggregate(root, (node, step) => node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
        if (parent is JsonArray items) items[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = JsonNode.Parse(value);
        else parent[steps[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }

    /// <summary>What can never be meant where this value stands, as JSON.</summary>
    private static IEnumerable<string> Absurd(string pointer, JsonValue leaf)
    {
        var name = pointer.Split('/')[^1];
        if (leaf.TryGetValue<bool>(out _)) return ["1", "\"true\"", "{}"];
        if (!leaf.TryGetValue<string>(out var text))
        {
            string[] numbers = ["-1", "-0.5", "1e400", "\"5\"", "true", "[]", "99999999999999999999"];
            return name is "latitude" or "longitude" ? [.. numbers.Where(n => n is not ("-1" or "-0.5")), "181", "-181"] : leaf.ToJsonString().Contains('.', StringComparison.Ordinal) ? numbers : [.. numbers, "1.5", "2147483648", "2147483647"];
        }

        string[] always = ["1", "true", "[]", "{}", $"\"{new string('x', 20_000)}\""];
        if (Guid.TryParse(text, out _)) return [.. always, "\"\"", "\"x\"", "\"00000000-0000-0000-0000-000000000000\"", $"\"{AnyId}\""];
        if (DayPattern().IsMatch(text)) return [.. always, "\"\"", "\"0000-00-00\"", "\"2026-02-30\"", "\"2026-2-3\"", "\"tomorrow\"", "\"0001-01-01\"", "\"9999-12-31\"", "\"2026-03-01T00:00:00Z\"", "20260301"];
        if (MonthPattern().IsMatch(text)) return [.. always, "\"\"", "\"2026-13\"", "\"2026-00\"", "\"2026-5\"", "\"0000-01\"", "\"9999-12\"", "\"may\""];
        if (InstantPattern().IsMatch(text)) return [.. always, "\"\"", "\"2026-02-30T10:00:00Z\"", "\"2026-05-04T25:00:00Z\"", "\"2026-05-04T19:00:00+99:00\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00\"", "\"9999-12-31T23:59:59\"", "\"now\""];
        return name switch
        {
            "amount" => ["-1", "12.5", "\"\"", "\"-1.00\"", "\"1e5\"", "\"1.234\"", "\"NaN\"", "\"Infinity\"", "\"1,5\"", "\"+1.00\"", "\"99999999999999999999999999999999.00\""],
            "currency" => [.. always, "\"\"", "\"euro\"", "\"eur\"", "\"XXXX\""],
            "url" or "website" or "logoUrl" => [.. always, "\"javascript:alert(1)\"", "\"ftp://a.example/\"", "\"//a.example\"", "\"https://\"", "\"https://user:password@a.example/\"", "\"https://a b/\""],
            "email" or "contactEmail" => [.. always, "\"nobody\"", "\"a@b@c.example\"", "\"Nina <nina@a.example>\"", "\"nina@a.example\\r\\nBcc: all@a.example\""],
            "kind" or "status" => [.. always, "\"\"", "\"Nonsense\"", "\"0\"", "0"],
            _ => always,
        };
    }

    private static string Start(string text) => text.Length > 200 ? text[..200] : text;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$", RegexOptions.None, 1000)]
    private static partial Regex DayPattern();

    [GeneratedRegex(@"^\d{4}-\d\d$", RegexOptions.None, 1000)]
    private static partial Regex MonthPattern();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT", RegexOptions.None, 1000)]
    private static partial Regex InstantPattern();
}
