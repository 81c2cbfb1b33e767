using Mila.BuildingBlocks.Pages;
using Mila.Events.Feeds;

namespace Mila.Events.Tests.Feeds;

public sealed class AgendaEditionTests
{
    private static readonly AgendaEdition Empty = AgendaEdition.Of(null!, 1, [], [], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_form_is_written_once_however_many_ask_at_once()
    {
        var form = new Counted("once", 10);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () => await Empty.GetAsync(form))));

        form.Written.ShouldBe(1);
        answers.Distinct().ShouldHaveSingleItem();
        (await Empty.GetAsync(new Counted("once", 10))).ShouldBeSameAs(answers[0], "Equal forms are one.");
    }

    [Fact]
    public async Task Odd_forms_do_not_fill_the_memory()
    {
        var edition = AgendaEdition.Of(null!, 1, [], [], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        for (var i = 0; i < 100; i++) await edition.GetAsync(new Counted($"odd {i}", 1024 * 1024));

        edition.Forms.Count().ShouldBeInRange(20, 40);
        (await edition.GetAsync(new Counted("odd 99", 1024 * 1024))).Length.ShouldBe(1024 * 1024, "Who asks is answered all the same.");
    }

    [Fact]
    public async Task A_form_that_cannot_be_written_fails_for_those_who_ask_for_it()
    {
        await Should.ThrowAsync<OverflowException>(async () => await Empty.GetAsync(new Counted("broken", -1)));
    }

    private sealed record Counted(string Name, int Size) : AgendaForm
    {
        private int _written;

        public int Written => _written;

        public bool Equals(Counted? other) => other?.Name == Name;

        public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

        public override ServedBytes Write(AgendaEdition edition)
        {
            Interlocked.Increment(ref _written);
            return new ServedBytes(new byte[checked((uint)Size)], "text/plain", Caching);
        }
    }
}
