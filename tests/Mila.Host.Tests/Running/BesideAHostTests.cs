using Mila.Host.Database;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Running;

/// <summary>Commands on the data folder of a host that runs.</summary>
public sealed class BesideAHostTests(TestPostgres postgres)
{
    private static string Members => Path.Combine(AppContext.BaseDirectory, "data", "demo-members.json");

    [Fact]
    public async Task A_file_is_imported_beside_a_running_host_and_served_by_it_at_once()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        using var admin = host.Client(folder.AdminKey);
        (await admin.AskAsync("/v1/members")).Expect(200)["items"].GetArrayLength().ShouldBe(0);

        (await RunAsync("import", Members, "--data", folder.Path)).ShouldBe((0, "demo-members.json: members 40 created, 0 changed, 0 unchanged\n", ""));
        (await RunAsync("import", Members, "--data", folder.Path)).ShouldBe((0, "demo-members.json: members 0 created, 0 changed, 40 unchanged\n", ""));

        (await admin.AskAsync("/v1/members?limit=250")).Expect(200)["items"].GetArrayLength().ShouldBe(40);
        Mode(Path.Combine(folder.Path, "postgres.connection")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await host.StopAsync()).ShouldBe(0);
        File.Exists(Path.Combine(folder.Path, "postgres.connection")).ShouldBeFalse();
        Signals.ProcessesIn(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_host_a_command_starts_the_server_itself_and_stops_it()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await HostProcess.Serve(folder.Path).ReadyAsync())
        {
            host.Signal("KILL");
            await host.EndAsync();
        }

