using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mila.Benchmarks.Registrations;

/// <summary>
/// The yardstick of registrations: a minimal API without keys, limits or contract that takes a seat with raw Npgsql: lock the event's row, insert, count, commit. No outbox, no
/// Idempotency-Key, no waiting line, no calendar. Once as one would write it, and once as one statement.
/// </summary>
internal sealed class BareRegistrations : IAsyncDisposable
{
    private const string OneStatement = """
        with e as (update bare_event set taken = taken + 1 where id = $2 and taken < capacity returning 1)
        insert into bare_registration (id, event_id, name, email, asked_at) select $1, $2, $3, $4, now() from e
        """;

    private readonly WebApplication _app;
    private readonly NpgsqlDataSource _database;

    private BareRegistrations(WebApplication app, NpgsqlDataSource database, IReadOnlyList<Guid> events) => (_app, _database, Events) = (app, database, events);

    public IReadOnlyList<Guid> Events { get; }

    public Uri Address => new(_app.Urls.First());

    public static async Task<BareRegistrations> StartAsync(string connectionString, int events)
    {
        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 20 });
        await using (var make = database.CreateCommand($"""
            create table bare_event (id uuid primary key, capacity int not null, taken int not null);
            create table bare_registration (id uuid primary key, event_id uuid not null references bare_event, name text not null, email text not null, asked_at timestamptz not null, unique (event_id, email));
            insert into bare_event select gen_random_uuid(), 100000, 0 from generate_series(1, {events});
            """)) await make.ExecuteNonQueryAsync();

        var ids = new List<Guid>();
        await using (var read = database.CreateCommand("select id from bare_event"))
        await using (var reader = await read.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) ids.Add(reader.GetGuid(0));
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/events/{id:guid}/registrations", (Guid id, Request request) => RegisterAsync(database, id, request));
        app.MapPost("/events/{id:guid}/registrations-at-once", (Guid id, Request request) => RegisterAtOnceAsync(database, id, request));
        await app.StartAsync();
        return new BareRegistrations(app, database, ids);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<IResult> RegisterAsync(NpgsqlDataSource database, Guid eventId, Request request)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var look = new NpgsqlCommand("select capacity - taken from bare_event where id = $1 for update", connection) { Parameters = { new() { Value = eventId } } })
        {
            if (await look.ExecuteScalarAsync() is not int free) return TypedResults.NotFound();
            if (free <= 0) return TypedResults.Conflict();
        }

        var answer = new Answer(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), eventId, "confirmed", request.Name, request.Email);
        await using (var insert = new NpgsqlCommand("insert into bare_registration (id, event_id, name, email, asked_at) values ($1, $2, $3, $4, now())", connection)
        {
            Parameters = { new() { Value = answer.Id }, new() { Value = eventId }, new() { Value = request.Name }, new() { Value = request.Email } },
        }) await insert.ExecuteNonQueryAsync();
        await using (var count = new NpgsqlCommand("update bare_event set taken = taken + 1 where id = $1", connection) { Parameters = { new() { Value = eventId } } }) await count.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return TypedResults.Created($"/registrations/{answer.Id}", answer);
    }

    private static async Task<IResult> RegisterAtOnceAsync(NpgsqlDataSource database, Guid eventId, Request request)
    {
        var answer = new Answer(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), eventId, "confirmed", request.Name, request.Email);
        await using var command = database.CreateCommand(OneStatement);
        command.Parameters.Add(new() { Value = answer.Id });
        command.Parameters.Add(new() { Value = eventId });
        command.Parameters.Add(new() { Value = request.Name });
        command.Parameters.Add(new() { Value = request.Email });
        return await command.ExecuteNonQueryAsync() == 1 ? TypedResults.Created($"/registrations/{answer.Id}", answer) : TypedResults.Conflict();
    }

    private sealed record Request(string Name, string Email);

    private sealed record Answer(Guid Id, Guid EventId, string Status, string Name, string Email);
}
