using System.Text.RegularExpressions;
using Mila.BuildingBlocks.Values;

namespace Mila.Partners.PartnerEvents;

/// <summary>What a partner says of an event of its own.</summary>
/// <param name="Title">Title, 1 to 200 characters a language.</param>
/// <param name="Url">The partner's own page of it; https.</param>
/// <param name="Summary">Markdown, at most 4 000 characters a language.</param>
/// <param name="Month"><c>yyyy-MM</c> while the day is to be confirmed.</param>
/// <param name="StartsAt">Start, with its offset.</param>
/// <param name="EndsAt">End, after the start and within 31 days.</param>
/// <param name="Venue">Where.</param>
/// <param name="Audience">Whom it is open to.</param>
/// <param name="Tags">At most 20, each at most 50 characters.</param>
/// <param name="Status"><c>published</c> or <c>cancelled</c>; withdrawing is a DELETE.</param>
/// <param name="CancellationReason">Why it was called off, at most 500 characters a language.</param>
internal sealed partial record PartnerEventRequest(
    LocalizedText Title, string Url, LocalizedText? Summary = null, string? Month = null, DateTimeOffset? StartsAt = null, DateTimeOffset? EndsAt = null, PartnerVenue? Venue = null,
    PartnerAudience Audience = PartnerAudience.Network, IReadOnlyList<string>? Tags = null, PartnerEventStatus Status = PartnerEventStatus.Published, LocalizedText? CancellationReason = null)
{
    /// <summary>What an id of a partner's looks like.</summary>
    public const string ExternalIds = @"^[A-Za-z0-9][A-Za-z0-9._:~-]*$";

    // Not public: an ignored member would still be one that a body may say.
    internal bool IsCancelled => Status is PartnerEventStatus.Cancelled;

    /// <summary>What it says, with a time or a month that can be. A start and an end make the month superfluous.</summary>
    public Result<PartnerEventTerms> ToTerms() => (StartsAt, EndsAt, Month) switch
    {
        ({ } start, { } end, _) when end <= start => PartnerEventErrors.EndsBeforeStart.At("/endsAt"),
        ({ } start, { } end, _) when end - start > TimeSpan.FromDays(PartnerEvent.MaxDays) => PartnerEventErrors.TooLong.At("/endsAt"),
        (null, { }, _) => PartnerEventErrors.HalfScheduled.At("/startsAt"),
        ({ }, null, _) => PartnerEventErrors.HalfScheduled.At("/endsAt"),
        (null, null, null) => PartnerEventErrors.Undated.At("/month"),
        _ when CancellationReason is not null && !IsCancelled => PartnerEventErrors.ReasonWithoutCancellation.At("/cancellationReason"),
        _ => new PartnerEventTerms(
            Title, Summary, StartsAt is null ? Month : null, StartsAt?.ToUniversalTime(), EndsAt?.ToUniversalTime(), Venue, Audience, new Uri(Url).AbsoluteUri, Tags ?? [], CancellationReason),
    };

    /// <summary>True for an id that a partner may give.</summary>
    public static bool IsExternalId(string id) => id.Length is > 0 and <= PartnerEvent.LongestExternalId && ExternalIdPattern().Match(id).Length == id.Length;

    [GeneratedRegex(ExternalIds, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex ExternalIdPattern();

    internal sealed class Validator : AbstractValidator<PartnerEventRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Title).Text(1, 200);
            RuleFor(r => r.Url).NotEmpty().HttpsUrl();
            RuleFor(r => r.Summary!).Markdown(1, 4000).When(r => r.Summary is not null);
            RuleFor(r => r.Month!).Month().When(r => r.Month is not null);
            RuleFor(r => r.StartsAt).WithinReason();
            RuleFor(r => r.EndsAt).WithinReason();
            RuleFor(r => r.Venue!).ChildRules(v =>
            {
                v.RuleFor(x => x.Mode).IsInEnum();
                v.RuleFor(x => x.Name).MaximumLength(200);
                v.RuleFor(x => x.Address).MaximumLength(300);
                v.RuleFor(x => x.Url!).HttpsUrl().When(x => x.Url is not null);
            }).When(r => r.Venue is not null);
            RuleFor(r => r.Audience).IsInEnum();
            RuleFor(r => r.Tags!).AtMost(20).When(r => r.Tags is not null);
            RuleForEach(r => r.Tags).NotEmpty().MaximumLength(50).Visible();
            RuleFor(r => r.Status).Must(s => s is PartnerEventStatus.Published or PartnerEventStatus.Cancelled).WithErrorCode("unknown-value").WithMessage(_ => Languages.Say("published or cancelled.", "published ou cancelled."));
            RuleFor(r => r.CancellationReason!).Text(1, 500).When(r => r.CancellationReason is not null);
        }
    }
}
