using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Import;
using Mila.Membership.Contacts;
using Mila.Membership.Import;
using Mila.Membership.Members;

namespace Mila.Membership;

/// <summary>Knows the companies that belong to the association, and how they belong on a date.</summary>
public sealed class MembershipModule : IModule
{
    /// <inheritdoc/>
    public string Name => "Membership";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<IImportPart, MembershipImport>();

    /// <inheritdoc/>
    public void ConfigureDocuments(ModuleDocuments documents)
    {
        documents.Document<Member>().Unique(m => m.Slug).Unique(m => m.Profile.Siren).SortIndex(m => m.SortKey).SortIndex(m => m.UpdatedAt);
        documents.Document<Contact>().SortIndex(c => c.AddedAt).Also(c => c.Index(x => x.MemberId));
    }
}
