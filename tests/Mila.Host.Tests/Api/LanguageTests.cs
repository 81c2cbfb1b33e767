using System.Text.Json;
using Mila.Host.Tests.Running;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Api;

/// <summary>What people read of a refusal is in the language that they ask for, down to each fault of a field.</summary>
public sealed class LanguageTests(TestMila mila, TestPostgres postgres) : IClassFixture<TestMila>
{
    private static readonly object Wrong = new { programme = "Club MILA", title = new { fr = "" }, month = "2026-13", capacity = -1 };

    [Theory]
    [InlineData("fr")]
    [InlineData("fr-FR,fr;q=0.9,en;q=0.8")]
    [InlineData("de, fr;q=0.5, en;q=0.4")]
    public async Task A_refusal_is_French_to_who_asks_for_it(string accepted)
    {
        using var admin = mila.Admin();
        var refusal = (await admin.TellAsync("/v1/events", Wrong, ("Accept-Language", accepted))).ShouldRefuse(422, "request-invalid", "/title/fr required", "/month wrong-format", "/programme wrong-format", "/capacity out-of-range");
        (refusal["title"].GetString(), refusal["detail"].GetString()).ShouldBe(("Invalide", "Certains champs ne sont pas valides."));
        var said = DetailsOf(refusal.Json);
        said["/month"].ShouldBe("yyyy-MM, de 2002 à 2099.");
        said["/programme"].ShouldBe("Des mots en minuscules joints par des traits d’union.");
        said["/capacity"].ShouldStartWith("'capacity' doit être ");
        said["/title/fr"].ShouldStartWith("'fr' ");
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", null, 404, "Introuvable", "Il n'y a rien à cette adresse.")]
    [InlineData("DELETE", "/v1/programmes", null, 405, "Méthode non acceptée", "Cette adresse n'accepte pas cette méthode ; voir Allow.")]
    [InlineData("GET", "/v1/programmes?limit=0", null, 400, "Requête illisible", "De 1 à 250.")]
    [InlineData("GET", "/v1/dead-letters?sort=x", null, 400, "Requête illisible", "L’un de parkedAt, -parkedAt.")]
    [InlineData("POST", "/v1/programmes", "{\"code\":1}", 422, "Invalide", "Ce n’est pas une valeur de ce type.")]
    [InlineData("POST", "/v1/programmes", "{}", 422, "Invalide", "Ce membre manque.")]
    [InlineData("POST", "/v1/programmes", "{", 400, "Requête illisible", "Ligne 1, octet 2.")]
    [InlineData("POST", "/v1/programmes", "[]", 400, "Requête illisible", "Le corps n'est pas un objet JSON.")]
    [InlineData("POST", "/v1/events", "{\"programme\":\"x\",\"title\":{\"fr\":\"x\"},\"startsAt\":\"2026-03-29T02:30\"}", 422, "Invalide", "Cette heure n’existe pas")]
    [InlineData("GET", "/feeds/events.json?month=2026-13", null, 400, "Requête illisible", "Un mois s’écrit yyyy-MM.")]
    [InlineData("GET", "/feeds/events.ics?audience=all", null, 400, "Requête illisible", "L’un de members, hosted, network, professionals, public.")]
    [InlineData("GET", "/embed/agenda?limit=0", null, 400, "Requête illisible", "De 1 à 100.")]
    [InlineData("GET", "/oembed", null, 400, "Requête illisible", "L’adresse d’une page de l’agenda.")]
    [InlineData("GET", "/wp-json/tribe/events/v1/events?start_date=soon", null, 400, "Requête illisible", "Un jour s’écrit yyyy-MM-dd.")]
    [InlineData("GET", "/v1/changes?type=event.forgotten", null, 400, "Requête illisible", "Ce type n’existe pas.")]
    [InlineData("POST", "/v1/events/import", "{\"events\":[{\"programme\":\"nobody\",\"title\":\"x\",\"month\":\"2026-03\"}]}", 422, "Invalide", "Aucun programme ne porte ce code.")]
    public async Task So_is_what_was_never_read_by_a_slice(string method, string path, string? body, int status, string title, string said)
    {
        using var admin = mila.Admin();
        var refusal = (await admin.CallAsync(method, path, body, ("Accept-Language", "fr"))).Expect(status);
        refusal["title"].GetString().ShouldBe(title);
        refusal.Text.ShouldContain(said);
    }

    [Fact]
    public async Task Everybody_else_reads_English_whatever_the_language_of_the_machine()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.ServeWith("LC_ALL", "ar_SA.UTF-8", folder.Path, await postgres.CreateDatabaseAsync()).ReadyAsync();
        using var admin = host.Client(folder.AdminKey);
        foreach (var accepted in new[] { "", "en", "ar", "de-DE, zh" })
        {
            var refusal = (await admin.TellAsync("/v1/events", Wrong, ("Accept-Language", accepted))).Expect(422);
            refusal["title"].GetString().ShouldBe("Invalid", accepted);
            DetailsOf(refusal.Json)["/capacity"].ShouldBe("'capacity' must be between 1 and 100000. You entered -1.", accepted);
        }
    }

    private static Dictionary<string, string> DetailsOf(JsonElement problem) =>
        problem.GetProperty("errors").EnumerateArray().ToDictionary(e => e.GetProperty("pointer").GetString()!, e => e.GetProperty("detail").GetString()!);
}
