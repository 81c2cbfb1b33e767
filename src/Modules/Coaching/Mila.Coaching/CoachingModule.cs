using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Import;
using Mila.Coaching.Catalogue;
using Mila.Coaching.Import;
using Mila.Coaching.Members;

namespace Mila.Coaching;

/// <summary>Offers companies individual help.</summary>
public sealed class CoachingModule : IModule
{
    /// <inheritdoc/>
    public string Name => "Coaching";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<IImportPart, CoachingImport>();

    /// <inheritdoc/>
    public void ConfigureDocuments(ModuleDocuments documents)
    {
        documents.Document<KnownMember>().Also(m => m.DocumentAlias("coaching_member"));
        documents.Document<Offer>().Unique(o => o.Code);
    }
}
