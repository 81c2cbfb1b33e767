using Mila.BuildingBlocks.Hosting;
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

        (await app.PrepareAsync(folder.Path, TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await app.PrepareAsync(folder.Path, TestContext.Current.CancellationToken)).ShouldBeFalse("the second time, the first key is there");
    }
}