        File.Exists(Path.Combine(folder.Path, "postgres.connection")).ShouldBeTrue("a killed host leaves it behind, and so does its server");
        (await RunAsync("import", Members, "--data", folder.Path)).ExitCode.ShouldBe(0);
        Signals.ProcessesIn(folder.Path).ShouldBeEmpty();
        (await RunningPostgres.FindAsync(folder.Path, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Coordinates_of_a_server_that_is_gone_are_not_believed()
    {
        using var folder = new TemporaryFolder();
        (await RunningPostgres.FindAsync(folder.Path, default)).ShouldBeNull();
        await RunningPostgres.AnnounceAsync(folder.Path, $"Host={folder.Path}/postgres/run;Username=mila;Password=x;Database=mila", default);
        (await RunningPostgres.FindAsync(folder.Path, default)).ShouldBeNull();
        await RunningPostgres.AnnounceAsync(folder.Path, "nonsense", default);
        (await RunningPostgres.FindAsync(folder.Path, default)).ShouldBeNull();

        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        (await RunningPostgres.FindAsync(folder.Path, default)).ShouldNotBeNull("the control: one that answers is");
    }

    [Theory]
    [InlineData("{", "mila: file.json was not imported: 1 fault.")]
    [InlineData("[]", "mila: file.json was not imported: ")]
    [InlineData("{\"members\":[{\"id\":1}],\"nonsense\":1}", "mila: file.json was not imported: 2 faults.")]
    public async Task A_file_with_faults_is_refused_and_each_fault_told(string text, string last)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file.json");
        await File.WriteAllTextAsync(file, text);
        await using var import = HostProcess.RunOn(await postgres.CreateDatabaseAsync(), "import", file, "--data", Path.Combine(folder.Path, "data"));
        var exitCode = await import.EndAsync();
        var (output, error) = (import.Output, import.Error);

        exitCode.ShouldBe(2);
        output.ShouldBeEmpty();
        var lines = error.TrimEnd().Split('\n');
        lines[^1].ShouldStartWith(last);
        lines.SkipLast(1).ShouldAllBe(line => line.StartsWith('/'));
        error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_list_that_holds_nothing_in_a_place_is_a_fault_of_the_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file.json");
        await File.WriteAllTextAsync(file, """
            {
              "funding": {"budgetYear": 2026, "budgetEuros": 1, "selfFinancedShare": 0.5, "ownResourcesShare": 0.5, "grants": [null]},
              "programmes": [{"code": "a", "label": "A", "themes": [null]}], "partners": [{"code": "b", "name": "B", "kind": "network", "departments": ["x", null]}],
              "coachingServices": [{"code": "c", "label": "C", "kind": "individual", "minutes": 60, "axes": [null]}], "members": [null],
              "signage": {"widthMillimetres": 400, "heightMillimetres": 600, "panels": {"total": 0, "prototype": 0, "installedInsideWindowsEnd2025": 0, "awaitingOutdoorMountingAuthorisation": 0}, "colours": [null]},
              "hostingRules": {"maximumTermMonths": 36, "appliesTo": ["office", "desk", "studio", null]}, "renovationItems": [null], "organisation": {"name": "x", "founded": 2002, "street": "x", "postalCode": "75018", "city": "Paris", "languages": [null]}
            }
            """);
        await using var import = HostProcess.RunOn(await postgres.CreateDatabaseAsync(), "import", file, "--data", Path.Combine(folder.Path, "data"));

        (await import.EndAsync()).ShouldBe(2, import.Error);

        string[] places = ["/funding/grants/0", "/programmes/0/themes/0", "/partners/0/departments/1", "/coachingServices/0/axes/0", "/members/0", "/signage/colours/0", "/hostingRules/appliesTo/3", "/renovationItems/0", "/organisation/languages/0"];
        foreach (var place in places) import.Error.ShouldContain($"{place}: ");
        import.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task However_many_faults_a_file_has_each_is_told()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file.json");
        await File.WriteAllTextAsync(file, $$"""{"members":[{{string.Join(',', Enumerable.Repeat("""{"id":1}""", 120))}}]}""");
        await using var import = HostProcess.RunOn(await postgres.CreateDatabaseAsync(), "import", file, "--data", Path.Combine(folder.Path, "data"));

        (await import.EndAsync()).ShouldBe(2);
        var lines = import.Error.TrimEnd().Split('\n');
        Enumerable.Range(0, 120).ShouldAllBe(i => lines.Any(l => l.StartsWith($"/members/{i}/", StringComparison.Ordinal)));
        lines[^1].ShouldBe("mila: file.json was not imported: 120 faults.");
    }

    [Fact]
    public async Task A_lost_key_is_replaced_beside_a_running_host_and_opens_nothing_any_more()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        var lost = folder.AdminKey;
        using var before = host.Client(lost);
        (await before.AskAsync("/v1/api-keys")).Expect(200);
        File.Delete(Path.Combine(folder.Path, "admin.key"));

        (await RunAsync("admin-key", "--data", folder.Path)).ShouldBe((0, "", ""));

        folder.AdminKey.ShouldNotBe(lost);
        Mode(Path.Combine(folder.Path, "admin.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var after = host.Client(folder.AdminKey);
        (await after.AskAsync("/v1/api-keys?kind=admin")).Expect(200)["items"].EnumerateArray().Count(k => k.GetProperty("revokedAt").ValueKind == System.Text.Json.JsonValueKind.Null).ShouldBe(1);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await before.AskAsync("/v1/api-keys")).Status != 401) await timer.WaitForNextTickAsync(limit.Token);
        host.Error.ShouldNotContain(folder.AdminKey);
        host.Output.ShouldNotContain(folder.AdminKey);
    }

    [Fact]
    public async Task The_first_key_can_be_asked_for_before_the_first_start()
    {
        using var folder = new TemporaryFolder();
        (await RunAsync("admin-key", "--data", folder.Path)).ExitCode.ShouldBe(0);
        var made = folder.AdminKey;

        await using var host = await HostProcess.Serve(folder.Path).ReadyAsync();
        folder.AdminKey.ShouldBe(made);
        using var admin = host.Client(made);
        (await admin.AskAsync("/v1/api-keys")).Expect(200)["items"].GetArrayLength().ShouldBe(1);
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(path);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var command = HostProcess.Run(arguments);
        var exitCode = await command.EndAsync();
        return (exitCode, command.Output, command.Error);
    }
}
