using Mila.Testing.Postgres;

[assembly: AssemblyFixture(typeof(TestPostgres))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
