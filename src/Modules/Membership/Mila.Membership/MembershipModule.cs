using Microsoft.Extensions.Configuration;

namespace Mila.Membership;

/// <summary>The Membership module.</summary>
public sealed class MembershipModule : IModule
{
    /// <inheritdoc/>
    public string Name => "Membership";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <inheritdoc/>
    public void ConfigureDocuments(ModuleDocuments documents)
    {
    }
}
