namespace Mila.Host.Tests.Running;

public sealed class StartStopTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_host_without_configuration_serves_stops_on_a_signal_and_leaves_no_server(string signal)
    {
        Assert.SkipWhen(signal == "HUP" && Signals.HangUpsAreIgnored, "This run was started with nohup, and so is every host that it starts.");
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        Signals.ProcessesIn(folder.Path).ShouldContain(folder.Postmaster);
        host.Output.ShouldContain($"Mila serves on http://localhost:{host.Port}");

        host.Signal(signal);
        (await host.EndAsync()).ShouldBe(0);

        File.Exists(folder.PidFile).ShouldBeFalse();
        Signals.ProcessesIn(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_start_finds_what_the_first_one_wrote()
    {
        using var folder = new TemporaryFolder();
        await using (await HostProcess.Serve(folder.Path).ReadyAsync()) await folder.RememberAsync("kept");

        await using var again = await HostProcess.Serve(folder.Path).ReadyAsync();

        (await folder.RecallAsync()).ShouldBe("kept");
    }

    [Fact]
    public async Task A_database_that_was_started_empty_stays_so()
    {
        using var folder = new TemporaryFolder();
        await using (await HostProcess.Serve(folder.Path).ReadyAsync()) (await ProgrammesAsync(folder)).ShouldBe(0L);

        await using (await HostProcess.ServePlainly(folder.Path).ReadyAsync()) (await ProgrammesAsync(folder)).ShouldBe(0L);

        await using var demo = HostProcess.ServeDemo(folder.Path);
        (await demo.EndAsync()).ShouldBe(2);
        demo.Error.ShouldContain("mila: this database was started with --no-import");

        using var other = new TemporaryFolder();
        await using var control = await HostProcess.ServePlainly(other.Path).ReadyAsync();
        (await ProgrammesAsync(other)).ShouldBe(12L);

        static async Task<object?> ProgrammesAsync(TemporaryFolder folder)
        {
            await using var database = folder.Database();
            await using var command = database.CreateCommand("select count(*) from events.mt_doc_programme");
            return await command.ExecuteScalarAsync();
        }
    }

    [Fact]
    public async Task A_second_host_on_the_same_folder_is_refused_until_the_first_has_stopped()
    {
        using var folder = new TemporaryFolder();
        await using var first = await HostProcess.Serve(folder.Path).ReadyAsync();

        await using var second = HostProcess.Serve(folder.Path);
        (await second.EndAsync()).ShouldBe(3);
        second.Error.ShouldBe($"mila: the data folder {folder.Path} is in use by process {first.Id}.\n");
        Signals.Lives(folder.Postmaster).ShouldBeTrue();

        await first.StopAsync();
        await using var third = await HostProcess.Serve(folder.Path).ReadyAsync();
    }

    [Fact]
    public async Task A_signal_during_the_first_start_leaves_no_server_and_the_next_start_works()
    {
        using var folder = new TemporaryFolder();
        await using (var host = HostProcess.Serve(folder.Path))
        {
            // The lock is taken before the database is made, so the signal comes in the middle.
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (!Directory.Exists(Path.Combine(folder.Path, "postgres"))) await timer.WaitForNextTickAsync();
            (await host.StopAsync()).ShouldBe(0);
        }

        Signals.ProcessesIn(folder.Path).ShouldBeEmpty();
        await using var again = await HostProcess.Serve(folder.Path).ReadyAsync();
    }

    [Fact]
    public async Task The_database_is_reached_by_a_socket_and_a_password_and_by_nothing_else()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        await using var database = folder.Database();

        await using var command = database.CreateCommand("select current_setting('listen_addresses') || '/' || current_setting('fsync') || '/' || rolsuper from pg_roles where rolname = current_user");
        (await command.ExecuteScalarAsync()).ShouldBe("/on/false");

        var wrong = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = "wrong", Pooling = false };
        await using var intruder = Npgsql.NpgsqlDataSource.Create(wrong);
        (await Should.ThrowAsync<Npgsql.PostgresException>(async () => await intruder.OpenConnectionAsync())).SqlState.ShouldBe("28P01");
        Mode(Path.Combine(folder.Path, "postgres", "password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Mode(Path.Combine(folder.Path, "postgres", "run")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_folder_whose_path_is_too_long_for_a_socket_serves_as_well()
    {
        using var folder = new TemporaryFolder(Path.Combine(new string('d', 90), "it's, $HOME \"deep\""));
        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        var socketFolder = await File.ReadAllTextAsync(folder.SocketPointer);
        Directory.Exists(socketFolder).ShouldBeTrue();

        (await host.StopAsync()).ShouldBe(0);

        Directory.Exists(socketFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task The_private_server_runs_alone_for_an_operator_and_prints_how_to_reach_it()
    {
        using var folder = new TemporaryFolder();
        await using var server = HostProcess.Run("postgres", "--data", folder.Path);

        await using var database = Npgsql.NpgsqlDataSource.Create(await server.FirstLineAsync());
        await using (var command = database.CreateCommand("select 1")) (await command.ExecuteScalarAsync()).ShouldBe(1);

        (await server.StopAsync()).ShouldBe(0);
        Signals.ProcessesIn(folder.Path).ShouldBeEmpty();
    }

    private static UnixFileMode Mode(string path) => new FileInfo(path).UnixFileMode;
}
