using Mila.Events.Agenda;

namespace Mila.Events.Series;

/// <summary>Several events that are the same but for their time.</summary>
/// <param name="Event">The first of them. Its time on the wall in Paris is that of all.</param>
/// <param name="Repeat">The rhythm of the others; or <paramref name="AlsoOn"/>.</param>
/// <param name="AlsoOn">The days on which it takes place again, at most 59.</param>
internal sealed record SeriesRequest(EventRequest Event, Repetition? Repeat = null, IReadOnlyList<DateOnly>? AlsoOn = null)
{
    internal sealed class Validator : AbstractValidator<SeriesRequest>
    {
        public Validator(IValidator<EventRequest> ofEvent)
        {
            RuleFor(s => s.Event).NotNull().SetValidator(ofEvent);
            RuleFor(s => s.Repeat!).ChildRules(r =>
            {
                r.RuleFor(x => x.Count).InclusiveBetween(2, Repetition.Most);
                r.RuleFor(x => x.EveryWeeks).InclusiveBetween(1, 52);
                r.RuleFor(x => x.EveryMonths).InclusiveBetween(1, 12);
                r.RuleFor(x => x.ExceptMonths!).AtMost(11).When(x => x.ExceptMonths is not null);
                r.RuleForEach(x => x.ExceptMonths).InclusiveBetween(1, 12);
            }).When(s => s.Repeat is not null);
            RuleFor(s => s.AlsoOn!).Must(l => l.Count > 0).WithErrorCode("required").WithMessage(_ => Languages.Say("At least one day.", "Un jour au moins.")).AtMost(Repetition.Most - 1).When(s => s.AlsoOn is not null);
            RuleForEach(s => s.AlsoOn).WithinReason();
        }
    }
}
