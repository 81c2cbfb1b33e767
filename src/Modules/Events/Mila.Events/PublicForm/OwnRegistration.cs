using System.Globalization;
using System.Text;
using Mila.Events.Agenda;
using Mila.Events.Letters;
using Mila.Events.Registrations;
using Mila.Events.Waiting;
using QRCoder;
using static Mila.Events.PublicForm.PersonalPage;

namespace Mila.Events.PublicForm;

/// <summary>What a person sees and does with the link in a mail. Reading the page changes nothing, because mail programs follow links too; each button answers its question once.</summary>
internal static class OwnRegistration
{
    // Refusals after which the registration stands as before, so that the page has to say why.
    private static readonly Error[] Unseen =
        [RegistrationErrors.NoSeatOnSite, RegistrationErrors.Full, RegistrationErrors.OrganisationSeatsTaken, RegistrationErrors.LargerThanShare, RegistrationErrors.EventOver, RegistrationErrors.NotOpen, EventErrors.Cancelled];

    private const int MostDecisions = 50;

    /// <summary>A person's own registration, as a page.</summary>
    internal static async Task<IResult> ShowAsync(string token, HttpContext context, LinkSigner signer, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(token, signer, session, ct) is not { } found) return RegistrationErrors.Unknown.ToProblem();

        var (link, r) = found;
        if (await session.LoadAsync<Event>(r.EventId, ct) is not { } e) return RegistrationErrors.Unknown.ToProblem();

