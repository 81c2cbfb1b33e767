using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api;

/// <summary>The <c>If-Match</c> and <c>If-None-Match</c> of a PUT that makes or replaces and needs neither (API.md R3, the one exception; RFC 9110 section 13).</summary>
public sealed class Preconditions
{
    private readonly HttpContext _context;
    private readonly IList<EntityTagHeaderValue> _match;
    private readonly IList<EntityTagHeaderValue> _noneMatch;

    private Preconditions(HttpContext context, IList<EntityTagHeaderValue> match, IList<EntityTagHeaderValue> noneMatch) => (_context, _match, _noneMatch) = (context, match, noneMatch);

    /// <summary>True when what stands, if anything does, is what the caller expects; else the refusal, and the answer shows the current tag.</summary>
    public bool Allow(IDocument? current, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        var tag = current is null ? null : Etag.Of(current.Version);
        refusal = null;
        if ((_match.Count == 0 || Names(_match, tag)) && !Names(_noneMatch, tag)) return true;

        if (tag is not null) _context.Response.Headers.ETag = tag;
        refusal = ApiErrors.Stale.ToProblem();
        return false;
    }

    /// <summary>Reads the headers.</summary>
    public static ValueTask<Preconditions?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<Preconditions?>(new Preconditions(context, Tags(context.Request.Headers.IfMatch, "?If-Match"), Tags(context.Request.Headers.IfNoneMatch, "?If-None-Match")));

    private static bool Names(IList<EntityTagHeaderValue> tags, string? tag) =>
        tag is not null && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || (!t.IsWeak && string.Equals(t.Tag.Value, tag, StringComparison.Ordinal)));

    private static IList<EntityTagHeaderValue> Tags(Microsoft.Extensions.Primitives.StringValues header, string name)
    {
        if (header.Count == 0) return [];

        return EntityTagHeaderValue.TryParseList(header, out var tags) ? tags : throw new RefusedException(ApiErrors.Unreadable.At(new FieldError(name, "malformed", Languages.Say("Not an entity tag.", "Ce n’est pas une étiquette d’entité."))));
    }
}
