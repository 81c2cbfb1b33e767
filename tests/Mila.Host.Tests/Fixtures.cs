using Mila.Testing.Postgres;

[assembly: AssemblyFixture(typeof(TestPostgres))]