        var ranks = await Lines.RanksAsync(session, [r.Id], ct);
        var decisions = await session.Query<Decision>().Where(d => d.RegistrationId == r.Id).OrderByDescending(d => d.At).Take(MostDecisions).ToListAsync(ct);
        var language = context.Request.Query["lang"] is [("fr" or "en") and { } asked] ? asked : r.Person.Language;
        var body = Body(token, link, r, e, ranks.TryGetValue(r.Id, out var s) ? s : null, language == "en", language, clock.GetUtcNow(), context.Request.Query["refused"]);
        return new PersonalPage(language, e.Texts.Title.In(language), body + Decided(decisions, language));
    }

    /// <summary>Confirm the address that a registration was sent with.</summary>
    internal static Task<IResult> ConfirmAsync(string token, HttpContext context, LinkSigner signer, Desks desks, IDocumentSession session, CancellationToken ct) =>
        ActAsync(token, context, signer, desks, session, LinkUse.Confirm, async (desk, r, _) =>
        {
            return desk.ConfirmAddress(r, await Desks.KnownAsync(session, desk, r, ct));
        }, ct);

    /// <summary>Take the place that is offered.</summary>
    internal static Task<IResult> AcceptAsync(string token, HttpContext context, LinkSigner signer, Desks desks, IDocumentSession session, CancellationToken ct) =>
        ActAsync(token, context, signer, desks, session, LinkUse.Own, (desk, r, link) =>
        {
            // The link of an old offer accepts no later one.
            return Task.FromResult(link.Use is not LinkUse.Offer || link.Stamp == r.Offers ? desk.Accept(r) : Result.Done);
        }, ct);

    /// <summary>Give one's place, or the wish for one, back.</summary>
    internal static Task<IResult> CancelAsync(string token, HttpContext context, LinkSigner signer, Desks desks, IDocumentSession session, CancellationToken ct) =>
        ActAsync(token, context, signer, desks, session, LinkUse.Own, (desk, r, link) =>
        {
            // The link of an old offer declines no later one.
            return Task.FromResult(link.Use is not LinkUse.Offer || r.Status is not RegistrationStatus.Offered || link.Stamp == r.Offers ? desk.Cancel(r) : Result.Done);
        }, ct);

    /// <summary>Change from the room to the link of a hybrid event, or back while a seat is free.</summary>
    internal static Task<IResult> SwitchAsync(string token, HttpContext context, LinkSigner signer, Desks desks, IDocumentSession session, CancellationToken ct) =>
        ActAsync(token, context, signer, desks, session, LinkUse.Own, async (desk, r, _) =>
        {
            var place = context.Request.Query["to"] == "remote" ? Place.Remote : Place.OnSite;
            return desk.SwitchTo(r, place, await Desks.KnownAsync(session, desk, r, ct));
        }, ct);

    /// <summary>The code that is scanned at the door.</summary>
    internal static async Task<IResult> CodeAsync(string token, LinkSigner signer, RegistrationLetters letters, IQuerySession session, CancellationToken ct)
    {
        if (await FindAsync(token, signer, session, ct) is not { Registration: { Status: RegistrationStatus.Confirmed, Place: Place.OnSite } r }) return RegistrationErrors.Unknown.ToProblem();

        using var code = QRCodeGenerator.GenerateQrCode(letters.TicketUrl(r), QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        return TypedResults.Text(svg.GetGraphic(6), "image/svg+xml", Encoding.UTF8);
    }

    private static async Task<IResult> ActAsync(
        string token, HttpContext context, LinkSigner signer, Desks desks, IDocumentSession session, LinkUse use, Func<Desk, Registration, RegistrationLink, Task<Result>> act, CancellationToken ct)
    {
        if (RegistrationLink.Open(signer, token) is not { } link || (use is LinkUse.Own ? link.Use is LinkUse.Ticket or LinkUse.Feedback : link.Use != use)) return RegistrationErrors.Unknown.ToProblem();

        var (desk, registration) = await desks.FindAsync(session, link.RegistrationId, ct);
        if (desk is null || registration is null) return RegistrationErrors.Unknown.ToProblem();

        var done = await act(desk, registration, link);
        await Desks.CloseAsync(session, desk, ct);
        await session.SaveChangesAsync(ct);
        // Done or not, the page says how it stands; and what does not show by that.
        return SeeOther(context, $"/registrations/{token}{(!done.Succeeded(out var refusal) && Array.Exists(Unseen, u => u.Code == refusal.Code) ? $"?refused={refusal.Code}" : "")}");
    }

    private static async Task<(RegistrationLink Link, Registration Registration)?> FindAsync(string token, LinkSigner signer, IQuerySession session, CancellationToken ct) =>
        RegistrationLink.Open(signer, token) is { Use: LinkUse.Confirm or LinkUse.Offer or LinkUse.Own } link && await session.LoadAsync<Registration>(link.RegistrationId, ct) is { } registration
            ? (link, registration)
            : null;

    private static string Body(string token, RegistrationLink link, Registration r, Event e, (int Rank, int Of)? standing, bool english, string language, DateTimeOffset now, string? refused)
    {
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<h1>{Encode(e.Texts.Title.In(language))}</h1><p>{Encode(RegistrationLetters.Time(e, language))}</p><p>{Encode(RegistrationLetters.Where(e, r, language))}</p><p>{Encode(r.Person.Name)}, {r.Seats} place{(r.Seats > 1 ? "s" : "")}</p>");
        body.Append(CultureInfo.InvariantCulture, $"<p role=\"status\"><strong>{Encode(Says(r, english, language, now))}</strong></p>");
        if (Array.Find(Unseen, u => u.Code == refused) is { } refusal && IsSo(refusal, r, e, now))
        {
            body.Append(CultureInfo.InvariantCulture, $"<p role=\"alert\">{Encode(english ? refusal.Detail : refusal.DetailFr)}</p>");
        }

        if (standing is { } s) body.Append(CultureInfo.InvariantCulture, $"<p>{Encode(Reasons.Standing(r, s.Rank, s.Of).In(language))}</p>");
        if (r.Status is RegistrationStatus.Confirmed && r.Place is Place.OnSite)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p><img src=\"/registrations/{token}/code.svg\" width=\"240\" height=\"240\" alt=\"{(english ? "Your code for the door" : "Votre code pour l'entrée")}\"></p>");
        }

        if (e.TakesNobody(now) is not null) return body.ToString();

        if (link.Use is LinkUse.Confirm && r.Status is RegistrationStatus.Pending && r.OfferExpiresAt > now) body.Append(Button($"/registrations/{token}/confirmation?lang={language}", english ? "Confirm my registration" : "Confirmer mon inscription"));
        // Every link of the person's answers the offer that stands, but for that of an earlier one.
        if (r.Status is RegistrationStatus.Offered && (link.Use is not LinkUse.Offer || link.Stamp == r.Offers) && r.OfferExpiresAt > now)
        {
            body.Append(Button($"/registrations/{token}/acceptance?lang={language}", english ? "Take the place" : "Accepter la place")).Append(Button($"/registrations/{token}/cancellation?lang={language}", english ? "Decline" : "Décliner"));
        }
        else if (r.Status is RegistrationStatus.Confirmed or RegistrationStatus.Waitlisted or RegistrationStatus.Offered)
        {
            body.Append(Button($"/registrations/{token}/cancellation?lang={language}", english ? "Cancel my registration" : "Annuler mon inscription"));
        }

        if (e.Mode() is VenueMode.Hybrid && r.Status is RegistrationStatus.Confirmed or RegistrationStatus.Waitlisted or RegistrationStatus.Offered)
        {
            body.Append(r.Place is Place.OnSite
                ? Button($"/registrations/{token}/place?to=remote&lang={language}", english ? "Take part remotely instead" : "Participer plutôt à distance")
                : Button($"/registrations/{token}/place?to=onSite&lang={language}", english ? "Come on site instead, while a seat is free" : "Venir plutôt sur place, s'il reste un siège"));
        }

        return body.ToString();
    }

    /// <summary>What was decided of it in the waiting line, the newest first: every offer, skip, expiry and change by staff, in the words that are kept.</summary>
    private static string Decided(IReadOnlyList<Decision> decisions, string language)
    {
        if (decisions.Count == 0) return "";

        var body = new StringBuilder($"<h2>{(language == "en" ? "What was decided in the waiting list" : "Ce qui a été décidé en liste d'attente")}</h2><ul>");
        foreach (var d in decisions) body.Append(CultureInfo.InvariantCulture, $"<li>{Encode(RegistrationLetters.Shown(d.At, language))}{(language == "en" ? ": " : "\u00a0: ")}{Encode(Reasons.Told(d).In(language))}</li>");
        return body.Append("</ul>").ToString();
    }

    // An address can be typed: the page says why only where it is so.
    private static bool IsSo(Error refusal, Registration r, Event e, DateTimeOffset now) =>
        refusal == RegistrationErrors.NoSeatOnSite ? r is { Status: RegistrationStatus.Confirmed, Place: Place.Remote }
        : refusal == RegistrationErrors.Full || refusal == RegistrationErrors.OrganisationSeatsTaken || refusal == RegistrationErrors.LargerThanShare ? r.Status is RegistrationStatus.Pending
        : r.Status is RegistrationStatus.Pending or RegistrationStatus.Confirmed or RegistrationStatus.Waitlisted or RegistrationStatus.Offered && e.TakesNobody(now) == refusal;

    private static string Says(Registration r, bool english, string language, DateTimeOffset now) => r.Status switch
    {
        RegistrationStatus.Pending when r.OfferExpiresAt <= now => english ? "This link has expired. Please register again." : "Ce lien a expiré. Merci de vous réinscrire.",
        RegistrationStatus.Pending => english ? "To be confirmed" : "À confirmer",
        RegistrationStatus.Confirmed => english ? "Your place is confirmed." : "Votre place est confirmée.",
        RegistrationStatus.Waitlisted => english ? "You are on the waiting list." : "Vous êtes en liste d'attente.",
        RegistrationStatus.Offered when r.OfferExpiresAt > now => english ? $"A place is held for you until {RegistrationLetters.Shown(r.OfferExpiresAt!.Value, language)}." : $"Une place vous est réservée jusqu'au {RegistrationLetters.Shown(r.OfferExpiresAt!.Value, language)}.",
        RegistrationStatus.Declined => english ? "You have declined." : "Vous avez décliné.",
        RegistrationStatus.Cancelled => english ? "Your registration is cancelled." : "Votre inscription est annulée.",
        RegistrationStatus.Attended => english ? "You were there. Thank you!" : "Vous y étiez, merci !",
        RegistrationStatus.NoShow => english ? "You were expected." : "Vous étiez attendu.",
        _ => english ? "This registration has expired." : "Cette inscription a expiré.",
    };
}
