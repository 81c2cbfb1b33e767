using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Programmes;

namespace Mila.Events.Calls;

/// <summary>What staff say of a call, when they draw it up and when they change it.</summary>
/// <param name="Title">Title, 1 to 200 characters a language.</param>
/// <param name="Text">Markdown: what is looked for and on what terms; at most 8 000 characters a language.</param>
/// <param name="OpensAt">From when it takes submissions.</param>
/// <param name="ClosesAt">Until when; after the opening.</param>
/// <param name="Places">How many are selected, 1 to 100: exactly so many.</param>
/// <param name="Criteria">By what reviewers score: 1 to 20, each with its own code.</param>
/// <param name="Programme">Code of the programme that it belongs to; left out for a call of an event.</param>
/// <param name="EventId">The event whose stage it fills; left out for a call of a programme.</param>
/// <param name="BestScore">The best score of a criterion, 2 to 20; the least is 1.</param>
/// <param name="ReviewsNeeded">So many reviews make a submission rankable, 1 to 50.</param>
/// <param name="Blind">Whether reviewers are not told whose work they score.</param>
internal sealed record CallRequest(
    LocalizedText Title, LocalizedText Text, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, int Places, IReadOnlyList<Criterion> Criteria, string? Programme = null, Guid? EventId = null,
    int BestScore = 5, int ReviewsNeeded = 2, bool Blind = false)
{
    public const int MostPlaces = 100;

    /// <summary>The plan, with the programme of its event.</summary>
    public async Task<Result<CallPlan>> ToPlanAsync(IQuerySession session, CancellationToken ct)
    {
        var programme = Programme;
        if (EventId is { } eventId)
        {
            if (await session.LoadAsync<Event>(eventId, ct) is not { } e) return CallErrors.UnknownEvent.At("/eventId");
            if (e.Status is EventStatus.Cancelled) return EventErrors.Cancelled;
            if (programme is not null && programme != e.Programme) return CallErrors.OtherProgramme.At("/programme");

            programme = e.Programme;
        }
        else if (programme is null)
        {
            return CallErrors.Homeless.At("/programme");
        }
        else if (!await session.Query<Programme>().AnyAsync(p => p.Code == programme, ct))
        {
            return EventErrors.UnknownProgramme.At("/programme");
        }

        return new CallPlan(programme, EventId, Title, Text, OpensAt.ToUniversalTime(), ClosesAt.ToUniversalTime(), Places, BestScore, ReviewsNeeded, Blind, Criteria);
    }

    /// <summary>What a patch starts from.</summary>
    public static CallRequest Of(Call c) => new(
        c.Plan.Title, c.Plan.Text, c.Plan.OpensAt, c.Plan.ClosesAt, c.Plan.Places, c.Plan.Criteria, c.Plan.EventId is null ? c.Plan.Programme : null, c.Plan.EventId, c.Plan.BestScore, c.Plan.ReviewsNeeded,
        c.Plan.IsBlind);

    internal sealed class Validator : AbstractValidator<CallRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Title).Text(1, 200);
            RuleFor(r => r.Text).Markdown(1, 8000);
            RuleFor(r => r.OpensAt).Must(WithinReason).WithErrorCode("out-of-range").WithMessage(_ => Languages.Say("Between 2002 and 2100.", "Entre 2002 et 2100."));
            RuleFor(r => r.ClosesAt).Must(WithinReason).WithErrorCode("out-of-range").WithMessage(_ => Languages.Say("Between 2002 and 2100.", "Entre 2002 et 2100."));
            RuleFor(r => r.Places).InclusiveBetween(1, MostPlaces);
            RuleFor(r => r.Programme!).Code().When(r => r.Programme is not null);
            RuleFor(r => r.BestScore).InclusiveBetween(2, 20);
            RuleFor(r => r.ReviewsNeeded).InclusiveBetween(1, Call.MostReviewers);
            RuleFor(r => r.Criteria).NotEmpty().AtMost(20).Must(c => c is null || c.Where(x => x is not null).Select(x => x.Code).Distinct(StringComparer.Ordinal).Count() == c.Count(x => x is not null))
                .WithErrorCode("duplicate").WithMessage(_ => Languages.Say("Each criterion has a code of its own.", "Chaque critère a son propre code."));
            RuleForEach(r => r.Criteria).NotNull().ChildRules(c =>
            {
                c.RuleFor(x => x.Code).Code();
                c.RuleFor(x => x.Label).Text(1, 200);
                c.RuleFor(x => x.Weight).InclusiveBetween(1, 100);
            });
        }

        private static bool WithinReason(DateTimeOffset instant) => instant >= Shapes.Earliest && instant < Shapes.Latest;
    }
}
