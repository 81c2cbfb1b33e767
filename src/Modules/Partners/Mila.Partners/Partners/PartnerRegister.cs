using Mila.BuildingBlocks.Security.ApiKeys;

namespace Mila.Partners.Partners;

/// <summary>Tells the platform, which binds keys to partners, whether there is one.</summary>
internal sealed class PartnerRegister(IQuerySession session) : IPartnerRegister
{
    public Task<bool> HasAsync(Guid partnerId, CancellationToken ct) => session.Query<Partner>().AnyAsync(p => p.Id == partnerId, ct);
}
