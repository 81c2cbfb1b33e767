using System.Text.Json.Serialization;
using Mila.Signage.Leases;
using Mila.Signage.Panels;

namespace Mila.Signage.Spaces;

/// <summary>What Hosting has told us of a space.</summary>
internal sealed class KnownSpace : IDocument
{
    private const string Shop = "shop";

    [JsonConstructor]
    private KnownSpace(Guid id, string code, string kind) => (Id, Code, Kind) = (id, code, kind);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public string Code { get; }

    public string Kind { get; }

    public static KnownSpace Of(Guid id, string code, string kind) => new(id, code, kind);

    /// <summary>Why no panel can be made for a space; null for a shop, as Hosting says, or as a lease or a panel of it says that was there before Hosting told of spaces.</summary>
    public static async Task<InvalidError?> FaultOfAsync(IQuerySession session, string code, CancellationToken ct)
    {
        var space = await session.Query<KnownSpace>().FirstOrDefaultAsync(s => s.Code == code, ct);
        if (space is not null) return space.Kind == Shop ? null : PanelErrors.NotAShop;

        return await session.Query<KnownLease>().AnyAsync(l => l.SpaceCode == code, ct) || await session.Query<Panel>().AnyAsync(p => p.SpaceCode == code, ct) ? null : PanelErrors.UnknownSpace;
    }
}
