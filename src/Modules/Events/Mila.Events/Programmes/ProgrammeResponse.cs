namespace Mila.Events.Programmes;

/// <summary>A programme as the API shows it; its members mean what they mean in <see cref="ProgrammeRequest"/>.</summary>
internal sealed record ProgrammeResponse(
    Guid Id, string Code, string Label, string? Rhythm, string? Season, int? YearlyTarget, int? Minutes, IReadOnlyList<string> Themes, string? SupportedBy,
    string? SeasonFrom, string? SeasonTo, DateTimeOffset UpdatedAt)
{
    public static ProgrammeResponse Of(Programme p) =>
        new(p.Id, p.Code, p.Plan.Label, p.Plan.Rhythm, p.Plan.Season, p.Plan.YearlyTarget, p.Plan.Minutes, p.Plan.Themes, p.Plan.SupportedBy, p.Plan.SeasonFrom, p.Plan.SeasonTo, p.UpdatedAt);

    /// <summary>Without what MILA plans and who pays for it: what a partner's key reads.</summary>
    public static ProgrammeResponse ForPartner(Programme p) => Of(p) with { Rhythm = null, Season = null, YearlyTarget = null, Themes = [], SupportedBy = null, SeasonFrom = null, SeasonTo = null };

    /// <summary>What this caller reads of one.</summary>
    public static Func<Programme, ProgrammeResponse> For(Caller caller) => caller.IsPartner ? ForPartner : Of;
}
