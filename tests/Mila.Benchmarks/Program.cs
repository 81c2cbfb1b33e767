using System.Globalization;
using Mila.Benchmarks.Agenda;
using Mila.Benchmarks.Outbox;
using Mila.Benchmarks.Registrations;
using Mila.Benchmarks.Webhooks;
using Mila.Testing.Outbox;

return args switch
{
    ["agenda"] => await AgendaBenchmark.RunAsync(null),
    ["agenda", var connectionString] => await AgendaBenchmark.RunAsync(connectionString),
    ["outbox"] => await OutboxBenchmark.RunAsync(null),
    ["outbox", var connectionString] => await OutboxBenchmark.RunAsync(connectionString),
    ["outbox-kill"] => await KillingBenchmark.RunAsync(null),
    ["outbox-kill", var connectionString] => await KillingBenchmark.RunAsync(connectionString),
    [WritingOrders.Mode, .. var rest] => await WritingHost.RunAsync(WritingOrders.Read(rest)),
    ["webhooks"] => await WebhookBenchmark.RunAsync(null),
    ["webhooks", var connectionString] => await WebhookBenchmark.RunAsync(connectionString),
    ["webhooks-evil"] => await EvilBenchmark.RunAsync(null),
    ["webhooks-evil", var connectionString] => await EvilBenchmark.RunAsync(connectionString),
    [SendingHost.Mode, var connectionString, var encryptionKey] => await SendingHost.RunAsync(connectionString, encryptionKey),
    [EvilReceivers.Mode] => await EvilReceivers.RunAsync(),
    [Sink.Mode, var ports, var pause] => await Sink.RunAsync(int.Parse(ports, CultureInfo.InvariantCulture), TimeSpan.FromMilliseconds(int.Parse(pause, CultureInfo.InvariantCulture))),
    ["webhook-vectors", var algorithm, var count] => WebhookVectors.Write(algorithm, int.Parse(count, CultureInfo.InvariantCulture)),
    ["registrations"] => await RegistrationBenchmark.RunAsync(0, ""),
    ["registrations", var seconds] => await RegistrationBenchmark.RunAsync(int.Parse(seconds, CultureInfo.InvariantCulture), ""),
    ["registrations", var seconds, var only] => await RegistrationBenchmark.RunAsync(int.Parse(seconds, CultureInfo.InvariantCulture), only),
    ["memory"] => await MemoryBenchmark.RunAsync(null),
    ["memory", var connectionString] => await MemoryBenchmark.RunAsync(connectionString),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Mila.Benchmarks agenda|outbox|outbox-kill|memory|webhooks|webhooks-evil [connection string of a server on which databases may be made]");
    Console.Error.WriteLine("       Mila.Benchmarks registrations [seconds a load [part of a figure's name]]");
    return 64;
}
