using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Hosting;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Security;
using Mila.Coaching;
using Mila.Events;
using Mila.Host.CommandLine;
using Mila.Hosting;
using Mila.Membership;
using Mila.Partners;
using Mila.Signage;

namespace Mila.Host;

/// <summary>The whole application: six modules on one platform.</summary>
internal static class MilaApp
{
    /// <summary>The modules, in no particular order: none knows another.</summary>
    public static IReadOnlyList<IModule> Modules { get; } =
        [new CoachingModule(), new EventsModule(), new HostingModule(), new MembershipModule(), new PartnersModule(), new SignageModule()];

    /// <summary>Puts the application together; nothing runs yet.</summary>
    public static WebApplication Build(HostSettings settings, string connectionString, Action<WebApplicationBuilder>? customise = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAnyIP(settings.Port);
            // The platform refuses bodies over JsonRules.MaxBytes; the server reads on a little, so that whoever sent too much still hears why.
            kestrel.Limits.MaxRequestBodySize = 8 * JsonRules.MaxBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        });
        // What was read from a connection is answered where it was read: nothing here blocks a thread, and a cached feed is not worth a change of threads (see DECISIONS.md).
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.Logging.AddConsole(console => console.FormatterName = LogLine.FormatterName).AddConsoleFormatter<LogLine, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>();
        // Statements and paths can hold what people typed; what went wrong is logged by ours, without their data.
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Marten", LogLevel.Warning);
        builder.Configuration["DataFolder"] = settings.DataFolder;
        builder.Configuration[PublicAddress.Local] = $"http://localhost:{settings.Port}";
        customise?.Invoke(builder);
        builder.Services.AddPlatform(builder.Configuration, connectionString, settings.DataFolder, Modules);

        var app = builder.Build();
        app.UsePlatform();
        app.MapHealth();
        return app;
    }

    /// <summary>The same for a command: settings that cannot be meant are told before anything runs.</summary>
    /// <exception cref="SettingException">A setting is wrong.</exception>
    public static WebApplication Configure(HostSettings settings, string connectionString)
    {
        try
        {
            var app = Build(settings, connectionString);
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return app;
        }
        catch (Exception wrong) when (wrong is OptionsValidationException or (InvalidOperationException and not SettingException))
        {
            throw new SettingException(wrong.Message);
        }
    }

    /// <summary>Brings the schema of a database to this version.</summary>
    public static async Task MigrateAsync(HostSettings settings, string connectionString, CancellationToken ct)
    {
        await using var app = Configure(settings, connectionString);
        await app.PrepareAsync(settings.DataFolder, ct);
    }

    /// <summary>For who has lost <c>admin.key</c>: another key in its place, and the one before revoked.</summary>
    public static async Task ReplaceKeyAsync(HostSettings settings, string connectionString, CancellationToken ct)
    {
        await using var app = Configure(settings, connectionString);
        if (await app.PrepareAsync(settings.DataFolder, ct)) return;

        await app.Services.GetRequiredService<FirstAdministrator>().ReplaceAsync(settings.DataFolder, ct);
    }

    /// <summary>What must be true before the first request: schema, keys, and on a first start the 2026 programme.</summary>
    public static async Task PrepareAsync(WebApplication app, HostSettings settings, CancellationToken ct)
    {
        await app.PrepareAsync(settings.DataFolder, ct);
        if (settings.Import) await ImportCommand.ImportFirstAsync(app.Services, settings, ct);
        else await ImportCommand.LeaveOutAsync(app.Services, ct);
    }
}
