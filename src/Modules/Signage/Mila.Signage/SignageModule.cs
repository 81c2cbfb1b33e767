using Microsoft.Extensions.Configuration;

namespace Mila.Signage;

/// <summary>The Signage module.</summary>
public sealed class SignageModule : IModule
{
    /// <inheritdoc/>
    public string Name => "Signage";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <inheritdoc/>
    public void ConfigureDocuments(ModuleDocuments documents)
    {
    }
}
