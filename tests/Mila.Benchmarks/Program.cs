using Mila.Benchmarks.Outbox;

return args switch
{
    ["outbox"] => await OutboxBenchmark.RunAsync(null),
    ["outbox", var connectionString] => await OutboxBenchmark.RunAsync(connectionString),
    [WritingHost.Mode, .. var rest] => await WritingHost.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Mila.Benchmarks outbox [connection string of an empty database]");
    return 64;
}
