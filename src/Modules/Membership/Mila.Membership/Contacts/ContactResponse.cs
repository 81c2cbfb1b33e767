namespace Mila.Membership.Contacts;

/// <summary>A contact as the API shows it; its members mean what they mean in <see cref="ContactRequest"/>.</summary>
internal sealed record ContactResponse(Guid Id, Guid MemberId, string Name, string Email, string? Phone, string? Role, bool IsMain, DateTimeOffset UpdatedAt)
{
    public static ContactResponse Of(Contact c) => new(c.Id, c.MemberId, c.Details.Name, c.Details.Email, c.Details.Phone, c.Details.Role, c.IsMain, c.UpdatedAt);
}
