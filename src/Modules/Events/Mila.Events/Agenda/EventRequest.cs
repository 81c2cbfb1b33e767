using Mila.BuildingBlocks.Values;

namespace Mila.Events.Agenda;

/// <summary>What staff say of an event, when they plan it and when they change it.</summary>
/// <param name="Programme">Code of a programme.</param>
/// <param name="Title">Title, 1 to 200 characters a language.</param>
/// <param name="Summary">Markdown, at most 4 000 characters a language.</param>
/// <param name="Status"><c>tentative</c> or <c>planned</c>; a change repeats the present status.</param>
/// <param name="Month"><c>yyyy-MM</c> while the day is to be confirmed.</param>
/// <param name="StartsAt">Start, with its offset.</param>
/// <param name="EndsAt">End, after the start and within 31 days.</param>
/// <param name="Venue">Where.</param>
/// <param name="Audience">Who may come.</param>
/// <param name="Capacity">Seats, 1 to 100 000; null without a limit.</param>
/// <param name="SeatsPerOrganisation">Seats that one company may take, 1 to 1 000; null without a limit.</param>
/// <param name="CoHosts">Codes of partners, or names of others, at most 20.</param>
/// <param name="Speakers">At most 50.</param>
/// <param name="Tags">At most 20, each at most 50 characters.</param>
/// <param name="Image">A picture, with what it shows in at most 300 characters a language.</param>
internal sealed record EventRequest(
    string Programme, LocalizedText Title, LocalizedText? Summary = null, EventStatus Status = EventStatus.Planned, string? Month = null, DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null, Venue? Venue = null, Audience Audience = Audience.Members, int? Capacity = null, int? SeatsPerOrganisation = null,
    IReadOnlyList<string>? CoHosts = null, IReadOnlyList<Speaker>? Speakers = null, IReadOnlyList<string>? Tags = null,
    EventImage? Image = null)
{
    public EventPlan ToPlan() => new(
        Programme, new EventTexts(Title, Summary), Status, Month, StartsAt, EndsAt, Venue, Audience, Capacity, SeatsPerOrganisation, CoHosts ?? [], Speakers ?? [], Tags ?? [], Image);

    /// <summary>What a patch starts from.</summary>
    public static EventRequest Of(Event e) => new(
        e.Programme, e.Texts.Title, e.Texts.Summary, e.Status, (e.When as When.InMonth)?.Month, (e.When as When.Scheduled)?.StartsAt, (e.When as When.Scheduled)?.EndsAt,
        e.Venue, e.Audience, e.Capacity, e.SeatsPerOrganisation, e.CoHosts, e.Speakers, e.Tags, e.Image);

    internal sealed class Validator : AbstractValidator<EventRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Programme).Code();
            RuleFor(r => r.Title).Text(1, 200);
            RuleFor(r => r.Summary!).Markdown(1, 4000).When(r => r.Summary is not null);
            RuleFor(r => r.Month!).Month().When(r => r.Month is not null);
            RuleFor(r => r.StartsAt).WithinReason();
            RuleFor(r => r.EndsAt).WithinReason();
            RuleFor(r => r.Capacity).InclusiveBetween(1, 100_000);
            RuleFor(r => r.SeatsPerOrganisation).InclusiveBetween(1, 1000);
            RuleFor(r => r.CoHosts!).AtMost(20).When(r => r.CoHosts is not null);
            RuleForEach(r => r.CoHosts).NotEmpty().MaximumLength(100);
            RuleFor(r => r.Speakers!).AtMost(50).When(r => r.Speakers is not null);
            RuleForEach(r => r.Speakers).NotNull().ChildRules(s =>
            {
                s.RuleFor(x => x.Name).MaximumLength(200);
                s.RuleFor(x => x.Role).MaximumLength(200);
                s.RuleFor(x => x.Organisation).MaximumLength(200);
                s.RuleFor(x => x.ConsentedAt).WithinReason();
                s.RuleFor(x => x.WithdrawnAt).WithinReason();
            });
            RuleFor(r => r.Tags!).AtMost(20).When(r => r.Tags is not null);
            RuleForEach(r => r.Tags).NotEmpty().MaximumLength(50);
            RuleFor(r => r.Image!).ChildRules(i =>
            {
                i.RuleFor(x => x.Url).HttpsUrl();
                i.RuleFor(x => x.Alt).Text(1, 300);
                i.RuleFor(x => x.Width).InclusiveBetween(1, 20_000);
                i.RuleFor(x => x.Height).InclusiveBetween(1, 20_000);
                i.RuleFor(x => x.Height).Must((x, height) => height is null == x.Width is null).WithErrorCode("required").WithMessage(_ => Languages.Say("A width and a height, or neither.", "Une largeur et une hauteur, ou aucune."));
            }).When(r => r.Image is not null);
            RuleFor(r => r.Venue!).ChildRules(v =>
            {
                v.RuleFor(x => x.Name).MaximumLength(200);
                v.RuleFor(x => x.Address).MaximumLength(300);
                v.RuleFor(x => x.Url!).HttpsUrl().When(x => x.Url is not null);
                v.RuleFor(x => x.SpaceCode!).SpaceCode().When(x => x.SpaceCode is not null);
            }).When(r => r.Venue is not null);
        }
    }
}
