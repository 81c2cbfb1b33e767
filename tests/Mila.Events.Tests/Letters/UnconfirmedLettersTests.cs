using Marten;
using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Letters;
using Mila.Events.Registrations;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.Letters;

public sealed class UnconfirmedLettersTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Whether_an_address_has_heard_is_read_of_that_address_and_not_of_everybody_at_the_event()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (@event, email) = (await Door.OpenAsync(admin), Door.NewEmail());
        for (var i = 0; i < 20; i++) await Door.RegisteredAsync(admin, @event);
        var first = await LostAsync(nobody, @event, email);
        (await HeardAsync(first)).ShouldBe(false);
        var second = await LostAsync(nobody, @event, email.ToUpperInvariant(), new { organisation = "Label" });
        (await HeardAsync(second)).ShouldBe(true);
        (await HeardAsync(first)).ShouldBe(false, "It was the first.");
        await Door.RegisteredAsync(admin, @event, email: email);
        (await HeardAsync(first)).ShouldBe(true, "Who asked again knows.");
    }

    private async Task<Guid> LostAsync(HttpClient caller, Answer @event, string email, object? more = null)
    {
        var asked = (await Door.AskAsync(caller, @event, email, more)).Expect(201);
        await mila.DrainAsync();
        mila.Clock.Advance(TimeSpan.FromMinutes(31));
        await mila.DrainAsync();
        return asked["id"].GetGuid();
    }

    private async Task<bool> HeardAsync(Guid id)
    {
        await using var session = mila.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var registration = (await session.LoadAsync<Registration>(id, TestContext.Current.CancellationToken))!;
        var heard = false;
        (await RowsRead.ByAsync(session, async () => heard = await WhenLettersAreDue.HasHeardAsync(session, registration, TestContext.Current.CancellationToken))).ShouldBeLessThan(10);
        return heard;
    }
}
