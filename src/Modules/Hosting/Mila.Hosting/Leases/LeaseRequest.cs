namespace Mila.Hosting.Leases;

/// <summary>A lease to sign.</summary>
/// <param name="MemberId">An active member.</param>
/// <param name="SpaceCode">A space, no meeting room.</param>
/// <param name="StartsOn">First day; one that has passed puts an old lease on record.</param>
/// <param name="EndsOn">Last day, included.</param>
/// <param name="Note">For the staff, at most 1 000 characters.</param>
internal sealed record LeaseRequest(Guid MemberId, string SpaceCode, DateOnly StartsOn, DateOnly EndsOn, string? Note = null)
{
    public Period Term => new(StartsOn, EndsOn);

    internal sealed class Validator : AbstractValidator<LeaseRequest>
    {
        public Validator()
        {
            RuleFor(l => l.MemberId).NotEmpty();
            RuleFor(l => l.SpaceCode).SpaceCode();
            RuleFor(l => l.StartsOn).WithinReason();
            RuleFor(l => l.EndsOn).WithinReason();
            RuleFor(l => l.Note).MaximumLength(1000);
        }
    }
}
