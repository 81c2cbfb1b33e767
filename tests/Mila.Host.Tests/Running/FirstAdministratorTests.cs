using System.Text.Json;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Running;

/// <summary>The key with which everything begins.</summary>
public sealed class FirstAdministratorTests(TestPostgres postgres)
{
    [Fact]
    public async Task Two_hosts_that_start_at_once_on_an_empty_database_make_one_key()
    {
        var database = await postgres.CreateDatabaseAsync();
        using var left = new TemporaryFolder();
        using var right = new TemporaryFolder();
        await using var first = HostProcess.Serve(left.Path, database);
        await using var second = HostProcess.Serve(right.Path, database);
        await Task.WhenAll(first.ReadyAsync(), second.ReadyAsync());

        var holder = new[] { left, right }.Where(f => File.Exists(Path.Combine(f.Path, "admin.key"))).ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(holder.Path, "admin.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (var host in new[] { first, second })
        {
            using var admin = host.Client(holder.AdminKey);
            var keys = (await admin.AskAsync("/v1/api-keys")).Expect(200)["items"];
            keys.EnumerateArray().ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("admin");
            (host.Output + host.Error).ShouldNotContain("mila_admin_");
        }
    }

    [Fact]
    public async Task A_key_that_the_file_does_not_hold_is_not_committed()
    {
        var database = await postgres.CreateDatabaseAsync();
        using var folder = new TemporaryFolder();
        // Where the file should go stands a folder: it cannot be written, and so the key must not count either.
        Directory.CreateDirectory(Path.Combine(folder.Path, "admin.key"));
        await using (var failing = HostProcess.Serve(folder.Path, database)) (await failing.EndAsync()).ShouldBe(4, failing.Error);

        Directory.Delete(Path.Combine(folder.Path, "admin.key"));
        await using var host = await HostProcess.Serve(folder.Path, database).ReadyAsync();
        using var admin = host.Client(folder.AdminKey);
        (await admin.AskAsync("/v1/api-keys")).Expect(200)["items"].EnumerateArray().ShouldHaveSingleItem().GetProperty("revokedAt").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_second_start_neither_changes_the_key_nor_makes_another()
    {
        using var folder = new TemporaryFolder();
        string key;
        await using (await HostProcess.Serve(folder.Path).ReadyAsync()) key = folder.AdminKey;

        await using var again = await HostProcess.Serve(folder.Path).ReadyAsync();

        folder.AdminKey.ShouldBe(key);
        using var admin = again.Client(key);
        (await admin.AskAsync("/v1/api-keys")).Expect(200)["items"].GetArrayLength().ShouldBe(1);
    }
}
