using Microsoft.Extensions.Configuration;

namespace Mila.Hosting;

/// <summary>The Hosting module.</summary>
public sealed class HostingModule : IModule
{
    /// <inheritdoc/>
    public string Name => "Hosting";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <inheritdoc/>
    public void ConfigureDocuments(ModuleDocuments documents)
    {
    }
}
