using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mila.Events.Agenda;
using Mila.Events.Letters;
using Mila.Events.Registrations;
using static Mila.Events.PublicForm.PersonalPage;

namespace Mila.Events.Attendance;

/// <summary>
/// What the code on a ticket opens on a phone: who it is, and a button for whoever knows the event's door code. Who has typed it once need not for the next ticket: the phone
/// keeps a pass for that event.
/// </summary>
internal static class DoorPage
{
    private const int Digits = 8;
    private const string Pass = "mila-door";
    private static readonly TimeSpan PassHolds = TimeSpan.FromHours(12);

    /// <summary>The digits that check people in at this event, read out by <c>GET /v1/events/{id}/attendance</c>.</summary>
    public static string CodeOf(LinkSigner signer, Guid eventId) => signer.Digits("door", eventId.ToByteArray(), Digits);

    /// <summary>A ticket, as a page.</summary>
    internal static async Task<IResult> ShowAsync(string token, HttpContext context, LinkSigner signer, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        if (RegistrationLink.Open(signer, token) is not { Use: LinkUse.Ticket } link
            || await session.LoadAsync<Registration>(link.RegistrationId, ct) is not { } r || await session.LoadAsync<Event>(r.EventId, ct) is not { } e) return RegistrationErrors.Unknown.ToProblem();

        var language = LanguageOf(context.Request);
        var english = language == "en";
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<h1>{Encode(e.Texts.Title.In(language))}</h1><p>{Encode(RegistrationLetters.Time(e, language))}</p><p><strong>{Encode(r.Person.Name)}</strong> {Encode(r.Person.Organisation)}</p><p>{r.Seats} place{(r.Seats > 1 ? "s" : "")}</p>");
        if (r.Status is RegistrationStatus.Attended)
        {
            body.Append(english ? "<p role=\"status\"><strong>Checked in.</strong></p>" : "<p role=\"status\"><strong>Pointé.</strong></p>");
        }
        else if (r.Status is not (RegistrationStatus.Confirmed or RegistrationStatus.NoShow))
        {
            body.Append(english ? "<p role=\"alert\"><strong>No place: this registration is not confirmed.</strong></p>" : "<p role=\"alert\"><strong>Pas de place : cette inscription n'est pas confirmée.</strong></p>");
        }
        else if (!e.MayCheckIn(clock.GetUtcNow()))
        {
            var from = e.DoorOpensAt() is { } opens ? RegistrationLetters.Shown(opens, language) : null;
            body.Append(CultureInfo.InvariantCulture, $"<p role=\"status\">{Encode(english
                ? from is null ? "Nobody is checked in before the day of the event is confirmed." : $"People are checked in from {from}."
                : from is null ? "On ne pointe pas avant que la date de l'événement soit confirmée." : $"On pointe à partir du {from}.")}</p>");
        }
        else
        {
            if (HasSwitched(r, e))
            {
                body.Append(english
                    ? "<p role=\"alert\"><strong>Remotely: this person gave the seat back for the link.</strong> Checking in asks for a free seat first.</p>"
                    : "<p role=\"alert\"><strong>À distance : cette personne a rendu son siège pour le lien.</strong> Le pointage demande d'abord un siège libre.</p>");
                if (context.Request.Query.ContainsKey("full")) body.Append(english ? "<p role=\"alert\">No seat on site is free now: not checked in.</p>" : "<p role=\"alert\">Aucun siège n'est libre sur place : pas de pointage.</p>");
            }

            if (context.Request.Query.ContainsKey("wrong")) body.Append(english ? "<p role=\"alert\">This is not the door code.</p>" : "<p role=\"alert\">Ce n'est pas le code d'entrée.</p>");
            body.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"/check-in/{token}?lang={language}\">");
            if (!HasPass(context, signer, e.Id)) body.Append(CultureInfo.InvariantCulture, $"<p><label for=\"code\">{(english ? "Door code" : "Code d'entrée")}</label> <input id=\"code\" name=\"code\" inputmode=\"numeric\" autocomplete=\"off\" maxlength=\"{Digits}\" required></p>");
            body.Append(CultureInfo.InvariantCulture, $"<p><button type=\"submit\">{(english ? "Check in" : "Pointer")}</button></p></form>");
        }

        return new PublicForm.PersonalPage(language, e.Texts.Title.In(language), body.ToString());
    }

    /// <summary>Check somebody in who shows a ticket.</summary>
    internal static async Task<IResult> CheckInAsync(string token, HttpContext context, LinkSigner signer, Desks desks, IDocumentSession session, CancellationToken ct)
    {
        if (RegistrationLink.Open(signer, token) is not { Use: LinkUse.Ticket } link) return RegistrationErrors.Unknown.ToProblem();

        var typed = (await PublicForm.PostedForm.ReadAsync(context.Request, ct))["code"].ToString().Trim();
        var (desk, registration) = await desks.FindAsync(session, link.RegistrationId, ct);
        if (desk is null || registration is null) return RegistrationErrors.Unknown.ToProblem();
        if (!Same(typed, CodeOf(signer, registration.EventId)) && !HasPass(context, signer, registration.EventId)) return SeeOther(context, $"/check-in/{token}?wrong=1");

        context.WasRight();
        var sits = await SitsAsync(session, desk, registration, ct);
        if (sits) desk.CheckIn(registration);
        await Desks.CloseAsync(session, desk, ct);
        await session.SaveChangesAsync(ct);
        context.Response.Cookies.Append(Pass, PassOf(signer, registration.EventId), new CookieOptions
        {
            Path = "/check-in",
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = PassHolds,
        });
        return SeeOther(context, $"/check-in/{token}{(sits ? "" : "?full=1")}");
    }

    // A ticket is on paper: it outlives the change to the link.
    private static bool HasSwitched(Registration r, Event e) => r is { Status: RegistrationStatus.Confirmed, Place: Place.Remote } && e.Mode() is VenueMode.Hybrid;

    /// <summary>Whether this person has a seat in the room, or has one again now. Once the event is over it is said who came, and no seat is asked for.</summary>
    private static async Task<bool> SitsAsync(IDocumentSession session, Desk desk, Registration registration, CancellationToken ct)
    {
        if (!HasSwitched(registration, desk.Event) || !desk.Event.MayCheckIn(desk.Now)) return true;

        return desk.SwitchTo(registration, Place.OnSite, await Desks.KnownAsync(session, desk, registration, ct)).Succeeded(out var refusal) || refusal == RegistrationErrors.EventOver;
    }

    private static bool HasPass(HttpContext context, LinkSigner signer, Guid eventId) => context.Request.Cookies[Pass] is { } pass && Same(pass, PassOf(signer, eventId));

    private static string PassOf(LinkSigner signer, Guid eventId) => signer.Seal("door-pass", eventId.ToByteArray());

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
