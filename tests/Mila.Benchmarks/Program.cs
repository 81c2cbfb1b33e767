using Mila.Benchmarks.Agenda;
using Mila.Benchmarks.Outbox;
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
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Mila.Benchmarks agenda|outbox|outbox-kill [connection string of a server on which databases may be made]");
    return 64;
}
