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
    ["registrations"] => await RegistrationBenchmark.RunAsync(0, null),
    ["registrations", var seconds] => await RegistrationBenchmark.RunAsync(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), null),
    ["memory"] => await MemoryBenchmark.RunAsync(null),
    ["memory", var connectionString] => await MemoryBenchmark.RunAsync(connectionString),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Mila.Benchmarks agenda|outbox|outbox-kill|memory [connection string of a server on which databases may be made]");
    Console.Error.WriteLine("       Mila.Benchmarks registrations [seconds a load]");
    return 64;
}
