using Mila.BuildingBlocks.Api.Idempotency;
using Mila.BuildingBlocks.Results;
using Mila.BuildingBlocks.Values;

namespace Mila.Events.Registrations;

internal static class RegisterForEvent
{
    /// <param name="Name">Who comes, 1 to 200 characters.</param>
    /// <param name="Email">Where mails go; one registration per address and event, whatever its case.</param>
    /// <param name="Organisation">For whom, at most 200 characters.</param>
    /// <param name="MemberId">The member for which the person comes; with a key that writes events.</param>
    /// <param name="PartnerId">The partner network whose member it is; with a key that writes events.</param>
    /// <param name="Seats">A group asks for up to 20 places, and has all or none.</param>
    /// <param name="Place"><c>onSite</c> or <c>remote</c> at a hybrid event: <c>onSite</c> unless said. Elsewhere it says itself.</param>
    /// <param name="Language"><c>fr</c> or <c>en</c>, of the mails; unless said, what <c>Accept-Language</c> prefers, else French.</param>
    internal sealed record Request(string Name, string Email, string? Organisation = null, Guid? MemberId = null, Guid? PartnerId = null, int Seats = 1, Place? Place = null, string? Language = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(200).Must(n => n is null || Plain.Line(n).Length > 0).WithErrorCode("required").WithMessage(_ => Languages.Say("Something that can be read.", "Quelque chose de lisible."));
            RuleFor(r => r.Email).Mailbox();
            RuleFor(r => r.Organisation).MaximumLength(200);
            RuleFor(r => r.Seats).InclusiveBetween(1, Registration.MaxSeats);
            RuleFor(r => r.Place).IsInEnum();
            RuleFor(r => r.Language).Must(l => l is null or "fr" or "en").WithErrorCode("unknown-value").WithMessage(_ => Languages.Say("fr or en.", "fr ou en."));
        }
    }

    /// <summary>Register a person for an event. With a key that writes events the place is confirmed at once; without one the person confirms by a link in a mail first.</summary>
    /// <remarks>
    /// Refused with 409, by the code of the problem: `event-not-open`, `event-over`, `event-cancelled` and `event-full` of the event; `event-for-members`, `event-for-hosted-members`, `event-for-network`,
    /// `event-for-professionals` and `member-not-in-good-standing` of its audience; `event-on-site-only` and `event-remote-only` of the place; `group-too-large`, `group-larger-than-share` and
    /// `organisation-seats-taken` of the seats; `already-registered` of a person that a key may know of, and `registration-not-taken` of one that is not for a partner to know.
    /// Who finds no free seat before the event begins is not refused, but waits: `waitlisted`.
    /// </remarks>
    internal static async Task<Results<TaggedCreated<RegistrationResponse>, ProblemHttpResult, KeptAnswer>> Handle(
        Guid eventId, Request request, HttpContext context, Caller caller, RegistrationQueue queue, TimeProvider clock)
    {
        var byMail = !caller.Has(Scopes.EventsWrite);
        if (byMail && (request.MemberId ?? request.PartnerId) is not null) return RegistrationErrors.KeyNeeded.ToProblem();
        if (caller.IsPartner && !byMail && request.MemberId is not null) return RegistrationErrors.UnknownMember.At("/memberId").ToProblem();
        if (caller.IsPartner && !byMail && request.PartnerId is { } other && other != caller.PartnerId) return RegistrationErrors.UnknownPartner.At("/partnerId").ToProblem();

        var wish = WishOf(request, byMail ? null : caller.PartnerId, request.Language ?? Languages.Preferred(context.Request, otherwise: "fr"));
        var answer = await queue.AskAsync(new Asked(Guid.CreateVersion7(clock.GetUtcNow()), eventId, wish, byMail, IdempotencyClaim.Of(context)) { ByPartner = caller.IsPartner });
        return answer.Result;
    }

    /// <summary>What this request asks for. Names are one line each: they stand in subjects, calendar files and lists.</summary>
    internal static Wish WishOf(Request request, Guid? partnerId, string language)
    {
        var organisation = Plain.Line(request.Organisation ?? "") is { Length: > 0 } named ? named : null;
        var person = new Person(Plain.Line(request.Name), request.Email.Trim(), organisation, language);
        return new Wish(person, request.MemberId, request.PartnerId ?? partnerId, request.Seats, Parties.Of(request.MemberId, organisation, person.Email), request.Place);
    }
}
