using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.Letters;

public sealed class AnotherEndLettersTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Another_end_is_written_and_another_room_beside_the_same_name_is_not()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, venue: new { mode = "onSite", name = "La grande salle" });
        var ada = Door.NewEmail();
        await Door.RegisteredAsync(admin, @event, email: ada);
        await mila.DrainAsync();
        await Door.ChangeAsync(admin, @event, new { venue = new { spaceCode = "SALLE-1" } });
        await Door.ChangeAsync(admin, @event, new { venue = new { spaceCode = "SALLE-2" } });
        await mila.DrainAsync();
        (await CountAsync(admin, ada)).ShouldBe(1, "She reads the same as before.");

        await Door.ChangeAsync(admin, @event, new { endsAt = "2026-03-16T22:30" });
        await mila.DrainAsync();
        (await CountAsync(admin, ada)).ShouldBe(2);
        var longer = (await admin.AskAsync($"/v1/mails?to={Uri.EscapeDataString(ada)}&limit=10")).Expect(200)["items"].EnumerateArray().Single(m => m.GetProperty("subject").GetString()!.StartsWith("Changement", StringComparison.Ordinal));
        (await admin.AskAsync($"/v1/mails/{longer.GetProperty("id").GetString()}")).Expect(200)["text"].GetString()!.ShouldContain("lundi 16 mars 2026, 19h00 – 22h30");
        await Door.ChangeAsync(admin, @event, new { venue = new { name = "Le studio" } });
        await mila.DrainAsync();
        (await CountAsync(admin, ada)).ShouldBe(3);
    }

    private static async Task<int> CountAsync(HttpClient admin, string to) => (await admin.AskAsync($"/v1/mails?to={Uri.EscapeDataString(to)}&limit=50")).Expect(200)["items"].GetArrayLength();
}
