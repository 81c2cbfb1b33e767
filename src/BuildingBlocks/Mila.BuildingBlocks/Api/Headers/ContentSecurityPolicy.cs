namespace Mila.BuildingBlocks.Api.Headers;

/// <summary>What a browser may load and run for an answer (Content Security Policy level 3).</summary>
/// <param name="Value">The header.</param>
public sealed record ContentSecurityPolicy(string Value)
{
    /// <summary>An answer of the API is not a page: nothing loads, nobody frames it.</summary>
    public const string Api = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>A page of ours: files of this server only, nothing inline, in no frame.</summary>
    public const string Page = Own + "frame-ancestors 'none'";

    /// <summary>The same, for other sites to frame.</summary>
    public const string Embed = Own + "frame-ancestors *";

    /// <summary>The page of the contract: its program writes styles into the page, and nothing else is loosened.</summary>
    public const string Docs =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>A page of ours with pictures of another site, which the operator has said is the house's own.</summary>
    /// <param name="origin"><c>https://</c> and a host.</param>
    public static string PageShowing(string origin) => Page.Replace("img-src 'self' data:", $"img-src 'self' data: {origin}", StringComparison.Ordinal);

    private const string Own =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; ";
}
