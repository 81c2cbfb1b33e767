using System.Net;
using System.Text.Json;
using Mila.Testing.App;
using Npgsql;

namespace Mila.Partners.Tests.Webhooks.Changes;

public sealed class ListChangesTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_reader_follows_the_stream_from_its_start_and_from_its_cursor()
    {
        using var admin = mila.Admin();
        var codes = Enumerable.Range(0, 5).Select(i => $"follow-{i}").ToArray();
        foreach (var code in codes) await RegisterAsync(admin, code);
        await mila.DrainAsync();
        await admin.ChangesAsync("type=partner.registered", 5);

        var seen = new List<JsonElement>();
        string? next = "/v1/changes?limit=2&type=partner.registered";
        JsonElement page = default;
        while (next is not null)
        {
            page = await admin.ReadAsync(next);
            seen.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }

        var messages = (await admin.ReadAsync("/v1/webhook-messages?type=partner.registered")).GetProperty("items").EnumerateArray().Select(m => m.Text("id")).Reverse().ToArray();
        seen.Select(c => c.Text("id")).ShouldBe(messages);
        seen.ShouldAllBe(c => c.Text("type") == "partner.registered" && !c.GetProperty("deleted").GetBoolean() && c.GetProperty("data").Text("url").Length > 0);

        var later = $"/v1/changes?limit=2&type=partner.registered&after={Uri.EscapeDataString(page.Text("cursor"))}";
        var empty = await admin.ReadAsync(later);
        (empty.GetProperty("items").GetArrayLength(), empty.GetProperty("next").GetString()).ShouldBe((0, null));
        var newcomer = await RegisterAsync(admin, "follow-later");
        await mila.DrainAsync();
        (await admin.ChangesAsync(later.Split('?')[1], 1)).ShouldHaveSingleItem().GetProperty("resourceId").GetGuid().ShouldBe(newcomer);
    }

    [Fact]
    public async Task What_is_committed_late_is_never_skipped()
    {
        using var admin = mila.Admin();
        var cursor = "";
        var seen = await WhileOneCommitsLateAsync(async resource =>
        {
            var page = await admin.ReadAsync($"/v1/changes?resourceId={resource}" + (cursor.Length == 0 ? "" : $"&after={Uri.EscapeDataString(cursor)}"));
            cursor = page.Text("cursor");
            return [.. page.GetProperty("items").EnumerateArray().Select(c => c.Text("id").Split(':')[0])];
        });
        seen.ShouldBe(["early", "late"], ignoreOrder: true);
    }

    [Fact]
    public async Task Control_a_cursor_over_the_sequence_alone_skips_what_is_committed_late()
    {
        await using var database = NpgsqlDataSource.Create(mila.ConnectionString);
        var cursor = 0L;
        var seen = await WhileOneCommitsLateAsync(async resource =>
        {
            await using var read = database.CreateCommand("select seq, id from partners.webhook_messages where resource = $1 and seq > $2 order by seq");
            read.Parameters.Add(new() { Value = resource });
            read.Parameters.Add(new() { Value = cursor });
            await using var reader = await read.ExecuteReaderAsync();
            var found = new List<string>();
            while (await reader.ReadAsync())
            {
                cursor = reader.GetInt64(0);
                found.Add(reader.GetString(1).Split(':')[0]);
            }

            return [.. found];
        });
        seen.ShouldBe(["early"]);
    }

    [Fact]
    public async Task Each_fault_of_a_query_is_named()
    {
        using var admin = mila.Admin();
        foreach (var query in new[] { "type=event.imagined", "resourceId=x", "limit=0", "limit=251", "after=x", "sort=id", "type=event.held&type=event.moved" })
        {
            await admin.GetAsync("/v1/changes?" + query).ShouldRefuseAsync(HttpStatusCode.BadRequest, "list-query-malformed");
        }

        using var reader = await mila.KeyAsync(null, "events:read");
        await reader.GetAsync("/v1/changes").ShouldRefuseAsync(HttpStatusCode.Forbidden, "scope-missing");
    }

    private static async Task<Guid> RegisterAsync(HttpClient admin, string code) => (await admin.MakeAsync("/v1/partners", new { code, name = code, kind = "network" })).Id();

    /// <summary>Reads twice, while a transaction commits in between that drew its sequence before one which may have been read already.</summary>
    private async Task<string[]> WhileOneCommitsLateAsync(Func<Guid, Task<string[]>> read)
    {
        var resource = Guid.CreateVersion7();
        await using var database = NpgsqlDataSource.Create(mila.ConnectionString);
        await using var slow = await database.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await InsertAsync(slow, "late");
        await using (var quick = await database.OpenConnectionAsync()) await InsertAsync(quick, "early");

        var first = await read(resource);
        await transaction.CommitAsync();
        return [.. first, .. await read(resource)];

        async Task InsertAsync(NpgsqlConnection connection, string id)
        {
            await using var insert = new NpgsqlCommand("insert into partners.webhook_messages (id, type, resource, body, created_at) values ($1, 'panel.retired', $2, $3, now())", connection);
            insert.Parameters.Add(new() { Value = $"{id}:{resource}" });
            insert.Parameters.Add(new() { Value = resource });
            insert.Parameters.Add(new() { Value = """{"type":"panel.retired","timestamp":"2026-03-09T18:00:00Z","data":{}}"""u8.ToArray() });
            await insert.ExecuteNonQueryAsync();
        }
    }
}
