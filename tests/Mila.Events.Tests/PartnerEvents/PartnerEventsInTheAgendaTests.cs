using System.Text.Json;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Feeds;
using Mila.Partners.Contracts;
using Mila.Testing.App;

namespace Mila.Events.Tests.PartnerEvents;

public sealed class PartnerEventsInTheAgendaTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_partners_event_stands_in_every_form_marked_as_the_partners_and_leads_to_its_page()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var network = await NetworkAsync("marked", "Réseau <Marqué>");
        var own = await Scenario.PublishedAsync(admin, title: "Of our own", startsAt: "2026-05-04T17:00:00Z", endsAt: "2026-05-04T19:00:00Z");
        var pushed = await PushAsync(network, "Rencontre & marquée", summary: "Un <script>alert(1)</script> **mot**");
        var page = $"https://partner.example/{pushed:N}";

        var feed = await public_.GetUntilAsync("/feeds/events.json?partner=marked", a => a.Status == 200 && a["items"].GetArrayLength() == 1);
        var item = feed["items"][0];
        (item.Text("url"), item.Text("title")).ShouldBe((page, "Rencontre & marquée (Réseau <Marqué>)"));
        item.Text("content_html").ShouldContain("<strong>mot</strong>");
        item.Text("content_html").ShouldNotContain("<script>");
        item.GetProperty("_mila").GetProperty("partner").Text("code").ShouldBe("marked");
        item.GetProperty("_mila").GetProperty("slug").ValueKind.ShouldBe(JsonValueKind.Null);

        var calendar = (await public_.AskAsync("/feeds/events.ics?partner=marked")).Expect(200).Text.Replace("\r\n ", "", StringComparison.Ordinal);
        calendar.ShouldContain($"UID:{pushed}@mila");
        calendar.ShouldContain($"URL:{page}");
        calendar.ShouldContain("SUMMARY:Rencontre & marquée (Réseau <Marqué>)");
        foreach (var ending in new[] { "atom", "rss" }) (await public_.AskAsync($"/feeds/events.{ending}?partner=marked")).Expect(200).Text.ShouldContain(page, customMessage: ending);
        (await public_.AskAsync("/feeds/events.csv?partner=marked")).Expect(200).Text.TrimEnd().ShouldEndWith(",marked");

        var html = (await public_.AskAsync("/agenda?lang=fr")).Expect(200).Text;
        html.ShouldContain($"<a href=\"{page}\" rel=\"noopener\">Rencontre &amp; marqu&#xE9;e</a>".Replace("&#xE9;", "é", StringComparison.Ordinal));
        html.ShouldContain("Événement de Réseau &lt;Marqué&gt;");
        html.ShouldContain("<option value=\"marked\">");
        (await public_.AskAsync("/agenda?partner=mila")).Expect(200).Text.ShouldNotContain(page);
        (await public_.AskAsync("/embed/agenda?limit=100")).Expect(200).Text.ShouldContain(page);

        (await public_.AskAsync("/feeds/openagenda/events.v2.json")).Expect(200).Text.ShouldNotContain(page);
        (await public_.AskAsync("/wp-json/tribe/events/v1/events?per_page=50")).Expect(200).Text.ShouldNotContain(page);
        (await public_.AskAsync($"/feeds/events.json?partner=mila")).Expect(200).Text.ShouldContain(own["slug"].GetString()!);
        (await public_.AskAsync("/feeds/events.json?partner=nobody")).ShouldRefuse(404, "partner-unknown");
        (await admin.AskAsync("/v1/events?limit=250")).Expect(200).Text.ShouldNotContain(pushed.ToString());
    }

    [Fact]
    public async Task With_the_agreement_its_events_go()
    {
        using var public_ = mila.Anonymous();
        var network = await NetworkAsync("ending", "Ending");
        await PushAsync(network, "Some day", month: "2026-06");
        var listed = await public_.GetUntilAsync("/feeds/events.json?partner=ending&month=2026-06", a => a.Status == 200 && a["items"].GetArrayLength() == 1);
        listed["items"][0].GetProperty("_mila").Text("month").ShouldBe("2026-06");
        await mila.TellAsync(new AgreementEnded(network.Agreement, network.Id, new(2026, 3, 8), 2, mila.Clock.GetUtcNow()));
        await public_.GetUntilAsync("/feeds/events.json?partner=ending", a => a.Status == 200 && a["items"].GetArrayLength() == 0);
    }

    private Task<(Guid Id, Guid Agreement)> NetworkAsync(string code, string name) => NetworkAsync(mila, code, name);

    private Task<Guid> PushAsync((Guid Id, Guid Agreement) network, string title, string? summary = null, string? month = null) => PushAsync(mila, network, title, summary, month);

    internal static async Task<(Guid Id, Guid Agreement)> NetworkAsync(TestMila mila, string code, string name)
    {
        var (id, agreement, at) = (Guid.CreateVersion7(), Guid.CreateVersion7(), mila.Clock.GetUtcNow());
        await mila.TellAsync(
            new PartnerRegistered(id, code, name, "network", Reciprocity: true, 1, at),
            new AgreementSigned(agreement, id, "access", "reciprocal", new(2026, 1, 1), null, Events: true, Consultations: false, 0, 48, 1, at));
        return (id, agreement);
    }

    internal static async Task<Guid> PushAsync(TestMila mila, (Guid Id, Guid Agreement) network, string title, string? summary = null, string? month = null, bool cancelled = false, Guid? id = null, int revision = 1)
    {
        var (pushed, at) = (id ?? Guid.CreateVersion7(), mila.Clock.GetUtcNow());
        await mila.TellAsync(new PartnerEventPushed(
            pushed, network.Id, pushed.ToString("N"), title, null, summary, null, month, month is null ? at.AddDays(60) : null, month is null ? at.AddDays(60).AddHours(2) : null, "onSite", "La salle", null, null,
            "network", $"https://partner.example/{pushed:N}", ["live"], cancelled ? at : null, null, null, at, 0, revision, at));
        return pushed;
    }
}
