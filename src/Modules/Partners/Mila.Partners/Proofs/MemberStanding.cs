using System.Text.Json.Serialization;

namespace Mila.Partners.Proofs;

/// <summary>Whether a company belongs to MILA, as Membership last told us: the newest, by the member's revision.</summary>
internal sealed class MemberStanding : IDocument
{
    [JsonConstructor]
    private MemberStanding(Guid id, bool belongs, int revision) => (Id, Belongs, Revision) = (id, belongs, revision);

    /// <summary>The member.</summary>
    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Active, and owing nothing that is due.</summary>
    public bool Belongs { get; private set; }

    public int Revision { get; private set; }

    public static async Task<MemberStanding> FindAsync(IQuerySession session, Guid memberId, CancellationToken ct) =>
        await session.LoadAsync<MemberStanding>(memberId, ct) ?? new MemberStanding(memberId, belongs: false, revision: 0);

    public MemberStanding Is(bool belongs, int revision)
    {
        if (revision > Revision) (Belongs, Revision) = (belongs, revision);
        return this;
    }
}

/// <summary>That somebody is a contact of a member, by ids alone. One that was removed stays so, whatever is told late.</summary>
internal sealed class ContactAtMember : IDocument
{
    [JsonConstructor]
    private ContactAtMember(Guid id, Guid memberId, bool isRemoved) => (Id, MemberId, IsRemoved) = (id, memberId, isRemoved);

    /// <summary>The contact.</summary>
    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid MemberId { get; }

    public bool IsRemoved { get; private set; }

    public static ContactAtMember Of(Guid contactId, Guid memberId) => new(contactId, memberId, isRemoved: false);

    public ContactAtMember Remove()
    {
        IsRemoved = true;
        return this;
    }
}
