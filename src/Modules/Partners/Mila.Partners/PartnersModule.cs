using Microsoft.Extensions.Configuration;

namespace Mila.Partners;

/// <summary>The Partners module.</summary>
public sealed class PartnersModule : IModule
{
    /// <inheritdoc/>
    public string Name => "Partners";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <inheritdoc/>
    public void ConfigureDocuments(ModuleDocuments documents)
    {
    }
}
