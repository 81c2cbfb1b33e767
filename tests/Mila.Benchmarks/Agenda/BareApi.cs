using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mila.Benchmarks.Agenda;

/// <summary>The yardstick of lists: a minimal API without keys, limits or contract that reads a plain table with raw Npgsql into records.</summary>
internal sealed class BareApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly NpgsqlDataSource _database;

    private BareApi(WebApplication app, NpgsqlDataSource database) => (_app, _database) = (app, database);

    public Uri Address => new(_app.Urls.First());

    public static async Task<BareApi> StartAsync(string connectionString, NpgsqlDataSource mila)
    {
        await using (var make = mila.CreateCommand("""
            create table bare_event as select
              id, data ->> 'slug' as slug, data ->> 'programme' as programme, data -> 'texts' -> 'title' ->> 'fr' as title_fr, data -> 'texts' -> 'title' ->> 'en' as title_en,
              data -> 'texts' -> 'summary' ->> 'fr' as summary_fr, data ->> 'status' as status, (data -> 'when' ->> 'startsAt')::timestamptz as starts_at, (data -> 'when' ->> 'endsAt')::timestamptz as ends_at,
              data -> 'venue' ->> 'name' as venue, data -> 'venue' ->> 'address' as address, data ->> 'audience' as audience, (data ->> 'capacity')::int as capacity,
              (data ->> 'updatedAt')::timestamptz as updated_at from events.mt_doc_event;
            create index on bare_event (starts_at, id);
            analyze bare_event;
            """)) await make.ExecuteNonQueryAsync();

        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 20 });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/events", async (int limit) =>
        {
            await using var command = database.CreateCommand("select id, slug, programme, title_fr, title_en, summary_fr, status, starts_at, ends_at, venue, address, audience, capacity, updated_at from bare_event order by starts_at, id limit $1");
            command.Parameters.Add(new() { Value = limit });
            await using var reader = await command.ExecuteReaderAsync();
            var items = new List<Row>(limit);
            while (await reader.ReadAsync())
            {
                items.Add(new Row(
                    reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetDateTime(7), reader.GetDateTime(8),
                    reader.GetString(9), reader.GetString(10), reader.GetString(11), reader.GetInt32(12), reader.GetDateTime(13)));
            }

            return new { items };
        });
        await app.StartAsync();
        return new BareApi(app, database);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private sealed record Row(
        Guid Id, string Slug, string Programme, string TitleFr, string TitleEn, string SummaryFr, string Status, DateTime StartsAt, DateTime EndsAt, string Venue, string Address, string Audience, int Capacity, DateTime UpdatedAt);
}
