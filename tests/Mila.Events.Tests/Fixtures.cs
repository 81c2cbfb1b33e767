using Mila.Testing.Postgres;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(TestPostgres))]

// The controls of the race tests switch the row locks off for the whole program.
[assembly: Parallelization(Mode = ParallelMode.None)]
