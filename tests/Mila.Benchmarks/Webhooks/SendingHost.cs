using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mila.Host;
using Mila.Partners.Webhooks.Delivery;

namespace Mila.Benchmarks.Webhooks;

/// <summary>A host that does nothing but deliver webhooks, as a process of its own, for trials that kill it. Says <c>ready</c> and lives until it is killed or its input ends.</summary>
internal static class SendingHost
{
    /// <summary>First word on the command line of the benchmarks.</summary>
    public const string Mode = "webhook-sender";

    /// <param name="connectionString">A database that has the tables.</param>
    /// <param name="encryptionKey">What its secrets are sealed with.</param>
    public static async Task<int> RunAsync(string connectionString, string encryptionKey)
    {
        await using var app = MilaApp.Build(new HostSettings(0, Path.GetTempPath(), Import: false, Demo: false), connectionString, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection([new("Webhooks:AllowedNetworks", "127.0.0.0/8"), new("Webhooks:EncryptionKey", encryptionKey)]);
        });
        var worker = app.Services.GetServices<IHostedService>().OfType<DeliveryWorker>().Single();
        await worker.StartAsync(default);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Until whoever started this ends it.
        }

        await worker.StopAsync(default);
        return 0;
    }
}
