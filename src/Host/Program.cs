using Mila.BuildingBlocks.Hosting;
using Mila.Host;

var app = MilaApp.Build(new HostSettings(5080, ".mila", true, false), Environment.GetEnvironmentVariable("ConnectionStrings__Mila")!);
await app.PrepareAsync(migrate: true, default);
await app.RunAsync();
