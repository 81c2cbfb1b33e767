using System.Globalization;
using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Values;
using Mila.Events.Calls.Selections;
using Mila.Events.Calls.Submissions;
using Mila.Events.Letters;
using Mila.Events.Registrations;

namespace Mila.Events.Calls;

/// <summary>What artists and reviewers are written about a call.</summary>
internal sealed class CallLetters(RegistrationSettings settings, CallSettings calls, LinkSigner signer)
{
    /// <summary>Is this your address?</summary>
    public Letter Confirm(Call call, Submission s) => About(call, s, "Confirmez votre candidature", "Confirm your submission")
        .Paragraph(
            $"Votre candidature « {s.Work.Act} » attend que vous la confirmiez. Le lien vaut 24 heures ; sans réponse, rien n'est gardé.",
            $"Your submission \"{s.Work.Act}\" waits for your confirmation. The link holds for 24 hours; without an answer nothing is kept.")
        .Link("Confirmer ma candidature", "Confirm my submission", UrlOf(s));

    /// <summary>Somebody, perhaps the artist, sent another from the same address.</summary>
    public Letter AlreadySent(Call call, Submission s) => About(call, s, "Votre candidature", "Your submission")
        .Paragraph(
            "Une candidature a été envoyée avec votre adresse ; vous en avez déjà une, et une seule est admise. Si ce n'était pas vous, il n'y a rien à faire.",
            "A submission was sent with your address; you have one already, and only one is admitted. If it was not you, there is nothing to do.")
        .Link("Voir, modifier ou retirer ma candidature", "See, change or withdraw my submission", UrlOf(s));

    /// <summary>It takes part.</summary>
    public Letter Received(Call call, Submission s) => About(call, s, "Candidature reçue", "Submission received")
        .Paragraph(
            $"Votre candidature « {s.Work.Act} » est enregistrée. Vous pouvez la modifier jusqu'au {RegistrationLetters.Shown(call.Plan.ClosesAt, "fr")}, heure de Paris, et la retirer à tout moment.",
            $"Your submission \"{s.Work.Act}\" is recorded. You can change it until {RegistrationLetters.Shown(call.Plan.ClosesAt, "en")}, Paris time, and withdraw it at any time.")
        .Link("Voir, modifier ou retirer ma candidature", "See, change or withdraw my submission", UrlOf(s));

    /// <summary>It takes part no more.</summary>
    public static Letter Withdrawn(Call call, Submission s) => About(call, s, "Candidature retirée", "Submission withdrawn")
        .Paragraph($"Votre candidature « {s.Work.Act} » est retirée.", $"Your submission \"{s.Work.Act}\" is withdrawn.");

    /// <summary>Nobody will be selected.</summary>
    public static Letter CalledOff(Call call, Submission s) => About(call, s, "Appel annulé", "Call cancelled")
        .Paragraph($"L'appel est annulé : {call.Cancellation!.Fr}", $"The call is cancelled: {call.Cancellation!.In("en")}");

    /// <summary>There is nothing to score.</summary>
    public static Letter CalledOff(Call call, Reviewer r) => To(call, r, "Appel annulé", "Call cancelled")
        .Paragraph($"L'appel est annulé : {call.Cancellation!.Fr}", $"The call is cancelled: {call.Cancellation!.In("en")}")
        .Paragraph("Il n'y a rien à noter. Merci d'avoir accepté.", "There is nothing to score. Thank you for having agreed to.");

    /// <summary>A reserve takes the place of one who withdrew.</summary>
    public Letter Promoted(Call call, Submission s) => About(call, s, "Vous êtes sélectionné", "You are selected")
        .Paragraph(
            $"Une place s'est libérée : « {s.Work.Act} », qui était en réserve, est maintenant sélectionné. Si vous ne pouvez pas participer, retirez votre candidature, et la place ira à la réserve suivante.",
            $"A place has become free: \"{s.Work.Act}\", who stood in reserve, is now selected. If you cannot take part, withdraw your submission, and the place goes to the next reserve.")
        .Link("Voir ou retirer ma candidature", "See or withdraw my submission", UrlOf(s));

