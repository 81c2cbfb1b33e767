namespace Mila.Host.Tests.Running;

public sealed class CrashTests
{
    [Fact]
    public async Task A_killed_host_leaves_a_server_that_the_next_host_replaces()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        await folder.RememberAsync("kept");
        var orphan = folder.Postmaster;

        host.Signal("KILL");
        await host.EndAsync();
        Signals.Lives(orphan).ShouldBeTrue();

        await using var next = await HostProcess.Serve(folder.Path).ReadyAsync();
        (await folder.RecallAsync()).ShouldBe("kept");
        Signals.Lives(orphan).ShouldBeFalse();
        folder.Postmaster.ShouldNotBe(orphan);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd/it's, $HOME \"deep\"")]
    public async Task A_killed_server_is_started_again_under_the_running_host(string below)
    {
        using var folder = new TemporaryFolder(below);
        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        await folder.RememberAsync("kept");
        var killed = folder.Postmaster;

        Signals.Send(killed, "KILL");
        await UntilAnotherServesAsync(folder, killed);

        (await folder.RecallAsync()).ShouldBe("kept");
        await host.ReadyAsync();
        (await host.StopAsync()).ShouldBe(0);
        Signals.ProcessesIn(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_and_a_server_killed_together_come_back_with_what_was_committed()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        await folder.RememberAsync("kept");

        // An open transaction of the dead host must not come back, and its backend must not stand in the way.
        await using var database = folder.Database();
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var insert = new Npgsql.NpgsqlCommand("insert into words values ('lost')", connection, transaction)) await insert.ExecuteNonQueryAsync();

        var server = folder.Postmaster;
        host.Signal("KILL");
        Signals.Send(server, "KILL");
        await host.EndAsync();
        File.Exists(folder.PidFile).ShouldBeTrue();

        await using var next = await HostProcess.Serve(folder.Path).ReadyAsync();
        (await folder.RecallAsync()).ShouldBe("kept");
    }

    [Fact]
    public async Task A_backend_that_outlives_its_server_does_not_block_the_next_start()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        await folder.RememberAsync("kept");
        await using var database = folder.Database();
        await using var connection = await database.OpenConnectionAsync();

        // A stopped process sees nothing, like one in a long computation.
        int backend;
        await using (var command = new Npgsql.NpgsqlCommand("select pg_backend_pid()", connection)) backend = (int)(await command.ExecuteScalarAsync())!;
        Signals.Send(backend, "STOP");
        var server = folder.Postmaster;
        host.Signal("KILL");
        Signals.Send(server, "KILL");
        await host.EndAsync();
        Signals.Lives(backend).ShouldBeTrue();

        await using var next = await HostProcess.Serve(folder.Path).ReadyAsync();
        (await folder.RecallAsync()).ShouldBe("kept");
        Signals.Lives(backend).ShouldBeFalse();
    }

    [Fact]
    public async Task A_stale_lock_file_that_names_a_stranger_does_not_stop_a_start()
    {
        using var folder = new TemporaryFolder();
        await using (await HostProcess.Serve(folder.Path).ReadyAsync()) await folder.RememberAsync("kept");

        // After a reboot the process id of the dead server may belong to anyone: here to this test.
        await File.WriteAllTextAsync(folder.PidFile, $"{Environment.ProcessId}\n{Path.GetDirectoryName(folder.PidFile)}\n1\n5432\n\n\n");

        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        (await folder.RecallAsync()).ShouldBe("kept");
        folder.Postmaster.ShouldNotBe(Environment.ProcessId);
    }

    [Fact]
    public async Task A_host_whose_server_cannot_come_back_ends_and_says_why()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();

        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(folder.PidFile)!, "PG_VERSION"), "9\n");
        Signals.Send(folder.Postmaster, "KILL");

        (await host.EndAsync()).ShouldBe(7);
        host.Error.TrimEnd().Split('\n')[^1].ShouldStartWith("mila: PostgreSQL did not start: database files are incompatible with server");
    }

    [Fact]
    public async Task A_host_that_was_killed_while_it_made_the_database_makes_it_at_the_next_start()
    {
        using var folder = new TemporaryFolder();
        await using (var host = HostProcess.Serve(folder.Path))
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (!File.Exists(Path.Combine(folder.Path, "postgres", "password"))) await timer.WaitForNextTickAsync();
            host.Signal("KILL");
            await host.EndAsync();
        }

        Directory.Exists(Path.GetDirectoryName(folder.PidFile)).ShouldBeFalse();
        await using var next = await HostProcess.Serve(folder.Path).ReadyAsync();
        await folder.RememberAsync("kept");
    }

    private static async Task UntilAnotherServesAsync(TemporaryFolder folder, int killed)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            try
            {
                if (folder.Postmaster == killed) continue;
                await using var database = folder.Database();
                await using var connection = await database.OpenConnectionAsync(limit.Token);
                return;
            }
            catch (Exception notYet) when (notYet is IOException or InvalidOperationException or Npgsql.NpgsqlException)
            {
                // The server is on its way.
            }
        }
    }
}
