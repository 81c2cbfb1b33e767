using System.Reflection;
using System.Text.Json;
using Carter;
using FluentValidation;
using JasperFx;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Api.Idempotency;
using Mila.BuildingBlocks.Api.OpenApi;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Outbox;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Results;
using Mila.BuildingBlocks.Security;
using Npgsql;
using Weasel.Core;

namespace Mila.BuildingBlocks.Hosting;

/// <summary>What every module stands on, put together for a host.</summary>
internal static class Platform
{
    /// <summary>Registers documents, outbox, routes, validators and handlers of the platform and of all modules.</summary>
    public static void AddPlatform(this IServiceCollection services, IConfiguration configuration, string connectionString, string dataFolder, IReadOnlyList<IModule> modules)
    {
        Assembly[] assemblies = [typeof(Platform).Assembly, .. modules.Select(m => m.GetType().Assembly)];
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(PublicAddress.Read(configuration));
        services.AddSingleton(TrustedProxies.Read(configuration));
        services.AddNpgsqlDataSource(WithDefaults(connectionString));
        services.AddDocuments(modules);
        services.AddOutbox(configuration);
        services.AddMilaSecurity(configuration);
        services.AddMilaRateLimits(configuration);
        services.AddMilaMail(configuration, dataFolder);
        services.AddApi(assemblies);
        services.AddOpenApiContract();
        services.AddMediatR(mediatr =>
        {
            mediatr.RegisterServicesFromAssemblies(assemblies);
            mediatr.NotificationPublisherType = typeof(ShutPublisher);
            mediatr.Lifetime = ServiceLifetime.Scoped;
        });
        foreach (var module in modules) module.AddServices(services, configuration);
        services.AddSingleton(new Subscriptions(services));
    }

    private static void AddDocuments(this IServiceCollection services, IReadOnlyList<IModule> modules)
    {
        services.AddSingleton<SigningKey>();
        services.AddSingleton<MilaDatabase>();
        services.AddSingleton<Milestones>();
        services.AddScoped<Importer>();
        services.AddSingleton<List<ModuleDocuments>>();
        services.AddSingleton<IReadOnlyList<ModuleDocuments>>(s => s.GetRequiredService<List<ModuleDocuments>>());
        services.AddScoped<AmbientTransaction>();
        services.AddMarten(provider =>
            {
                // The schema changes in MilaDatabase alone: a check at the first use of a type would need a second connection inside somebody's row lock.
                var options = new StoreOptions { DatabaseSchemaName = "mila", AutoCreateSchemaObjects = AutoCreate.None };
                options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, configure: DocumentJson.Configure);
                options.Listeners.Add(provider.GetRequiredService<OutboxListener>());
                options.Storage.ExtendedSchemaObjects.Add(OutboxTable.Definition());
                options.Storage.ExtendedSchemaObjects.Add(IdempotencyTable.Definition());
                options.Storage.ExtendedSchemaObjects.Add(SigningKey.Table());
                options.Storage.ExtendedSchemaObjects.Add(Milestones.Table());
                var declared = provider.GetRequiredService<List<ModuleDocuments>>();
                var platform = new ModuleDocuments(options, "mila");
                SecurityBlock.ConfigureDocuments(platform);
                MailBlock.ConfigureDocuments(platform);
                declared.Add(platform);
                foreach (var module in modules)
                {
                    var documents = new ModuleDocuments(options, module.Name.ToLowerInvariant());
                    module.ConfigureDocuments(documents);
                    declared.Add(documents);
                }

                return options;
            })
            .UseNpgsqlDataSource()
            .BuildSessionsWith<TransactionalSession>(ServiceLifetime.Scoped);
    }

    private static void AddOutbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutboxOptions>().Bind(configuration.GetSection("Outbox")).Validate(o => o.AreSound, OutboxOptions.Rule).ValidateOnStart();
        services.AddSingleton<OutboxBell>();
        services.AddSingleton<OutboxListener>();
        services.AddSingleton<OutboxDelivery>();
        services.AddSingleton<OutboxOrphans>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService(s => s.GetRequiredService<OutboxDispatcher>());
    }

    private static void AddApi(this IServiceCollection services, Assembly[] assemblies)
    {
        ValidatorOptions.Global.DefaultRuleLevelCascadeMode = CascadeMode.Stop;
        ValidatorOptions.Global.DisplayNameResolver = (_, member, _) => member is null ? null : JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        services.AddSingleton<IdempotencyKey>();
        services.ConfigureHttpJsonOptions(json => JsonRules.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        var types = assemblies.SelectMany(a => a.GetTypes()).Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false }).ToArray();
        foreach (var (validator, type) in types
            .SelectMany(t => t.GetInterfaces().Select(i => (Interface: i, Type: t)))
            .Where(p => p.Interface.IsGenericType && p.Interface.GetGenericTypeDefinition() == typeof(IValidator<>)))
        {
            services.AddSingleton(validator, type);
        }

        // Carter finds public modules only; ours are internal and would be a silent 404.
        services.AddCarter(configurator: carter => carter.WithModules([.. types.Where(t => t.IsAssignableTo(typeof(ICarterModule)))]).WithEmptyValidators());
    }

    /// <summary>Everything between the wire and the slices, in the order in which a request meets it, and the routes.</summary>
    public static void UsePlatform(this WebApplication app)
    {
        TrustedProxies.Use(app);
        app.Use(Head.InvokeAsync);
        app.Use(Languages.InvokeAsync);
        app.UseProblems();
        app.UseRouting();
        app.UseMilaHeaders();
        app.UseAuthentication();
        app.UseMilaRateLimits();
        app.UseOpenApiContract();
        app.UseAuthorization();
        app.Use(Acceptable.InvokeAsync);
        app.Use(RequestBody.ReadAsync);
        app.Use(RaceRetry.InvokeAsync);
        app.Use((HttpContext context, RequestDelegate next) => context.RequestServices.GetRequiredService<IdempotencyKey>().InvokeAsync(context, next));
        app.MapGroup("").AddEndpointFilter(ProblemPipeline.CompleteAsync).MapCarter();
    }

    /// <summary>What must be true before the first request: schema, keys.</summary>
    /// <returns>True when the first administrator's key was made.</returns>
    public static async Task<bool> PrepareAsync(this WebApplication app, string dataFolder, CancellationToken ct)
    {
        await app.Services.GetRequiredService<MilaDatabase>().MigrateAsync(ct);
        var made = await app.Services.GetRequiredService<FirstAdministrator>().EnsureAsync(dataFolder, ct);
        await app.Services.GetRequiredService<SigningKey>().LoadAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), ct);
        return made;
    }

    // Statements are few and repeat: preparing them once a connection is measurably cheaper.
    private static string WithDefaults(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        // Not ContainsKey, which is true of every keyword that Npgsql knows.
        if (!builder.ShouldSerialize("Max Auto Prepare")) builder.MaxAutoPrepare = 200;
        // A statement less for every transaction. A session that keeps something does not come from the pool: KeptConnection.
        if (!builder.ShouldSerialize("No Reset On Close")) builder.NoResetOnClose = true;
        // What a host that hangs, or a machine that is gone, holds locked is given back: an open transaction without a statement after 30 s (the outbox
        // asks for less), the connection of a dead peer after 2 + 3 s.
        if (!builder.ShouldSerialize("Options")) builder.Options = "-c idle_in_transaction_session_timeout=30s -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3";
        return builder.ConnectionString;
    }
}