    /// <summary>How it ended, by what scores, and what was said.</summary>
    /// <param name="call">The call.</param>
    /// <param name="s">The submission.</param>
    /// <param name="entry">Where it stands.</param>
    /// <param name="reservesAhead">How many reserves stand before it.</param>
    /// <param name="comments">What reviewers and staff wrote for the artist.</param>
    public Letter Outcome(Call call, Submission s, Entry entry, int reservesAhead, IReadOnlyList<string> comments)
    {
        var letter = About(call, s, "Le résultat de l'appel", "The result of the call");
        var act = s.Work.Act;
        switch (entry.Standing)
        {
            case Standing.Selected:
                letter.Paragraph($"« {act} » est sélectionné. Bravo !", $"\"{act}\" is selected. Congratulations!");
                break;
            case Standing.Reserve:
                letter.Paragraph(
                    $"« {act} » est en réserve, au rang {reservesAhead + 1} : si un artiste sélectionné se retire, la place va à la première réserve.",
                    $"\"{act}\" stands in reserve, at rank {reservesAhead + 1}: if a selected artist withdraws, the place goes to the first reserve.");
                break;
            case Standing.NotRanked:
                letter.Paragraph($"« {act} » n'est pas sélectionné : trop peu de membres du jury ont pu noter la candidature.", $"\"{act}\" is not selected: too few reviewers could score the submission.");
                break;
            default:
                letter.Paragraph($"« {act} » n'est pas sélectionné cette fois. Merci d'avoir participé.", $"\"{act}\" is not selected this time. Thank you for taking part.");
                break;
        }

        if (entry.Ranked.Score is { } score)
        {
            letter.Paragraph($"Notes du jury ({entry.Ranked.Reviews} avis), sur {call.Plan.BestScore} :\n{Means("fr", score)}", $"Scores of the jury ({entry.Ranked.Reviews} review{(entry.Ranked.Reviews == 1 ? "" : "s")}), out of {call.Plan.BestScore}:\n{Means("en", score)}");
        }

        foreach (var comment in comments) letter.Paragraph($"« {comment} »", $"\"{comment}\"");
        return letter.Link("Voir ma candidature", "See my submission", UrlOf(s)).Link("Le résultat public", "The public result", $"{settings.PublicUrl}/calls/{call.Slug}");

        string Means(string language, decimal total)
        {
            var colon = language == "en" ? ": " : " : ";
            var culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "fr-FR");
            var labels = call.Plan.Criteria.ToDictionary(c => c.Code, c => c.Label.In(language), StringComparer.Ordinal);
            return string.Join('\n', entry.Ranked.Means.Select(m => string.Create(culture, $"{labels.GetValueOrDefault(m.Criterion, m.Criterion)}{colon}{m.Mean:0.##}")).Append(string.Create(culture, $"{(language == "en" ? "Weighted mean" : "Moyenne pondérée")}{colon}{total:0.##}")));
        }
    }

    /// <summary>Somebody is asked to review.</summary>
    public Letter Invite(Call call, Reviewer r) => To(call, r, "Vous êtes membre du jury", "You are a reviewer")
        .Paragraph(
            $"Vous notez les candidatures à partir du {RegistrationLetters.Shown(call.Plan.ClosesAt, "fr")}, heure de Paris. Votre lien est personnel : ne le transmettez pas.",
            $"You score the submissions from {RegistrationLetters.Shown(call.Plan.ClosesAt, "en")}, Paris time. Your link is personal: do not pass it on.")
        .Link("Ma page de jury", "My reviewer's page", UrlOf(call, r))
        .Paragraph(
            $"Votre nom et votre adresse sont effacés {calls.RetentionMonths} mois après la fin de l'appel ; les artistes ne les apprennent pas.",
            $"Your name and address are erased {calls.RetentionMonths} months after the end of the call; artists are not told them.");

    /// <summary>The call is closed.</summary>
    public Letter PleaseScore(Call call, Reviewer r) => To(call, r, "À vous de noter", "Please score")
        .Paragraph("L'appel est clos : les candidatures vous attendent. Si un artiste vous est proche, déclarez-le au lieu de noter.", "The call is closed: the submissions wait for you. If you are close to an artist, declare it instead of scoring.")
        .Link("Ma page de jury", "My reviewer's page", UrlOf(call, r));

    private string UrlOf(Submission s) => $"{settings.PublicUrl}/submissions/{CallLink.Seal(signer, s.Id)}";

    private string UrlOf(Call call, Reviewer r) => $"{settings.PublicUrl}/reviews/{CallLink.Seal(signer, call.Id, r.Id)}";

    // The topic of the mail names the submission, so that it is forgotten with it.
    private static Letter About(Call call, Submission s, string fr, string en) =>
        Letter.To(s.Applicant!.Email, s.Applicant.Name, s.Applicant.Language, TopicOf(s.Id)).Subject(Subject(fr, call.Plan.Title, "fr"), Subject(en, call.Plan.Title, "en"));

    private static Letter To(Call call, Reviewer r, string fr, string en) => Letter.To(r.Email!, r.Name!, r.Language, TopicOf(r)).Subject(Subject(fr, call.Plan.Title, "fr"), Subject(en, call.Plan.Title, "en"));

    private static string Subject(string what, LocalizedText title, string language) => language == "en" ? $"{what}: {title.In(language)}" : $"{what} : {title.Fr}";

    /// <summary>What mails to a reviewer are filed under, so that they are forgotten with them.</summary>
    public static string TopicOf(Reviewer r) => $"reviewer:{r.Id}";

    /// <summary>What mails about a submission are filed under.</summary>
    public static string TopicOf(Guid submissionId) => $"submission:{submissionId}";
}
