namespace Mila.Hosting.Spaces;

/// <summary>A space as the API shows it; its members mean what they mean in <see cref="SpaceRequest"/>.</summary>
internal sealed record SpaceResponse(
    Guid Id, string Code, string Site, SpaceKind Kind, decimal? AreaSquareMetres, bool Bookable, Position? Position, string? Landlord, string? Note, bool FreeOfCharge, DateTimeOffset UpdatedAt)
{
    public static SpaceResponse Of(Space s) =>
        new(s.Id, s.Code, s.Plan.Site, s.Kind, s.Plan.AreaSquareMetres, s.Plan.Bookable, s.Plan.Position, s.Plan.Landlord, s.Plan.Note, s.Plan.FreeOfCharge, s.UpdatedAt);
}
