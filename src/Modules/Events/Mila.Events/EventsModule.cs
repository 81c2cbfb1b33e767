using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Import;
using Mila.Events.Agenda;
using Mila.Events.Calls;
using Mila.Events.Calls.Reviews;
using Mila.Events.Calls.Selections;
using Mila.Events.Calls.Submissions;
using Mila.Events.Feedback;
using Mila.Events.Feeds;
using Mila.Events.Import;
using Mila.Events.Letters;
using Mila.Events.Members;
using Mila.Events.Networks;
using Mila.Events.PartnerEvents;
using Mila.Events.Programmes;
using Mila.Events.Registrations;
using Mila.Events.Rooms;
using Mila.Events.Waiting;

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
        services.AddSingleton(RegistrationSettings.From(configuration));
        services.AddSingleton<Desks>();
        services.AddSingleton<RegistrationBatch>();
        services.AddSingleton<RegistrationLetters>();
        services.AddSingleton<RegistrationQueue>();
        services.AddSingleton(CallSettings.From(configuration));
        services.AddSingleton<CallLetters>();
        services.AddSingleton<CallsOff>();
        services.AddSingleton(AgendaSettings.From(configuration));
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
        documents.Document<SeatPlan>();
        documents.Document<EventRoom>();
        documents.Document<Registration>().UniqueText(r => r.LiveKey).TextIndex(r => r.ExpiredKey).TextIndex(r => r.Line).TextIndexOfAll(r => r.Party, r => r.EventId)
            .SortIndexWithin(r => r.EventId, r => r.AskedAt).SortIndexWithin(r => r.EventId, r => r.UpdatedAt);
        documents.Document<Decision>().SortIndexWithin(d => d.RegistrationId, d => d.At);
        documents.Document<FeedbackNote>();
        documents.Document<Call>().Unique(c => c.Slug).SortIndex(c => c.Plan.ClosesAt).SortIndex(c => c.UpdatedAt);
        documents.Document<Submission>().UniqueText(s => s.EmailKey).UniqueText(s => s.ActKey).SortIndexWithin(s => s.CallId, s => s.SentAt).SortIndexWithin(s => s.CallId, s => s.UpdatedAt);
        documents.Document<Review>().UniqueText(r => r.Key).SortIndexWithin(r => r.CallId, r => r.At);
        documents.Document<Selection>();
        documents.Document<KnownAgreement>();
        documents.Document<KnownPartnerEvent>();
        documents.Document<KnownPartner>().Called("events_partner");
        documents.Document<KnownMember>().Called("events_member").TextIndex(m => m.NameKey);
    }
}
