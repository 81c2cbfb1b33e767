using Mila.Benchmarks.Outbox;
<<<<<<< HEAD
using Mila.Testing.Outbox;
=======
using Mila.Benchmarks.Registrations;
>>>>>>> 843a85a (Let anybody register by a form, wait in line, be checked in and say how it was)

return args switch
{
    ["outbox"] => await OutboxBenchmark.RunAsync(null),
    ["outbox", var connectionString] => await OutboxBenchmark.RunAsync(connectionString),
<<<<<<< HEAD
    ["outbox-kill"] => await KillingBenchmark.RunAsync(null),
    ["outbox-kill", var connectionString] => await KillingBenchmark.RunAsync(connectionString),
    [WritingOrders.Mode, .. var rest] => await WritingHost.RunAsync(WritingOrders.Read(rest)),
=======
    ["hot-event"] => await HotEventBenchmark.RunAsync(0),
    ["hot-event", var seconds] => await HotEventBenchmark.RunAsync(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)),
    [WritingHost.Mode, .. var rest] => await WritingHost.RunAsync(rest),
>>>>>>> 843a85a (Let anybody register by a form, wait in line, be checked in and say how it was)
    _ => Usage(),
};

static int Usage()
{
<<<<<<< HEAD
    Console.Error.WriteLine("Usage: Mila.Benchmarks outbox|outbox-kill [connection string of a server on which databases may be made]");
=======
    Console.Error.WriteLine("Usage: Mila.Benchmarks outbox [connection string of an empty database] | hot-event [seconds a figure]");
>>>>>>> 843a85a (Let anybody register by a form, wait in line, be checked in and say how it was)
    return 64;
}
