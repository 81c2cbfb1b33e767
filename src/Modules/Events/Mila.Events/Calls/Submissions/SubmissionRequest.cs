using Mila.BuildingBlocks.Values;
using Mila.Events.Feeds;

namespace Mila.Events.Calls.Submissions;

/// <summary>What an artist sends to a call.</summary>
/// <param name="Act">Name of the artist or group, 1 to 200 characters; one submission an act and call. Public once selected.</param>
/// <param name="Name">The person, 1 to 200 characters.</param>
/// <param name="Email">Where mails go; one submission an address and call.</param>
/// <param name="Text">A presentation, 1 to 4 000 characters.</param>
/// <param name="Links">1 to 5 https addresses where the work is heard and seen. Mila never calls them.</param>
/// <param name="City">Where from, at most 200 characters.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>, of the mails; unless said, what <c>Accept-Language</c> prefers, else French.</param>
internal sealed record SubmissionRequest(string Act, string Name, string Email, string Text, IReadOnlyList<string> Links, string? City = null, string? Language = null)
{
    public Applicant ToApplicant(string language) => new(Plain.Line(Name), Email.Trim(), Language ?? language);

    public Work ToWork() => new(Plain.Line(Act), string.IsNullOrWhiteSpace(City) ? null : Plain.Line(City), Plain.Lines(Text), [.. Links.Select(l => new Uri(l).AbsoluteUri)]);

    internal sealed class Validator : AbstractValidator<SubmissionRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Act).NotEmpty().MaximumLength(200).Must(IsSaid).WithErrorCode("required").WithMessage(_ => Languages.Say("Something that can be read.", "Quelque chose de lisible."));
            RuleFor(r => r.Name).NotEmpty().MaximumLength(200).Must(IsSaid).WithErrorCode("required").WithMessage(_ => Languages.Say("Something that can be read.", "Quelque chose de lisible."));
            RuleFor(r => r.Email).Mailbox();
            RuleFor(r => r.Text).NotEmpty().MaximumLength(Submission.LongestText);
            RuleFor(r => r.City).MaximumLength(200);
            RuleFor(r => r.Links).NotEmpty().AtMost(Submission.MostLinks);
            RuleForEach(r => r.Links).NotEmpty().HttpsUrl();
            RuleFor(r => r.Language).Must(l => l is null or "fr" or "en").WithErrorCode("unknown-value").WithMessage(_ => Languages.Say("fr or en.", "fr ou en."));
        }

        private static bool IsSaid(string? text) => text is null || Plain.Line(text).Length > 0;
    }
}
