using System.Text.Json.Serialization;

namespace Mila.Partners.Proofs;

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
