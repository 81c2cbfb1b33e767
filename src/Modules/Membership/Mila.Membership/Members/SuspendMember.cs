using Mila.Membership.Contracts;

namespace Mila.Membership.Members;

internal static class SuspendMember
{
    /// <param name="Reason">Why, for the staff only: at most 500 characters.</param>
    internal sealed record Request(string? Reason = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).MaximumLength(500);
    }

    /// <summary>Suspend a member: nothing is open to it until it is reinstated.</summary>
    internal static async Task<Results<Tagged<MemberResponse>, ProblemHttpResult>> Handle(Guid memberId, Request? request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var member = await session.LoadAsync<Member>(memberId, ct);
        if (member is null) return MemberErrors.Unknown.ToProblem();

        if (!member.Suspend(request?.Reason, clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(member);
        session.Publish(new MemberSuspended(member.Id, member.Revision, member.UpdatedAt));
        await session.SaveChangesAsync(ct);
        return Etag.Ok(MemberResponse.Of(member), member);
    }
}
