using Mila.Testing.App;

namespace Mila.Host.Tests.Api;

/// <summary>What can stand in an address, in every place of every operation: an answer of ours, and never one that says that something broke.</summary>
public sealed class NastyQueriesTests(TestMila mila) : IClassFixture<TestMila>
{
    // As they stand in an address: percent-encoded.
    private static readonly string[] Values =
    [
        "", "%00", "a%00b", "%FF", "%C3%28", "%ED%A0%80", "%F0%9F%8E%B6", "%E2%80%AE", "%0D%0AX-Evil:%201", "%20", "-", "-1", "0", "00", "1e999", "NaN", "0x10", "1.5", "+1", "2147483648",
        "99999999999999999999999999", "true", "TRUE", "null", "undefined", "%27", "%22", "%5C", "%25", "_", "%27%3B%20drop%20table%20mila.outbox%3B--", "%24%7B7*7%7D", "%7B%7B7*7%7D%7D", "$1", "@p0", "%3F",
        ",", ",,,,", "a,b,,c", "%2C%2C", "%3Cscript%3E", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "~", "~~~~", "0001-01-01", "9999-12-31", "0000-00-00", "2026-02-30", "2026-13-01",
        "0001-01-01T00:00:00Z", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00", "0001-01-01T00:00:00", "9999-12-31T23:59", "9999-12-31T23:59:59", "2026-03-29T02:30:00", "2026-10-25T02:30:00", "2026-03-01T00:00:00",
        "00000000-0000-0000-0000-000000000000", "%7B0194f0c0-0000-7000-8000-000000000000%7D", "0194f0c0000070008000000000000000", "0194F0C0-0000-7000-8000-000000000000", "id", "-id", "data", "(select%201)", "[]", "%5B%5D", "eyJ9", "AAAA",
    ];

    [Fact]
    public async Task No_query_breaks_a_list()
    {
        using var admin = mila.Admin();
        var lists = (await mila.OperationsAsync()).Where(o => o is { Method: "GET", Query.Count: > 0 }).ToList();
        lists.Count.ShouldBeGreaterThan(10);
        await SweepAsync(admin, lists.SelectMany(o => o.Query.Append("nobodyKnowsThis").SelectMany(q => Values.Append(new string('x', 4000)).Select(v => ("GET", $"{o.Unknown}?{q}={v}"))))
            .Concat(lists.SelectMany(o => o.Query.Select(q => ("GET", $"{o.Unknown}?{q}=a&{q}=b")))));
    }

    [Fact]
    public async Task No_id_breaks_an_operation()
    {
        using var admin = mila.Admin();
        var operations = (await mila.OperationsAsync()).Where(o => o.HasIds).ToList();
        operations.Count.ShouldBeGreaterThan(20);
        await SweepAsync(admin, operations.SelectMany(o => Values.Append(new string('x', 4000)).Where(v => v.Length > 0).Select(v => (o.Method, WithIds(o.Path, v)))));
    }

    [Theory]
    [InlineData("Accept")]
    [InlineData("Accept-Language")]
    [InlineData("If-None-Match")]
    [InlineData("If-Match")]
    [InlineData("Idempotency-Key")]
    [InlineData("Authorization")]
    [InlineData("Content-Type")]
    [InlineData("traceparent")]
    [InlineData("Origin")]
    [InlineData("Access-Control-Request-Method")]
    [InlineData("X-Forwarded-For")]
    [InlineData("Range")]
    [InlineData("Accept-Encoding")]
    public async Task No_header_breaks_a_request(string header)
    {
        using var admin = mila.Admin();
        var before = await mila.DocumentsAsync();
        string[] values = ["", " ", "*", "\"", "\"\"", "W/\"", "W/\"x\"", "\"x\", \"y\"", ";", ";q=2", "q=;;", ",", "x/y;q=NaN", "xx-YY;q=-1", "bytes=-1", "bytes=9-1", "00-0-0-00", "a\tb", new string('x', 4000), "Bearer", "Bearer ", "null"];
        var failures = new List<string>();
        foreach (var value in values)
        {
            foreach (var (method, path, body) in new[] { ("GET", "/v1/events", null), ("GET", "/agenda", null), ("POST", "/v1/programmes", "{"), ("PATCH", "/v1/programmes/none", "{}"), ("OPTIONS", "/feeds/events.json", (string?)null) })
            {
                if (header == "Content-Type" && (body is null || !System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(value, out _))) continue;
                using var client = header == "Authorization" ? mila.Anonymous() : mila.Admin();
                var answer = await client.CallAsync(method, path, body, (header, value));
                if (answer.Status >= 500) failures.Add($"{method} {path} {header}: {value}: {answer.Status} {answer.Text}");
            }
        }

        failures.ShouldBeEmpty(string.Join('\n', failures));
        (await mila.DocumentsAsync()).ShouldBe(before);
    }

    private async Task SweepAsync(HttpClient admin, IEnumerable<(string Method, string Path)> requests)
    {
        var before = await mila.DocumentsAsync();
        var failures = new List<string>();
        var sent = 0;
        foreach (var batch in requests.Distinct().Chunk(8))
        {
            var answers = await Task.WhenAll(batch.Select(async r => (r.Method, r.Path, Answer: await admin.CallAsync(r.Method, r.Path, r.Method is "POST" or "PATCH" or "PUT" ? "{}" : null, ("If-Match", "\"none\"")))));
            sent += batch.Length;
            foreach (var (method, path, answer) in answers)
            {
                if (answer.Status >= 500 || (answer.Status >= 400 && answer.Text.Length > 0 && answer.ContentHeaders.ContentType?.MediaType != "application/problem+json")) failures.Add($"{method} {path}: {answer.Status} {answer.Text}");
                // The web server itself refuses a NUL in a path, before anything of ours.
                else if (answer.Status >= 400 && answer.Text.Length == 0 && !path.Contains("%00", StringComparison.Ordinal)) failures.Add($"{method} {path}: {answer.Status} without a problem");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{sent} requests");
        failures.ShouldBeEmpty(string.Join('\n', failures.Take(40)));
        (await mila.DocumentsAsync()).ShouldBe(before);
    }

    private static string WithIds(string path, string value)
    {
        while (path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var start) path = path[..start] + value + path[(path.IndexOf('}', start) + 1)..];
        return path;
    }
}
