using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mila.Host.CommandLine;
using Mila.Testing.Postgres;
using Npgsql;

namespace Mila.Host.Tests.Running;

/// <summary>Every mistake of an operator is one line on standard error and its own exit code: no stack trace, no secret.</summary>
public sealed class OperatorMistakesTests(TestPostgres postgres)
{
    [Theory]
    [InlineData("--prot", "5080")]
    [InlineData("--port", "many")]
    [InlineData("--port", "0")]
    [InlineData("--port", "65536")]
    [InlineData("--port")]
    [InlineData("--data")]
    [InlineData("--data", "")]
    [InlineData("--port", "5080", "--port", "5081")]
    [InlineData("--no-import", "--demo")]
    [InlineData("nonsense")]
    public async Task A_flag_that_is_unknown_or_malformed_is_refused(params string[] arguments)
    {
        await using var host = HostProcess.Run(arguments);

        (await host.EndAsync()).ShouldBe(2);

        ShouldBeOneLine(host.Error);
    }

    [Theory]
    [InlineData("RateLimits__KeyPerMinute", "many", "RateLimits:KeyPerMinute")]
    [InlineData("RateLimits__FormPerMinute", "-1", "RateLimits__* are numbers")]
    [InlineData("Outbox__Dispatchers", "many", "Outbox:Dispatchers")]
    [InlineData("Outbox__Dispatchers", "-4", "Outbox__Dispatchers is from 0 to 64")]
    [InlineData("Mail__From", "nobody", "Mail:From is not an address")]
    [InlineData("Oidc__Authority", "https://id.example", "Oidc__Audience is not")]
    [InlineData("Webhooks__AllowedNetworks", "everything", "Webhooks__AllowedNetworks")]
    [InlineData("TrustedProxies", "10.0.0.0/8, everybody", "TrustedProxies: \"everybody\" is not a network")]
    [InlineData("TrustedProxies", "10.0.0.0/33", "TrustedProxies: \"10.0.0.0/33\" is not a network")]
    [InlineData("Webhooks__Deliver", "perhaps", "Webhooks:Deliver")]
    public async Task A_setting_that_cannot_be_meant_is_told_in_one_line(string name, string value, string told)
    {
        using var folder = new TemporaryFolder();
        await using var host = HostProcess.ServeWith(name, value, folder.Path, await postgres.CreateDatabaseAsync());

        (await host.EndAsync()).ShouldBe(2, host.Error);
        ShouldBeOneLine(host.Error);
        host.Error.ShouldContain(told);
    }

