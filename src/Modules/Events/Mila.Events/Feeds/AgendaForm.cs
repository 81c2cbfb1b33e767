using Mila.BuildingBlocks.Pages;

namespace Mila.Events.Feeds;

/// <summary>One way to show the agenda: a feed in a format, a page in a language. Equal forms have equal bytes, so each is written once an edition.</summary>
internal abstract record AgendaForm
{
    /// <summary>True for what many come back for: it is written again as soon as the agenda has changed, before anybody asks.</summary>
    public virtual bool IsStanding => false;

    /// <summary>A minute in any cache, and longer while this server is slow or away (API.md F1).</summary>
    internal const string Caching = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";

    public abstract ServedBytes Write(AgendaEdition edition);
}

/// <summary>A feed.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Filter">Its events and its language.</param>
/// <param name="UnderProgramme">Whether its address is <c>/feeds/programmes/{code}/events</c>.</param>
internal sealed record FeedForm(FeedFormat Format, AgendaFilter Filter, bool UnderProgramme = false) : AgendaForm
{
    public override bool IsStanding => Filter.IsWhole;

    public override ServedBytes Write(AgendaEdition edition) => new(Format.Write(edition.Outline(Filter, UnderProgramme)), Format.ContentType, Caching, edition.LastModified);
}
