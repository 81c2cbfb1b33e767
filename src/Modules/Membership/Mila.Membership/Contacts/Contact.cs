using System.Text.Json.Serialization;

namespace Mila.Membership.Contacts;

/// <summary>A person at a member. Personal data: shown to whoever may read members, and never in a notification, a feed or a log.</summary>
internal sealed class Contact : IDocument
{
    /// <summary>The most contacts of one member.</summary>
    public const int Most = 50;

    [JsonConstructor]
    private Contact(Guid id, Guid memberId, ContactDetails details, bool isMain, DateTimeOffset addedAt, DateTimeOffset updatedAt) =>
        (Id, MemberId, Details, IsMain, AddedAt, UpdatedAt) = (id, memberId, details, isMain, addedAt, updatedAt);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid MemberId { get; }

    public ContactDetails Details { get; private set; }

    /// <summary>Whom MILA writes to. A member with contacts has exactly one main one.</summary>
    public bool IsMain { get; private set; }

    public DateTimeOffset AddedAt { get; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Add a contact beside the others; the first one is the main one.</summary>
    public static Result<Contact> Add(Guid id, Guid memberId, ContactDetails details, bool isMain, IReadOnlyList<Contact> others, DateTimeOffset now)
    {
        if (others.Any(o => o.Details.HasMailboxOf(details))) return ContactErrors.EmailTaken;
        if (others.Count >= Most) return ContactErrors.TooMany;

        return new Contact(id, memberId, details, isMain || others.Count == 0, addedAt: now, updatedAt: now);
    }

    public Result Change(ContactDetails details, bool isMain, IReadOnlyList<Contact> others, DateTimeOffset now)
    {
        if (others.Any(o => o.Details.HasMailboxOf(details))) return ContactErrors.EmailTaken;
        if (IsMain && !isMain) return ContactErrors.MainNeeded;

        (Details, IsMain, UpdatedAt) = (details, isMain, now);
        return Result.Done;
    }

    /// <summary>A main contact takes over from the one before; says who changed by that.</summary>
    public IReadOnlyList<Contact> TakeOver(IReadOnlyList<Contact> others, DateTimeOffset now) => IsMain ? [.. others.Where(o => o.IsMain).Select(o => o.As(false, now))] : [];

    /// <summary>A main contact hands over to the one that was added first; says who changed by that.</summary>
    public IReadOnlyList<Contact> HandOver(IReadOnlyList<Contact> others, DateTimeOffset now) => IsMain ? [.. others.OrderBy(o => o.AddedAt).ThenBy(o => o.Id).Take(1).Select(o => o.As(true, now))] : [];

    private Contact As(bool isMain, DateTimeOffset now)
    {
        (IsMain, UpdatedAt) = (isMain, now);
        return this;
    }
}

/// <summary>Who a contact is and how to reach them.</summary>
internal sealed record ContactDetails(string Name, string Email, string? Phone, string? Role)
{
    public bool HasMailboxOf(ContactDetails other) => string.Equals(Email, other.Email, StringComparison.OrdinalIgnoreCase);
}
