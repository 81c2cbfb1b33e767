using System.Globalization;
using Mila.Events.Calls.Reviews;
using Mila.Events.Calls.Submissions;
using Mila.Events.PublicForm;
using static Mila.Events.PublicForm.PersonalPage;

namespace Mila.Events.Calls.Pages;

/// <summary>The parts of a reviewer's page about one submission.</summary>
internal static class ReviewerForm
{
    private const int MostButtons = 10;

    /// <summary>What is scored. Never how to reach the artist; in a blind call, not even who it is.</summary>
    public static void Work(FormBody body, Call call, Submission s, bool english)
    {
        if (!call.Plan.IsBlind) body.Raw($"<p>{Encode(string.Join(", ", new[] { s.Work.Act, s.Work.City, s.Applicant?.Name }.OfType<string>()))}</p>");
        foreach (var paragraph in s.Work.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)) body.Raw($"<p>{Encode(paragraph)}</p>");
        body.Raw($"<h2>{(english ? "Listen and watch" : "À écouter, à voir")}</h2><ul>");
        foreach (var link in s.Work.Links) body.Raw($"<li><a href=\"{Encode(link)}\" rel=\"nofollow noopener noreferrer\">{Encode(link)}</a></li>");
        body.Raw($"</ul>");
    }

    /// <summary>The form with what was said before.</summary>
    public static void Scores(FormBody body, Call call, string token, Guid submissionId, Verdict.Scored? before, string language)
    {
        var (english, best) = (language == "en", call.Plan.BestScore);
        body.Raw($"<h2>{(english ? "Your scores" : "Vos notes")}</h2><form method=\"post\" action=\"/reviews/{token}/{submissionId}/scores?lang={language}\">");
        foreach (var criterion in call.Plan.Criteria)
        {
            var name = "score-" + criterion.Code;
            var value = before?.Scores.FirstOrDefault(s => s.Criterion == criterion.Code)?.Value;
            var label = $"{Encode(criterion.Label.In(language))} {(english ? $"(1 to {best}, {best} is the best)" : $"(de 1 à {best}, {best} est la meilleure)")}";
            if (best > MostButtons)
            {
                body.Raw($"<p><label for=\"{name}\">{label}</label> <select id=\"{name}\" name=\"{name}\" required><option value=\"\">–</option>");
                for (var score = 1; score <= best; score++) body.Raw($"<option value=\"{score}\"{(score == value ? " selected" : "")}>{score}</option>");
                body.Raw($"</select></p>");
                continue;
            }

            body.Raw($"<fieldset class=\"scores\"><legend>{label}</legend>");
            for (var score = 1; score <= best; score++) body.Raw($"<label><input type=\"radio\" name=\"{name}\" value=\"{score}\"{(score == value ? " checked" : "")} required>{score}</label> ");
            body.Raw($"</fieldset>");
        }

        body.Area("comment", english ? "For the artist, without your name (if you like)" : "Pour l'artiste, sans votre nom (si vous voulez)", before?.ForArtist ?? "", Review.LongestText, isRequired: false, rows: 5)
            .Area("note", english ? "For the jury and the staff (if you like)" : "Pour le jury et l'équipe (si vous voulez)", before?.ForJury ?? "", Review.LongestText, isRequired: false, rows: 3)
            .Raw($"<p><button type=\"submit\">{(english ? "Save my scores" : "Enregistrer mes notes")}</button></p></form>");
    }

    /// <summary>The other way out.</summary>
    public static void Conflict(FormBody body, string token, Guid submissionId, string language)
    {
        var english = language == "en";
        body.Raw($"<h2>{(english ? "Conflict of interest" : "Conflit d'intérêts")}</h2><p>{(english
                ? "If you are close to this artist, say so: you then do not score them and do not see their scores. This cannot be undone."
                : "Si cet artiste vous est proche, dites-le : vous ne le notez alors pas et ne voyez pas ses notes. C'est définitif.")}</p>")
            .Raw($"<form method=\"post\" action=\"/reviews/{token}/{submissionId}/conflict?lang={language}\">")
            .Input("reason", english ? "Why" : "Pourquoi", "", 500, isRequired: true)
            .Raw($"<p><button type=\"submit\">{(english ? "Declare a conflict of interest" : "Déclarer un conflit d'intérêts")}</button></p></form>");
    }

    /// <summary>What everybody says, once one's own is final. Not who says it.</summary>
    public static void Others(FormBody body, Call call, Review own, IReadOnlyList<Verdict.Scored> others, string language)
    {
        var english = language == "en";
        body.Raw($"<h2>{(english ? "Your scores" : "Vos notes")}</h2>");
        Show(body, call, own.Scored!, language);
        body.Raw($"<h2>{(english ? "The others' scores" : "Les notes des autres")}</h2>");
        if (others.Count == 0) body.Raw($"<p>{(english ? "Nobody else has scored it yet." : "Personne d'autre ne l'a encore notée.")}</p>");
        for (var i = 0; i < others.Count; i++)
        {
            body.Raw($"<h3>{(english ? "Review" : "Avis")} {i + 1}</h3>");
            Show(body, call, others[i], language);
        }
    }

    private static void Show(FormBody body, Call call, Verdict.Scored said, string language)
    {
        body.Raw($"<ul>");
        foreach (var criterion in call.Plan.Criteria)
        {
            var value = said.Scores.FirstOrDefault(s => s.Criterion == criterion.Code)?.Value ?? 0;
            body.Raw($"<li>{Encode(criterion.Label.In(language))}{(language == "en" ? ": " : " : ")}{value.ToString(CultureInfo.InvariantCulture)}</li>");
        }

        body.Raw($"</ul>");
        if (said.ForJury is { } note) body.Raw($"<p>{Encode(note)}</p>");
    }
}
