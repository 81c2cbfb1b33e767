using Mila.BuildingBlocks.Values;

namespace Mila.Signage.Panels;

/// <summary>A panel as the API shows it.</summary>
/// <param name="Id">The panel.</param>
/// <param name="SpaceCode">The shop.</param>
/// <param name="MemberId">The member that it names; null until a lease has told.</param>
/// <param name="Code">Its short code: <c>/q/{code}</c> is printed on it.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Mounting">Where at the shop it hangs.</param>
/// <param name="Version">Grows with each change of what it says.</param>
/// <param name="Stale">Why it does not say the truth: <c>member-changed</c>, <c>member-left</c>, <c>member-suspended</c>, <c>lease-ended</c>, <c>content-changed</c>.</param>
/// <param name="CompanyName">Name of the company.</param>
/// <param name="Tagline">One line about it.</param>
/// <param name="Activity">What it does.</param>
/// <param name="Website">Where its code leads.</param>
/// <param name="LogoUrl">Its logo.</param>
/// <param name="NotableArtists">Artists that it worked with.</param>
/// <param name="WidthMillimetres">400.</param>
/// <param name="HeightMillimetres">600.</param>
/// <param name="UpdatedAt">Last change.</param>
internal sealed record PanelResponse(
    Guid Id, string SpaceCode, Guid? MemberId, string Code, PanelStage Stage, Mounting Mounting, int Version, IReadOnlyList<string> Stale, string? CompanyName, LocalizedText? Tagline,
    string? Activity, string? Website, string? LogoUrl, IReadOnlyList<string> NotableArtists, int WidthMillimetres, int HeightMillimetres, DateTimeOffset UpdatedAt)
{
    public static PanelResponse Of(Panel p) => new(
        p.Id, p.SpaceCode, p.MemberId, p.Code, p.Stage, p.Mounting, p.ContentVersion, p.Stale, p.Content.CompanyName, p.Content.Tagline, p.Content.Activity, p.Content.Website,
        p.Content.LogoUrl, p.Content.NotableArtists, Panel.WidthMillimetres, Panel.HeightMillimetres, p.UpdatedAt);
}
