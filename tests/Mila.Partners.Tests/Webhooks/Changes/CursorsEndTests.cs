using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Webhooks.Delivery;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Changes;

/// <summary>A cursor never skips in silence: what it points at is there, or it has ended.</summary>
public sealed class CursorsEndTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task After_a_restore_from_a_backup_a_cursor_of_what_was_undone_has_ended()
    {
        using var admin = mila.Admin();
        await HappenAsync("restored-1");
        var kept = await CursorAsync(admin);
        await HappenAsync("restored-2", "restored-3");
        var lost = await CursorAsync(admin);
        var next = (await admin.ReadAsync($"/v1/changes?limit=1&after={kept}")).Text("next");
        await mila.SqlAsync("create table places as select seq, written_by from partners.webhook_messages");

        await RestoreAsync("restored-1");
        (await admin.AskAsync($"/v1/changes?after={lost}")).ShouldRefuse(410, "cursor-expired")["title"].GetString().ShouldBe("Gone");
        (await admin.ReadAsync($"/v1/changes?after={kept}")).GetProperty("items").GetArrayLength().ShouldBe(0);

        // Other things happen on the new timeline, in transactions of the same numbers and with the same sequences.
        await HappenAsync("other-2", "other-3");
        (await mila.SqlAsync("with same as (update partners.webhook_messages m set written_by = p.written_by from places p where p.seq = m.seq returning 1) select count(*) from same")).ShouldBe(3L);
        (await mila.SqlAsync("select count(*) from partners.webhook_messages where (written_by, seq) > (select written_by, seq from places order by written_by desc, seq desc limit 1)"))
            .ShouldBe(0L, "the control: a cursor that is a place alone would show nothing of it");
        (await admin.AskAsync($"/v1/changes?after={lost}")).ShouldRefuse(410, "cursor-expired");
        (await admin.AskAsync(next)).ShouldRefuse(410, "cursor-expired");
        (await admin.ChangesAsync("limit=250", 3)).Length.ShouldBe(3);
        await mila.SqlAsync("truncate partners.webhook_messages");
    }

    [Fact]
    public async Task A_database_that_counts_its_transactions_anew_begins_another_stream()
    {
        using var admin = mila.Admin();
        await HappenAsync("anew-1", "anew-2", "anew-3");
        var cursor = await CursorAsync(admin);
        await mila.SqlAsync(WebhookTables.Restored);
        (await admin.AskAsync($"/v1/changes?after={cursor}")).Expect(200);

        // What was written last has the number of a transaction that is still to come.
        await mila.SqlAsync("update partners.webhook_messages set written_by = '9000000000' where seq = (select max(seq) from partners.webhook_messages)");
        await mila.SqlAsync(WebhookTables.Restored);

        (await admin.AskAsync($"/v1/changes?after={cursor}")).ShouldRefuse(410, "cursor-expired");
        var all = await admin.ChangesAsync("limit=250", 3);
        all.Select(c => c.Text("id")).ShouldBe((await admin.ReadAsync("/v1/webhook-messages?limit=250")).GetProperty("items").EnumerateArray().Select(m => m.Text("id")).Reverse());
        await mila.SqlAsync("truncate partners.webhook_messages");
    }

    [Fact]
    public async Task A_start_that_follows_no_restore_goes_through_no_message()
    {
        await mila.SqlAsync("insert into partners.webhook_messages (id, type, body, created_at) select 'plan-' || n, 'panel.installed', '', now() from generate_series(1, 2000) n");
        // Without statistics, as a database is that was just brought back.
        var plan = JsonDocument.Parse((string)(await mila.SqlAsync($"explain (analyze, format json) {WebhookTables.Restored}"))!).RootElement[0].GetProperty("Plan");
        var nodes = Nodes(plan).Where(n => n.TryGetProperty("Relation Name", out var name) && name.GetString() == "webhook_messages").ToArray();

        nodes.Sum(n => n.GetProperty("Actual Rows").GetDouble() * n.GetProperty("Actual Loops").GetDouble()).ShouldBeLessThanOrEqualTo(1);
        nodes.ShouldContain(n => n.GetProperty("Node Type").GetString() == "Index Only Scan");
        nodes.Where(n => n.GetProperty("Node Type").GetString() == "Seq Scan").ShouldAllBe(n => n.GetProperty("Actual Loops").GetDouble() == 0);
        await mila.SqlAsync("truncate partners.webhook_messages");

        static IEnumerable<JsonElement> Nodes(JsonElement node) => [node, .. node.TryGetProperty("Plans", out var within) ? within.EnumerateArray().SelectMany(Nodes) : []];
    }

    [Fact]
    public async Task Who_comes_back_keeps_the_cursor_although_nothing_matched_for_longer_than_messages_are_kept()
    {
        using var admin = mila.Admin();
        await HappenAsync("rare");
        await CursorAsync(admin);
        var (rare, forgotten) = ((await admin.ReadAsync("/v1/changes?type=panel.retired")).Text("cursor"), await CursorAsync(admin));
        for (var month = 0; month < 4; month++)
        {
            mila.Clock.Advance(TimeSpan.FromDays(40));
            await HappenAsync($"month-{month}");
            await mila.Services.GetRequiredService<WebhookRetention>().ForgetAsync(default);
            await CursorAsync(admin);
            rare = (await admin.ReadAsync($"/v1/changes?type=panel.retired&after={Uri.EscapeDataString(rare)}")).Text("cursor");
        }

        (await admin.AskAsync($"/v1/changes?after={forgotten}")).ShouldRefuse(410, "cursor-expired");
        await mila.SqlAsync("truncate partners.webhook_messages");
        (await admin.ReadAsync("/v1/changes")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    /// <summary>A partner each, in a transaction of its own.</summary>
    private async Task HappenAsync(params string[] codes)
    {
        using var admin = mila.Admin();
        foreach (var code in codes)
        {
            await admin.MakeAsync("/v1/partners", new { code, name = code, kind = "network" });
            await mila.DrainAsync();
        }
    }

    /// <summary>The cursor at the end, once it is seen: transactions of other databases of the server hold it back while they are open.</summary>
    private async Task<string> CursorAsync(HttpClient admin)
    {
        var all = (int)(long)(await mila.SqlAsync("select count(*) from partners.webhook_messages"))!;
        (await admin.ChangesAsync("limit=250", all)).Length.ShouldBe(all);
        return Uri.EscapeDataString((await admin.ReadAsync("/v1/changes?limit=250")).Text("cursor"));
    }

    /// <summary>The database as it was when this partner had been registered: rows that came later are gone, and their sequences are drawn again.</summary>
    private async Task RestoreAsync(string code)
    {
        var last = (long)(await mila.SqlAsync($"select seq from partners.webhook_messages where resource = (select id from partners.mt_doc_partner where data ->> 'code' = '{code}')"))!;
        await mila.SqlAsync($"delete from partners.webhook_messages where seq > {last}; select setval('partners.webhook_messages_seq_seq', {last})");
    }
}
