using Mila.BuildingBlocks.Values;
using Mila.Events.Waiting;

namespace Mila.Events.Registrations;

/// <summary>A registration as the API shows it.</summary>
/// <param name="Id">The registration.</param>
/// <param name="EventId">The event.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Name">Who comes.</param>
/// <param name="Email">Where mails go.</param>
/// <param name="Organisation">For whom the person comes.</param>
/// <param name="MemberId">The member, if one was named.</param>
/// <param name="PartnerId">The partner network, if one was named.</param>
/// <param name="Seats">How many places.</param>
/// <param name="Place">Where: in the room or at the end of a link.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>: of the mails.</param>
/// <param name="Position">Its place in the waiting line, from 1; null when it does not wait.</param>
/// <param name="PositionOf">How many wait; null when it does not wait.</param>
/// <param name="Because">Why it has this place in line, as the person reads it: <c>4th of 11, because …</c>.</param>
/// <param name="OfferExpiresAt">Until when the offer holds; null when none is open.</param>
/// <param name="AskedAt">When the person asked.</param>
/// <param name="UpdatedAt">Last change.</param>
internal sealed record RegistrationResponse(
    Guid Id, Guid EventId, RegistrationStatus Status, string Name, string Email, string? Organisation, Guid? MemberId, Guid? PartnerId, int Seats, Place Place, string Language,
    int? Position, int? PositionOf, LocalizedText? Because, DateTimeOffset? OfferExpiresAt, DateTimeOffset AskedAt, DateTimeOffset UpdatedAt)
{
    public static RegistrationResponse Of(Registration r, (int Rank, int Of)? standing) => new(
        r.Id, r.EventId, r.Status, r.Person.Name, r.Person.Email, r.Person.Organisation, r.MemberId, r.PartnerId, r.Seats, r.Place, r.Person.Language,
        standing?.Rank, standing?.Of, standing is { } s ? Reasons.Standing(r, s.Rank, s.Of) : null,
        r.Status is RegistrationStatus.Offered ? r.OfferExpiresAt : null, r.AskedAt, r.UpdatedAt);

    /// <summary>With its place in line as it is now, and the tag of both.</summary>
    public static async Task<Tagged<RegistrationResponse>> TaggedAsync(IQuerySession session, Registration r, CancellationToken ct)
    {
        var standing = await StandingAsync(session, r, ct);
        return Etag.Ok(Of(r, standing), VersionOf(r, standing));
    }

    /// <summary>The tag alone.</summary>
    public static async Task<Guid> VersionAsync(IQuerySession session, Registration r, CancellationToken ct) => VersionOf(r, await StandingAsync(session, r, ct));

    /// <summary>Of the registration as it is shown: another place in line, or another length of it, is another version.</summary>
    public static Guid VersionOf(Registration r, (int Rank, int Of)? standing) => Etag.Mixed(r.Version, standing?.Rank ?? 0, standing?.Of ?? 0);

    private static async Task<(int Rank, int Of)?> StandingAsync(IQuerySession session, Registration r, CancellationToken ct) =>
        r.Line is not null && (await Lines.RanksAsync(session, [r.Id], ct)).TryGetValue(r.Id, out var found) ? found : null;
}
