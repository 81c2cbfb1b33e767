using Mila.Benchmarks.Agenda;
using Mila.Benchmarks.Outbox;
using Mila.Benchmarks.Registrations;
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
    ["hot-event"] => await HotEventBenchmark.RunAsync(0),
    ["hot-event", var seconds] => await HotEventBenchmark.RunAsync(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Mila.Benchmarks agenda|outbox|outbox-kill [connection string of a server on which databases may be made]");
    Console.Error.WriteLine("       Mila.Benchmarks hot-event [seconds a figure]");
    return 64;
}
