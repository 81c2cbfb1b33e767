using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Running;

public sealed class LogTests(TestPostgres postgres)
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task An_entry_is_one_line_and_names_the_trace_that_a_problem_names()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.Serve(folder.Path, await postgres.CreateDatabaseAsync()).ReadyAsync();
        using var guesser = host.Client("mila_admin_guessed");

        var refusal = (await guesser.AskAsync("/v1/events", ("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01"))).ShouldRefuse(401, "unauthenticated");
        refusal["traceId"].GetString().ShouldBe(TraceId);
        (await host.StopAsync()).ShouldBe(0);

        var lines = host.Output.TrimEnd().Split('\n');
        lines.ShouldContain(line => line.Contains($" {TraceId} ", StringComparison.Ordinal) && line.Contains("ApiKey was not authenticated", StringComparison.Ordinal));
        lines.ShouldAllBe(line => line.StartsWith("20", StringComparison.Ordinal));
        host.Output.ShouldNotContain("guessed");
    }
}
