using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Host.Tests.OpenApi;

public sealed class QueryParametersTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task They_are_named_as_callers_write_them()
    {
        var queries = (await OperationsAsync()).SelectMany(o => o.Value.TryGetProperty("parameters", out var p) ? p.EnumerateArray() : []).Where(p => p.TryGetProperty("in", out var where) && where.GetString() == "query").ToArray();
        queries.Length.ShouldBeGreaterThan(100);
        foreach (var parameter in queries) parameter.GetProperty("name").GetString()!.ShouldMatch("^[a-z][A-Za-z_]*$");
    }

    [Theory]
    [InlineData("/feeds/events.json", "audience", "members,hosted,network,professionals,public")]
    [InlineData("/feeds/events.json", "lang", "fr,en")]
    [InlineData("/agenda/{slug}", "language", "fr,en")]
    [InlineData("/v1/funding-reports/{year}.pdf", "lang", "fr,en")]
    public async Task What_is_closed_is_named(string path, string name, string values)
    {
        var parameter = (await OperationsAsync())[path].GetProperty("parameters").EnumerateArray().Single(p => p.GetProperty("name").GetString() == name);
        parameter.GetProperty("schema").GetProperty("enum").EnumerateArray().Select(v => v.GetString()).ShouldBe(values.Split(','));
    }

    private async Task<Dictionary<string, JsonElement>> OperationsAsync()
    {
        using var client = mila.Anonymous();
        var paths = (await client.AskAsync("/openapi/v1.json")).Expect(200)["paths"];
        return paths.EnumerateObject().Where(p => p.Value.TryGetProperty("get", out _)).ToDictionary(p => p.Name, p => p.Value.GetProperty("get"), StringComparer.Ordinal);
    }
}
