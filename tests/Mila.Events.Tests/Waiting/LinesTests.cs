using Marten;
using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Registrations;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Registrations;
using Mila.Events.Waiting;
using Mila.Testing.App;

namespace Mila.Events.Tests.Waiting;

public sealed class LinesTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task The_line_is_read_once_however_many_ask_where_they_stand()
    {
        using var admin = mila.Admin();
        var ct = TestContext.Current.CancellationToken;
        var @event = await Door.OpenAsync(admin, capacity: 1);
        await Door.RegisteredAsync(admin, @event);
        var id = Guid.Parse(@event.Id());
        var wishes = Enumerable.Range(0, 30).Select(_ => RegisterForEvent.WishOf(new RegisterForEvent.Request("Nina Simon", Door.NewEmail()), null, "fr"));
        await mila.Services.GetRequiredService<RegistrationBatch>().ServeAsync([.. wishes.Select(w => new Asked(Guid.CreateVersion7(mila.Clock.GetUtcNow()), id, w, ByMail: false, Claim: null))]);

        await using var session = mila.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var line = await Lines.PartAsync(session, id, LineKey.First(id), 100, ct);
        line.Count.ShouldBe(30);
        var (without, keys) = (line.Where((_, i) => i % 7 == 3).Select(r => r.Id).ToList(), line.Select(r => r.Line!).Append(LineKey.Between(line[4].Line!, line[5].Line!)).Reverse().ToList());
        var before = new Dictionary<string, int>(StringComparer.Ordinal);
        var read = await RowsRead.ByAsync(session, async () => before = await Lines.BeforeAsync(session, id, keys, without, ct));

        before.Count.ShouldBe(31);
        foreach (var key in keys) before[key].ShouldBe(line.Count(r => string.CompareOrdinal(r.Line, key) < 0 && !without.Contains(r.Id)));
        read.ShouldBeInRange(1, line.Count + without.Count);
    }
}
