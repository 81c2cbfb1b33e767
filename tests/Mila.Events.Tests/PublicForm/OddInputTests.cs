using System.Net.Http.Headers;
using System.Text;
using Mila.Events.Letters;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Calls;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.PublicForm;

/// <summary>What anybody can send, and no program should.</summary>
public sealed class OddInputTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task What_is_no_character_is_taken_or_refused_and_breaks_nothing()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var @event = await Door.OpenAsync(admin);
        (await Door.AskAsync(nobody, @event, more: new { organisation = "L\ufffe" })).Expect(201)["organisation"].GetString().ShouldBe("L");
        (await Stage.PostAsync(mila, Form(@event), ("name", "Nina"), ("email", Door.NewEmail()), ("organisation", "L\ufffe"), ("seats", "1"))).Status.ShouldBe(303);
        (await Stage.SendAsync(nobody, await Stage.OpenAsync(mila, admin), act: "Les\ufffe")).Expect(201);
        (await admin.TellAsync("/v1/events", new { programme = await Scenario.ProgrammeAsync(admin), title = new { fr = "L\ufffe" }, month = "2026-05" })).Expect(201)["slug"].GetString().ShouldBe("l");
    }

    [Fact]
    public async Task A_form_whose_parts_end_too_soon_is_as_one_that_is_empty()
    {
        using var admin = mila.Admin();
        var (@event, call) = (await Door.OpenAsync(admin), await Stage.OpenAsync(mila, admin));
        var made = await Door.RegisteredAsync(admin, @event);
        var signer = (Mila.BuildingBlocks.Security.LinkSigner)mila.Services.GetService(typeof(Mila.BuildingBlocks.Security.LinkSigner))!;
        foreach (var path in new[]
        {
            Form(@event), $"/calls/{call["slug"].GetString()}/submission", Stage.OwnPage(mila, await Stage.TakenAsync(admin, call)),
            $"/check-in/{new RegistrationLink(made["id"].GetGuid(), LinkUse.Ticket).Seal(signer)}",
        })
        {
            using var body = new ByteArrayContent(Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nNi"));
            body.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
            using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = mila.Address };
            using var answer = await client.PostAsync(path, body);
            ((int)answer.StatusCode).ShouldBeOneOf([200, 303], path);
        }

        (await Door.StatusAsync(admin, made)).ShouldBe("confirmed");
    }

    private static string Form(Answer @event) => $"/agenda/{@event["slug"].GetString()}/registration";
}
