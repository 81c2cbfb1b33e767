using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Import;
using Mila.Signage.Import;
using Mila.Signage.Leases;
using Mila.Signage.Members;
using Mila.Signage.Panels;
using Mila.Signage.Spaces;

namespace Mila.Signage;

/// <summary>Makes the panels of the street shops and knows which of them no longer say the truth.</summary>
public sealed class SignageModule : IModule
{
    /// <inheritdoc/>
    public string Name => "Signage";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<IImportPart, SignageImport>();

    /// <inheritdoc/>
    public void ConfigureDocuments(ModuleDocuments documents)
    {
        documents.Document<KnownMember>().Also(m => m.DocumentAlias("signage_member"));
        documents.Document<KnownLease>();
        documents.Document<KnownSpace>().Unique(s => s.Code);
        documents.Document<Panel>().Unique(p => p.Code).Unique(p => p.Place).SortIndex(p => p.SpaceCode).SortIndex(p => p.UpdatedAt);
    }
}
