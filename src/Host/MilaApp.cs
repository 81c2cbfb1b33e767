using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Hosting;
using Mila.Coaching;
using Mila.Events;
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
            kestrel.Limits.MaxRequestBodySize = JsonRules.MaxBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        });
        builder.Services.AddPlatform(builder.Configuration, connectionString, Modules);
        builder.Services.AddHealthChecks();
        customise?.Invoke(builder);

        var app = builder.Build();
        app.UseProblems();
        app.UseRouting();
        app.UsePlatform();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        return app;
    }
}
