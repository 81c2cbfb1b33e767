using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mila.BuildingBlocks.Documents;

/// <summary>A bounded context, as the host sees it. Routes (Carter modules), validators and notification handlers are found in its assembly.</summary>
public interface IModule
{
    /// <summary>The module's name, and in lower case the PostgreSQL schema of its documents.</summary>
    string Name { get; }

    /// <summary>Registers what the module's slices ask for.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>Declares the module's documents, each with <see cref="ModuleDocuments.Document{T}"/>.</summary>
    void ConfigureDocuments(ModuleDocuments documents);
}
