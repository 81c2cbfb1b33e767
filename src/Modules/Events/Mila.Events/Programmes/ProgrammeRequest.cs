namespace Mila.Events.Programmes;

/// <summary>What staff say of a programme.</summary>
/// <param name="Code">Lower-case words joined by hyphens, at most 50 characters; never changes.</param>
/// <param name="Label">Its name, at most 200 characters.</param>
/// <param name="Rhythm">How often, in words: <c>9 per year, usually on a Monday</c>.</param>
/// <param name="Season"><c>2025/2026</c>, from September to August of the next year unless its months are said; null for a calendar year.</param>
/// <param name="YearlyTarget">How many events it aims at in a year, or in its season, 1 to 400.</param>
/// <param name="Minutes">How long one lasts, 15 to 1440.</param>
/// <param name="Themes">Subjects planned, at most 50.</param>
/// <param name="SupportedBy">Who funds it.</param>
/// <param name="SeasonFrom">The first month of its season, <c>yyyy-MM</c>; with <paramref name="SeasonTo"/> or not at all.</param>
/// <param name="SeasonTo">The last month, within 36 months: a season may span two years.</param>
internal sealed record ProgrammeRequest(
    string Code, string Label, string? Rhythm = null, string? Season = null, int? YearlyTarget = null, int? Minutes = null, IReadOnlyList<string>? Themes = null, string? SupportedBy = null,
    string? SeasonFrom = null, string? SeasonTo = null)
{
    public ProgrammePlan ToPlan() => new(Label, Rhythm, Season, YearlyTarget, Minutes, Themes ?? [], SupportedBy, SeasonFrom, SeasonTo);

    /// <summary>What a patch starts from.</summary>
    public static ProgrammeRequest Of(Programme p) =>
        new(p.Code, p.Plan.Label, p.Plan.Rhythm, p.Plan.Season, p.Plan.YearlyTarget, p.Plan.Minutes, p.Plan.Themes, p.Plan.SupportedBy, p.Plan.SeasonFrom, p.Plan.SeasonTo);

    internal sealed class Validator : AbstractValidator<ProgrammeRequest>
    {
        public Validator()
        {
            RuleFor(p => p.Code).Code();
            RuleFor(p => p.Label).NotEmpty().MaximumLength(200).Visible();
            RuleFor(p => p.Rhythm).MaximumLength(200);
            RuleFor(p => p.Season!).Matches(@"^20\d\d/20\d\d\z").When(p => p.Season is not null);
            RuleFor(p => p.Season).Must((p, season) => ProgrammePeriod.IsNamed(season, p.SeasonFrom, p.SeasonTo)).WithErrorCode("season-otherwise")
                .WithMessage(_ => Languages.Say("The year of its first month and that of its last; the one after the other where no months are said.", "L’année de son premier mois et celle du dernier ; l’une après l’autre si les mois ne sont pas dits."));
            RuleFor(p => p.SeasonFrom!).Month().When(p => p.SeasonFrom is not null);
            RuleFor(p => p.SeasonTo!).Month().When(p => p.SeasonTo is not null);
            RuleFor(p => p.SeasonTo).Must((p, to) => p.SeasonFrom is null ? to is null : to is not null && ProgrammePeriod.Between(p.SeasonFrom, to) is not null)
                .When(p => p.SeasonFrom is not null || p.SeasonTo is not null).WithErrorCode("season-backwards").WithMessage(_ => Languages.Say("A first and a last month, in this order and within 36 months.", "Un premier et un dernier mois, dans cet ordre et à 36 mois au plus."));
            RuleFor(p => p.YearlyTarget).InclusiveBetween(1, 400);
            RuleFor(p => p.Minutes).InclusiveBetween(15, 1440);
            RuleFor(p => p.Themes!).AtMost(50).When(p => p.Themes is not null);
            RuleForEach(p => p.Themes).NotEmpty().MaximumLength(200);
            RuleFor(p => p.SupportedBy).MaximumLength(200);
        }
    }
}
