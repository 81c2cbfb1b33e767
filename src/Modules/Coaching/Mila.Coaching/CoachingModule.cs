using Microsoft.Extensions.Configuration;

namespace Mila.Coaching;

/// <summary>The Coaching module.</summary>
public sealed class CoachingModule : IModule
{
    /// <inheritdoc/>
    public string Name => "Coaching";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <inheritdoc/>
    public void ConfigureDocuments(ModuleDocuments documents)
    {
    }
}
