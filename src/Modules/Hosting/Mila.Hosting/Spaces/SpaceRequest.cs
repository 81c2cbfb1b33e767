namespace Mila.Hosting.Spaces;

/// <summary>What staff say of a space.</summary>
/// <param name="Code">Capitals and digits joined by hyphens, at most 20 characters: <c>RUE-01</c>; never changes.</param>
/// <param name="Site">Lower-case words joined by hyphens: <c>rue-de-la-musique</c>.</param>
/// <param name="Kind">What it is; never changes.</param>
/// <param name="AreaSquareMetres">From 0.5 to 10 000; null while it has not been measured.</param>
/// <param name="Bookable">Whether members book it by the hour.</param>
/// <param name="Position">Where, for the street map.</param>
/// <param name="Landlord">Who owns it, where that is not MILA's own landlord.</param>
/// <param name="Note">For the staff, at most 1 000 characters.</param>
/// <param name="FreeOfCharge">Whether members use it for nothing.</param>
internal sealed record SpaceRequest(
    string Code, string Site, SpaceKind Kind, decimal? AreaSquareMetres = null, bool Bookable = false, Position? Position = null, string? Landlord = null, string? Note = null,
    bool FreeOfCharge = false)
{
    public SpacePlan ToPlan() => new(Site, AreaSquareMetres, Bookable, Position, Landlord, Note, FreeOfCharge);

    /// <summary>What a patch starts from.</summary>
    public static SpaceRequest Of(Space s) =>
        new(s.Code, s.Plan.Site, s.Kind, s.Plan.AreaSquareMetres, s.Plan.Bookable, s.Plan.Position, s.Plan.Landlord, s.Plan.Note, s.Plan.FreeOfCharge);

    internal sealed class Validator : AbstractValidator<SpaceRequest>
    {
        public Validator()
        {
            RuleFor(s => s.Code).SpaceCode();
            RuleFor(s => s.Site).Code();
            RuleFor(s => s.AreaSquareMetres).InclusiveBetween(0.5m, 10_000m);
            RuleFor(s => s.Position!).ChildRules(p =>
            {
                p.RuleFor(x => x.Latitude).InclusiveBetween(-90, 90);
                p.RuleFor(x => x.Longitude).InclusiveBetween(-180, 180);
            }).When(s => s.Position is not null);
            RuleFor(s => s.Landlord).MaximumLength(200);
            RuleFor(s => s.Note).MaximumLength(1000);
        }
    }
}
