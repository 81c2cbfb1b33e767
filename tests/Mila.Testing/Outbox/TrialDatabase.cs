using Npgsql;

namespace Mila.Testing.Outbox;

/// <summary>What a trial left in its database.</summary>
internal sealed class TrialDatabase(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 4 });

    /// <summary>Rows that are neither handled nor given up.</summary>
    public Task<long> QueuedAsync() => ScalarAsync<long>("select count(*) from mila.outbox where parked_at is null");

    /// <summary>Deeds that are stored.</summary>
    public Task<long> DoneAsync() => ScalarAsync<long>("select count(*) from trial.mt_doc_deed");

    /// <summary>Deeds that are done and that no handler heard of.</summary>
    public Task<long> LostAsync() => ScalarAsync<long>("select count(*) from trial.mt_doc_deed d where not exists (select from trial.effect e where e.deed = d.id)");

    /// <summary>Deeds that a handler acted on more than once.</summary>
    public Task<long> TwiceAsync() => ScalarAsync<long>("select count(*) from (select from trial.effect group by deed, handler having count(*) > 1) twice");

    /// <summary>Deeds that were never done and that a handler acted on.</summary>
    public Task<long> GhostsAsync() => ScalarAsync<long>("select count(*) from trial.effect e where not exists (select from trial.mt_doc_deed d where d.id = e.deed)");

    /// <summary>Effects that came after a later one of their aggregate.</summary>
    public Task<long> OutOfOrderAsync() =>
        ScalarAsync<long>("select count(*) from (select number, lag(number) over (partition by handler, actor order by position) as before from trial.effect) e where before >= number");

    /// <summary>Of these deeds, those that are not stored.</summary>
    public async Task<long> ForgottenAsync(IReadOnlyCollection<Guid> acknowledged)
    {
        await using var command = _database.CreateCommand("select count(*) from unnest($1) a where not exists (select from trial.mt_doc_deed d where d.id = a)");
        command.Parameters.Add(new() { Value = acknowledged.ToArray() });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Numbers in the order in which a handler acted.</summary>
    public async Task<ILookup<Guid, int>> NumbersAsync(string handler)
    {
        await using var command = _database.CreateCommand("select actor, number from trial.effect where handler = $1 order by position");
        command.Parameters.Add(new() { Value = handler });
        var found = new List<(Guid Actor, int Number)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) found.Add((reader.GetGuid(0), reader.GetInt32(1)));
        return found.ToLookup(f => f.Actor, f => f.Number);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Waits for something that other hosts bring about.</summary>
    public static async Task UntilAsync(Func<Task<bool>> reached, TimeSpan? limit = null)
    {
        using var stop = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!await reached()) await timer.WaitForNextTickAsync(stop.Token);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
