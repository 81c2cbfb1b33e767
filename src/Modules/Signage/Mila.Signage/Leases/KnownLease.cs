using System.Text.Json.Serialization;

namespace Mila.Signage.Leases;

/// <summary>What Hosting has told us of a shop's lease. Its end may arrive before its start, and an old lease after a newer one.</summary>
internal sealed class KnownLease : IDocument
{
    [JsonConstructor]
    private KnownLease(Guid id, Guid memberId, string spaceCode, DateOnly? startsOn, DateOnly? endedOn) =>
        (Id, MemberId, SpaceCode, StartsOn, EndedOn) = (id, memberId, spaceCode, startsOn, endedOn);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid MemberId { get; }

    public string SpaceCode { get; }

    /// <summary>Null until its start was told.</summary>
    public DateOnly? StartsOn { get; private set; }

    /// <summary>Null while it runs.</summary>
    public DateOnly? EndedOn { get; private set; }

    public static async Task<KnownLease> FindAsync(IQuerySession session, Guid leaseId, Guid memberId, string spaceCode, CancellationToken ct) =>
        await session.LoadAsync<KnownLease>(leaseId, ct) ?? new KnownLease(leaseId, memberId, spaceCode, startsOn: null, endedOn: null);

    /// <summary>Every lease of a shop that runs, as far as it was told.</summary>
    public static Task<IReadOnlyList<KnownLease>> RunningAsync(IQuerySession session, string spaceCode, CancellationToken ct) =>
        session.Query<KnownLease>().Where(l => l.SpaceCode == spaceCode && l.EndedOn == null).ToListAsync(ct);

    public void Starts(DateOnly on) => StartsOn = on;

    public void Ends(DateOnly on) => EndedOn = on;
}
