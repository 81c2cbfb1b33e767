using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Import;
using Mila.Hosting.Import;
using Mila.Hosting.Leases;
using Mila.Hosting.Members;
using Mila.Hosting.Rooms;
using Mila.Hosting.Spaces;

namespace Mila.Hosting;

/// <summary>Puts spaces at the disposal of members, for a term.</summary>
public sealed class HostingModule : IModule
{
    /// <inheritdoc/>
    public string Name => "Hosting";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<IImportPart, HostingImport>();

    /// <inheritdoc/>
    public void ConfigureDocuments(ModuleDocuments documents)
    {
        documents.Document<KnownMember>();
        documents.Document<Space>().Unique(s => s.Code).SortIndex(s => s.Code).SortIndex(s => s.UpdatedAt);
        documents.Document<RoomHold>().Also(h => h.Index(x => x.SpaceCode));
        documents.Document<Lease>().SortIndex(l => l.StartsOn).SortIndex(l => l.EndsOn).SortIndex(l => l.UpdatedAt).Also(l => l.Index(x => x.SpaceCode).Index(x => x.MemberId));
    }
}