    [Fact]
    public async Task A_database_in_which_nothing_may_be_made_is_told()
    {
        using var folder = new TemporaryFolder();
        await using var server = HostProcess.Run("postgres", "--data", Path.Combine(folder.Path, "server"), "--without-fsync");
        var owner = new NpgsqlConnectionStringBuilder(await server.FirstLineAsync());
        await using (var source = NpgsqlDataSource.Create(owner))
        {
            await using var command = source.CreateCommand("alter database mila set default_transaction_read_only = on");
            await command.ExecuteNonQueryAsync();
        }

        await using var host = HostProcess.Serve(Path.Combine(folder.Path, "host"), owner.ConnectionString);

        (await host.EndAsync()).ShouldBe(6, host.Error);
        host.Error.TrimEnd().Split('\n')[^1].ShouldStartWith("mila: the database refuses what Mila needs: ");
        host.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task What_nobody_foresaw_is_one_line_as_well()
    {
        using var error = new StringWriter();
        var actions = new HostActions
        {
            Build = (_, _) => throw new InvalidOperationException(),
            Prepare = (_, _, _) => Task.CompletedTask,
            WriteOpenApi = (_, _) => throw new KeyNotFoundException("Nina\nDurand"),
        };

        (await MilaCommandLine.RunAsync(["openapi"], actions, error)).ShouldBe(1);

        error.ToString().ShouldStartWith("mila: something broke that Mila did not foresee: KeyNotFoundException in Mila.");
        error.ToString().ShouldNotContain("Nina");
        ShouldBeOneLine(error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Help_is_no_mistake()
    {
        await using var host = HostProcess.Run("--help");

        (await host.EndAsync()).ShouldBe(0);

        host.Output.ShouldContain("--port");
    }

    [Fact]
    public async Task A_taken_port_is_told_and_the_database_is_stopped()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Any, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using (var host = HostProcess.ServeOn(port, folder.Path))
        {
            (await host.EndAsync()).ShouldBe(5);
            host.Error.ShouldBe($"mila: port {port} is taken.\n");
        }

        Signals.ProcessesIn(folder.Path).ShouldBeEmpty();
        other.Stop();
        await using var next = await HostProcess.ServeOn(port, folder.Path).ReadyAsync();
    }

    [Fact]
    public async Task A_broken_connection_string_is_told_within_ten_seconds_and_without_its_secrets()
    {
        using var folder = new TemporaryFolder();
        await using var server = HostProcess.Run("postgres", "--data", Path.Combine(folder.Path, "server"), "--without-fsync");
        var good = new NpgsqlConnectionStringBuilder(await server.FirstLineAsync());

        await ShouldBeRefusedAsync("postgres://mila:hunter2@localhost/mila", "not a connection string");
        await ShouldBeRefusedAsync("Host=localhost;Password=hun;ter2=x", "not a connection string");
        await ShouldBeRefusedAsync("Password=hunter2", "not a connection string");
        await ShouldBeRefusedAsync("Host=localhost;Port=hunter2", "not a connection string");
        await ShouldBeRefusedAsync($"Host=127.0.0.1;Port={HostProcess.FreePort()};Username=mila;Password=hunter2", "no PostgreSQL answers");
        await ShouldBeRefusedAsync("Host=192.0.2.1;Username=mila;Password=hunter2", "no PostgreSQL answers");
        await ShouldBeRefusedAsync("Host=mila.invalid;Username=mila;Password=hunter2", "no PostgreSQL answers");
        await ShouldBeRefusedAsync(With(good, wrong => wrong.Password = "hunter2"), "does not let mila in");
        await ShouldBeRefusedAsync(With(good, wrong => wrong.Database = "elsewhere"), "has no database elsewhere");

        await using var control = await HostProcess.Serve(Path.Combine(folder.Path, "host"), good.ConnectionString).ReadyAsync();
        Directory.Exists(Path.Combine(folder.Path, "host", "postgres")).ShouldBeFalse();

        async Task ShouldBeRefusedAsync(string connectionString, string reason)
        {
            var began = Stopwatch.GetTimestamp();
            await using var host = HostProcess.Serve(Path.Combine(folder.Path, "host"), connectionString);
            (await host.EndAsync()).ShouldBe(6, host.Error);
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(11));
            ShouldBeOneLine(host.Error);
            host.Error.ShouldContain(reason);
            host.Error.ShouldNotContain("ter2");
        }
    }

    [Fact]
    public async Task A_data_folder_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var version = Path.Combine(folder.Path, "version");
        await File.WriteAllTextAsync(version, "mila 2\npostgresql 15\n");

        await using (var host = HostProcess.Serve(folder.Path))
        {
            (await host.EndAsync()).ShouldBe(4);
            host.Error.ShouldBe($"mila: the data folder {folder.Path} is of version 2, and this Mila knows versions up to 1: start a newer Mila on it.\n");
        }

        Directory.GetFileSystemEntries(folder.Path).ShouldBe([version]);
        await File.WriteAllTextAsync(version, "mila 1\n");
        await using var control = await HostProcess.Serve(folder.Path).ReadyAsync();
    }

    [Fact]
    public async Task Data_of_another_PostgreSQL_name_the_server_that_they_need()
    {
        using var folder = new TemporaryFolder();
        await using (await HostProcess.Serve(folder.Path).ReadyAsync())
        {
        }

        await File.WriteAllTextAsync(Path.Combine(folder.Path, "version"), "mila 1\npostgresql 99\n");
        await using var host = HostProcess.Serve(folder.Path);

        (await host.EndAsync()).ShouldBe(7);
        ShouldBeOneLine(host.Error);
        host.Error.ShouldContain("install the server programs of PostgreSQL 99");
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        await using var host = HostProcess.Serve(file);

        (await host.EndAsync()).ShouldBe(4);
        ShouldBeOneLine(host.Error);
    }

    private static string With(NpgsqlConnectionStringBuilder good, Action<NpgsqlConnectionStringBuilder> change)
    {
        var wrong = new NpgsqlConnectionStringBuilder(good.ConnectionString);
        change(wrong);
        return wrong.ConnectionString;
    }

    private static void ShouldBeOneLine(string error)
    {
        error.ShouldStartWith("mila: ");
        error.Count(character => character == '\n').ShouldBe(1, error);
    }
}
