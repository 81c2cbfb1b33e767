using Mila.Testing.App;

namespace Mila.Events.Tests.Calls;

/// <summary>Who was asked to review is forgotten a year after the end, whatever became of the call.</summary>
public sealed class ForgottenReviewersTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Reviewers_of_a_draft_that_is_cancelled_are_written_to_and_forgotten_and_so_are_those_of_one_that_is_left_alone()
    {
        using var admin = mila.Admin();
        var (cancelled, alone, later) = (await Stage.DrawnAsync(mila, admin), await Stage.DrawnAsync(mila, admin), await Stage.DrawnAsync(mila, admin));
        string[] emails = [Stage.NewEmail(), Stage.NewEmail(), Stage.NewEmail()];
        foreach (var (call, email) in new[] { (cancelled, emails[0]), (alone, emails[1]), (later, emails[2]) }) await Stage.ReviewerAsync(admin, call, email);
        (await admin.AmendAsync(later.CallPath(), new { closesAt = mila.Clock.GetUtcNow().AddDays(37) }, (await admin.AskAsync(later.CallPath())).Etag)).Expect(200);
        (await admin.TellAsync($"{cancelled.CallPath()}/cancellation", new { reason = new { fr = "Pas de scène.", en = "No stage." } })).Expect(200);
        (await Stage.MailsAsync(mila, emails[0])).ShouldContain(m => m.Text().Contains("The call is cancelled: No stage.", StringComparison.Ordinal));
        (await Stage.MailsAsync(mila, emails[1])).ShouldHaveSingleItem();

        mila.Clock.Advance(TimeSpan.FromDays(360));
        await mila.DrainAsync();
        foreach (var email in emails) (await KnownAsync(email)).ShouldBeGreaterThan(0);
        mila.Clock.Advance(TimeSpan.FromDays(15));
        await mila.DrainAsync();
        (await KnownAsync(emails[0]), await KnownAsync(emails[1]), await KnownAsync(emails[2]) > 0).ShouldBe((0, 0, true));
        mila.Clock.Advance(TimeSpan.FromDays(30));
        await mila.DrainAsync();
        (await KnownAsync(emails[2])).ShouldBe(0);
    }

    private async Task<long> KnownAsync(string email) =>
        (long)(await mila.SqlAsync($"select (select count(*) from events.mt_doc_call where data::text like '%{email}%') + (select count(*) from mila.mt_doc_outgoingmail where data::text like '%{email}%')"))!;
}
