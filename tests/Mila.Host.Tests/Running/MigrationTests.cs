using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Documents;
using Mila.Testing.Postgres;
using Npgsql;

namespace Mila.Host.Tests.Running;

public sealed class MigrationTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_schema_takes_as_long_as_it_takes()
    {
        // What waits for its turn says nothing while the tables are made, and silent transactions are ended after 30 s, or here at once.
        var impatient = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync()) { Options = "-c idle_in_transaction_session_timeout=20ms" };
        using var folder = new TemporaryFolder();
        var settings = new HostSettings(0, folder.Path, Import: false, Demo: false);
        await using var app = MilaApp.Configure(settings, impatient.ConnectionString);
        var database = app.Services.GetRequiredService<MilaDatabase>();

        await database.MigrateAsync(TestContext.Current.CancellationToken);

        // The control: another silent transaction does not live through that.
        await using var source = NpgsqlDataSource.Create(impatient);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var word = new NpgsqlCommand("select 1", connection, transaction)) await word.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        await database.MigrateAsync(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<NpgsqlException>(() => transaction.CommitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_statistics_are_made_of_whole_documents_and_those_of_indexes_stay()
    {
        using var folder = new TemporaryFolder();
        var to = await postgres.CreateDatabaseAsync();
        await using var app = MilaApp.Configure(new HostSettings(0, folder.Path, Import: false, Demo: false), to);
        await app.Services.GetRequiredService<MilaDatabase>().MigrateAsync(TestContext.Current.CancellationToken);
        await using var source = NpgsqlDataSource.Create(to);

        async Task<long> ColumnsAsync(string which)
        {
            await using var count = source.CreateCommand($"select count(*) from pg_attribute a join pg_class t on t.oid = a.attrelid where t.relkind in ('r', 'i') and starts_with(t.relname, 'mt_') and {which}");
            return (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }

        (await ColumnsAsync("t.relkind = 'r' and a.attname = 'data'")).ShouldBeGreaterThan(30);
        (await ColumnsAsync("t.relkind = 'r' and a.attname = 'data' and a.attstattarget is distinct from 0")).ShouldBe(0);
        (await ColumnsAsync("not (t.relkind = 'r' and a.attname = 'data') and a.attnum > 0 and a.attstattarget = 0")).ShouldBe(0);
    }
}
