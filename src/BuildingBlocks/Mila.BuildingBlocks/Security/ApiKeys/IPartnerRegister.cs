namespace Mila.BuildingBlocks.Security.ApiKeys;

/// <summary>Which partners there are: the platform binds keys to them, and the module that keeps them answers.</summary>
public interface IPartnerRegister
{
    /// <summary>Whether there is such a partner.</summary>
    Task<bool> HasAsync(Guid partnerId, CancellationToken ct);
}
