using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Mila.Testing.App;

namespace Mila.Host.Tests.Api;

/// <summary>A host whose database is gone.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_host_that_is_not_ready_says_so_as_every_problem_is_said()
    {
        var folder = Directory.CreateTempSubdirectory("mila-test-");
        await using var app = MilaApp.Build(new HostSettings(0, folder.FullName, Import: false, Demo: false), "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2", builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection([new("Outbox:Dispatchers", "0"), new("Webhooks:Deliver", "false")]);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var balancer = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{new Uri(app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal)).Port}") };

        var french = (await balancer.AskAsync("/health/ready", ("Accept-Language", "fr"))).ShouldRefuse(503, "not-ready");
        var english = (await balancer.AskAsync("/health/ready", ("Accept-Language", "en"))).ShouldRefuse(503, "not-ready");

        french["detail"].GetString().ShouldBe("La base de données est injoignable. Réessayez dans un instant.");
        english["detail"].GetString().ShouldBe("The database cannot be reached. Try again shortly.");
        english["instance"].GetString().ShouldBe("/health/ready");
        english.Header("Cache-Control").ShouldBe("no-store");
        (await balancer.AskAsync("/health/live")).Status.ShouldBe(204);
        folder.Delete(recursive: true);
    }
}
