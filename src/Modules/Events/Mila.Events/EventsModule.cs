using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Import;
using Mila.Events.Agenda;
using Mila.Events.Feeds;
using Mila.Events.Import;
using Mila.Events.Members;
using Mila.Events.Programmes;

namespace Mila.Events;

/// <summary>Plans and announces what MILA gathers people for.</summary>
public sealed class EventsModule : IModule
{
    /// <inheritdoc/>
    public string Name => "Events";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IImportPart, EventsImport>();
        services.AddSingleton<AgendaSite>();
        services.AddSingleton<PublicAgenda>();
        services.AddHostedService(s => s.GetRequiredService<PublicAgenda>());
        services.AddSingleton<IStartupFilter, FeedsFirst>();
    }

    /// <inheritdoc/>
    public void ConfigureDocuments(ModuleDocuments documents)
    {
        documents.Options.Listeners.Add(new AgendaListener());
        documents.Table("agenda", AgendaListener.Define);
        documents.Document<Programme>().Unique(p => p.Code);
        documents.Document<Event>().Unique(e => e.Slug).SortIndex(e => e.SortKey).SortIndex(e => e.UpdatedAt);
        documents.Document<KnownMember>().Also(m => m.DocumentAlias("events_member"));
    }
}
