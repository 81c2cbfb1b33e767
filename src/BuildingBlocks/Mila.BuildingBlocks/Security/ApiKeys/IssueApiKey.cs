using FluentValidation;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Security.ApiKeys;

internal static class IssueApiKey
{
    /// <summary>The key that is wanted.</summary>
    /// <param name="Name">What it is for, in words that staff will understand next year.</param>
    /// <param name="Scopes">What it may do.</param>
    /// <param name="Kind">Who it is for; left out, it follows from the rest: <c>partner</c> with a partner, <c>admin</c> with the scope <c>admin</c>, else <c>staff</c>.</param>
    /// <param name="PartnerId">The partner to bind it to.</param>
    /// <param name="ExpiresAt">From when on it opens nothing.</param>
    internal sealed record Request(string Name, IReadOnlyList<string> Scopes, KeyKind? Kind = null, Guid? PartnerId = null, DateTimeOffset? ExpiresAt = null)
    {
        internal KeyKind KindOrImplied => Kind ?? (PartnerId is not null ? KeyKind.Partner : Scopes.Contains(Security.Scopes.Admin) ? KeyKind.Admin : KeyKind.Staff);
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(ApiKey.MaximumNameLength);
            RuleFor(r => r.Scopes).NotEmpty();
            RuleForEach(r => r.Scopes).Must(Security.Scopes.All.Contains).WithErrorCode("unknown-value").WithMessage(_ => Languages.Say("There is no such scope.", "Cette portée n’existe pas."));
            RuleFor(r => r.Kind).IsInEnum();
            RuleFor(r => r.PartnerId).NotEqual(Guid.Empty);
            RuleFor(r => r.ExpiresAt).WithinReason();
        }
    }

    /// <summary>Issue a key. Its text is in this answer and can never be read again.</summary>
    internal static async Task<Results<TaggedCreated<IssuedApiKeyResponse>, ProblemHttpResult>> Handle(
        Request request, Caller caller, IPartnerRegister partners, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (!request.Scopes.All(caller.Has)) return ApiKeyErrors.ScopeNotHeld.ToProblem();

        if (!ApiKey.Issue(request.Name, request.KindOrImplied, request.Scopes, request.PartnerId, request.ExpiresAt, clock.GetUtcNow()).Succeeded(out var issued, out var refusal)) return refusal.ToProblem();
        if (request.PartnerId is { } partnerId && !await partners.HasAsync(partnerId, ct)) return ApiKeyErrors.UnknownPartner.At("/partnerId").ToProblem();

        session.Insert(issued.Key);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/api-keys/{issued.Key.Id}", IssuedApiKeyResponse.Of(issued), issued.Key);
    }
}
