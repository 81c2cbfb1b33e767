using Mila.BuildingBlocks.Time;

namespace Mila.Membership.Members;

internal static class AdmitMember
{
    /// <param name="On">First day of the membership, today or earlier; null is today.</param>
    internal sealed record Request(DateOnly? On = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.On).WithinReason();
    }

    /// <summary>Admit a candidate, or a company that had left. It is a beneficiary until a lease or the staff says otherwise.</summary>
    internal static async Task<Results<Tagged<MemberResponse>, ProblemHttpResult>> Handle(Guid memberId, Request? request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var member = await session.LoadAsync<Member>(memberId, ct);
        if (member is null) return MemberErrors.Unknown.ToProblem();

        var today = ParisTime.Today(clock);
        if (!member.Admit(request?.On ?? today, today, clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(member);
        session.Publish(member.Admitted());
        await session.SaveChangesAsync(ct);
        return Etag.Ok(MemberResponse.Of(member), member);
    }
}
