using Mila.Host;
using Mila.Host.CommandLine;

return await MilaCommandLine.RunAsync(args, new HostActions
{
    Build = MilaApp.Configure,
    Prepare = MilaApp.PrepareAsync,
    Migrate = MilaApp.MigrateAsync,
    Import = ImportCommand.RunAsync,
    ReplaceKey = MilaApp.ReplaceKeyAsync,
    WriteOpenApi = WriteContract.RunAsync,
});
