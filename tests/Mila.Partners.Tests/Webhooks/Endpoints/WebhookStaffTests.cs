using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Hosting;
using Mila.Partners.Tests.Webhooks.Delivery;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Endpoints;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Partners.Tests.Webhooks.Endpoints;

public sealed class WebhookStaffTests(WebhookStaffTests.Told mila) : IClassFixture<WebhookStaffTests.Told>
{
    [Fact]
    public async Task Staff_are_told_of_an_endpoint_that_nobody_else_is_told_of()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");
        using var admin = mila.Admin();
        var silent = (await admin.MakeAsync("/v1/partners", new { code = "silent", name = "Le Réseau muet", kind = "network" })).Id();
        var reached = (await admin.MakeAsync("/v1/partners", new { code = "reached", name = "Reached", kind = "network", contactEmail = "tech@reached.example" })).Id();

        (await AllMailsAsync(await GoneAsync(null))).ShouldBe(["Un webhook est désactivé : MILA", "Un webhook est désactivé : MILA"]);
        (await AllMailsAsync(await GoneAsync(silent))).ShouldBe(["Un webhook est désactivé : Le Réseau muet", "Un webhook est désactivé : Le Réseau muet"]);
        (await AllMailsAsync(await GoneAsync(reached))).ShouldBe(["Votre webhook est désactivé"]);

        async Task<Guid> GoneAsync(Guid? partnerId)
        {
            var endpoint = (await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, partnerId, eventTypes = new[] { "panel.retired" } })).Id();
            await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/test");
            await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
            return endpoint;
        }

        async Task<string[]> AllMailsAsync(Guid endpoint) =>
            [.. (await admin.ReadAsync($"/v1/mails?about=webhook-endpoint:{endpoint}")).GetProperty("items").EnumerateArray().Select(m => m.Text("subject"))];
    }

    [Fact]
    public void Unless_it_is_said_who_they_are_the_mailbox_that_writes_is_told()
    {
        From([]).ShouldBeEmpty();
        From(new() { ["Mail:From"] = "MILA <bonjour@mila.example>" }).ShouldBe(["bonjour@mila.example"]);
        From(new() { ["Mail:From"] = "bonjour@mila.example", ["Webhooks:TellTo"] = "a@mila.example, b@mila.example" }).ShouldBe(["a@mila.example", "b@mila.example"]);
        Should.Throw<SettingException>(() => From(new() { ["Webhooks:TellTo"] = "nobody" }));

        static IReadOnlyList<string> From(Dictionary<string, string?> settings) => WebhookStaff.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Addresses;
    }

    public sealed class Told(TestPostgres postgres) : TestMila(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("Webhooks:TellTo", "coordination@mila.example, assistance@mila.example")];
    }
}
