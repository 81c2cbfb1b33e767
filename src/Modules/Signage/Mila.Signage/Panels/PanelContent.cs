using Mila.BuildingBlocks.Values;

namespace Mila.Signage.Panels;

/// <summary>What a panel says of a company. The web site is where its code leads; it is not printed, so it may change at any time.</summary>
internal sealed record PanelContent(string? CompanyName, LocalizedText? Tagline, string? Activity, string? Website, string? LogoUrl, IReadOnlyList<string> NotableArtists)
{
    public static readonly PanelContent Blank = new(null, null, null, null, null, []);

    /// <summary>What ink shows of it.</summary>
    public PanelContent AsPrinted() => this with { Website = null };

    /// <summary>What a member's change makes of it: texts that repeated the member follow it, wording of staff's own stays.</summary>
    public PanelContent Following(PanelContent? before, PanelContent after)
    {
        var old = before ?? Blank;
        return new PanelContent(
            CompanyName == old.CompanyName ? after.CompanyName : CompanyName,
            Tagline == old.Tagline ? after.Tagline : Tagline,
            Activity == old.Activity ? after.Activity : Activity,
            Website == old.Website ? after.Website : Website,
            LogoUrl == old.LogoUrl ? after.LogoUrl : LogoUrl,
            NotableArtists.SequenceEqual(old.NotableArtists, StringComparer.Ordinal) ? after.NotableArtists : NotableArtists);
    }

    public bool Equals(PanelContent? other) =>
        other is not null && CompanyName == other.CompanyName && Tagline == other.Tagline && Activity == other.Activity && Website == other.Website && LogoUrl == other.LogoUrl
        && NotableArtists.SequenceEqual(other.NotableArtists, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(CompanyName, Tagline, Activity, Website, LogoUrl, NotableArtists.Count);
}
