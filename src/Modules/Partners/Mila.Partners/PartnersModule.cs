using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Mila.BuildingBlocks.Api.OpenApi;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Security.ApiKeys;
using Mila.Partners.Agreements;
using Mila.Partners.Claims;
using Mila.Partners.Discounts;
using Mila.Partners.Evidence;
using Mila.Partners.Exchanges;
using Mila.Partners.FundingPlans;
using Mila.Partners.Grants;
using Mila.Partners.Import;
using Mila.Partners.Members;
using Mila.Partners.PartnerEvents;
using Mila.Partners.Partners;
using Mila.Partners.Proofs;
using Mila.Partners.Webhooks;
using Mila.Partners.Webhooks.Announcements;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Endpoints;
using Mila.Partners.Webhooks.Guard;
using Mila.Partners.Webhooks.Guide;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Secrets;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners;

/// <summary>Keeps who MILA works with, and tells them by webhook what changed.</summary>
public sealed class PartnersModule : IModule
{
    /// <inheritdoc/>
    public string Name => "Partners";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IImportPart, PartnersImport>();
        services.AddScoped<IPartnerRegister, PartnerRegister>();
        services.AddSingleton(FundingSettings.From(configuration));
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection("Webhooks")).ValidateOnStart();
        // The worker asks for it, so an operator's mistake stops the start.
        services.AddSingleton(AllowedNetworks.Parse(configuration["Webhooks:AllowedNetworks"]));
        services.AddSingleton(s => SecretVault.Open(s.GetRequiredService<IOptions<WebhookOptions>>().Value.EncryptionKey, configuration["DataFolder"] ?? ".mila"));
        services.TryAddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        services.AddSingleton<GuardedDialer>();
        services.AddSingleton(s => new WebhookSender(s.GetRequiredService<GuardedDialer>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Destinations>();
        services.AddSingleton(WebhookStaff.From(configuration));
        services.AddSingleton<EndpointMails>();
        services.AddSingleton<EndpointCare>();
        services.AddSingleton<WebhookRetention>();
        services.AddSingleton<DeliveryPump>();
        services.AddHostedService<DeliveryWorker>();
        services.AddScoped<Announcer>();
        services.AddSingleton<IWebhookCatalogue, WebhookCatalogue>();
        services.AddSingleton<WebhookGuide>();
        services.AddSingleton<ProofNames>();
        services.AddSingleton<ProofKeys>();
    }

    /// <inheritdoc/>
    public void ConfigureDocuments(ModuleDocuments documents)
    {
        documents.Document<Partner>().Unique(p => p.Code).SortIndex(p => p.UpdatedAt);
        documents.Document<Discount>().SortIndex(d => d.Terms.Partner).SortIndex(d => d.UpdatedAt);
        documents.Document<Grant>().SortIndex(g => g.Terms.Year).SortIndex(g => g.UpdatedAt);
        documents.Document<KnownMember>();
        documents.Document<CodePool>();
        documents.Document<DiscountClaim>().SortIndexWithin(c => c.DiscountId, c => c.ClaimedAt).SortIndexWithin(c => c.DiscountId, c => c.UpdatedAt);
        documents.Document<FundingPlan>().Unique(p => p.Year).SortIndex(p => p.UpdatedAt);
        documents.Document<EvidenceEntry>().SortIndex(e => e.StartsOn).SortIndex(e => e.EndsOn).SortIndex(e => e.UpdatedAt);
        documents.Document<WebhookEndpoint>().SortIndex(e => e.CreatedAt).SortIndex(e => e.UpdatedAt);
        documents.Document<Agreement>().SortIndexWithin(a => a.PartnerId, a => a.StartsOn);
        documents.Document<InKind>().SortIndexWithin(e => e.PartnerId, e => e.Terms.On);
        documents.Document<PartnerEvent>().Unique(e => e.PartnerId, e => e.ExternalId).SortIndexWithin(e => e.PartnerId, e => e.SortKey).SortIndexWithin(e => e.PartnerId, e => e.UpdatedAt);
        documents.Document<ContactAtMember>();
        documents.Document<ProofKey>();
        documents.Document<IssuedProof>();
        documents.Document<UsedProof>();
        documents.Document<ProofRecord>().SortIndex(r => r.At);
        documents.Document<KnownEvent>();
        documents.Document<EarlyRegistrations>();
        WebhookTables.Declare(documents);
    }
}
