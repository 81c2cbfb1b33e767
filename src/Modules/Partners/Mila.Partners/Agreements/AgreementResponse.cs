using Mila.BuildingBlocks.Time;

namespace Mila.Partners.Agreements;

/// <summary>An agreement as the API shows it.</summary>
/// <param name="Id">The agreement.</param>
/// <param name="PartnerId">With whom.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Status">How it stands today in Paris.</param>
/// <param name="StartsOn">Its first day.</param>
/// <param name="EndsOn">Its last day, included; null while no end is agreed.</param>
/// <param name="Direction">Who opens what it has.</param>
/// <param name="Grants">What it grants while it runs.</param>
/// <param name="Document">Its text.</param>
/// <param name="EndedBecause">Why it ends earlier than was agreed.</param>
/// <param name="SignedAt">Since when it is known here.</param>
/// <param name="UpdatedAt">Last change.</param>
internal sealed record AgreementResponse(
    Guid Id, Guid PartnerId, AgreementKind Kind, AgreementStatus Status, DateOnly StartsOn, DateOnly? EndsOn, AgreementDirection Direction, AgreementGrants Grants, string? Document, string? EndedBecause,
    DateTimeOffset SignedAt, DateTimeOffset UpdatedAt)
{
    public static AgreementResponse Of(Agreement a, DateTimeOffset now) => new(
        a.Id, a.PartnerId, a.Kind, a.StatusOn(ParisTime.DateOf(now)), a.Terms.StartsOn, a.Terms.EndsOn, a.Terms.Direction, a.Terms.Grants, a.Terms.Document, a.EndedBecause, a.SignedAt, a.UpdatedAt);

    /// <summary>With its tag. The status follows from the date, so the day's status is part of the tag.</summary>
    public static Tagged<AgreementResponse> Tagged(Agreement a, DateTimeOffset now) => Etag.Ok(Of(a, now), VersionOf(a, now));

    public static Guid VersionOf(Agreement a, DateTimeOffset now) => Etag.Mixed(a.Version, (int)a.StatusOn(ParisTime.DateOf(now)));
}
