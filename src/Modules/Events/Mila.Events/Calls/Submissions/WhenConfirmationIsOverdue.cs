using Mila.BuildingBlocks.Mail;

namespace Mila.Events.Calls.Submissions;

/// <summary>What nobody confirmed is not kept: it may have been a stranger's address.</summary>
internal sealed class WhenConfirmationIsOverdue(IDocumentSession session, TimeProvider clock) : INotificationHandler<ConfirmationIsOverdue>
{
    public async Task Handle(ConfirmationIsOverdue notification, CancellationToken ct)
    {
        var (_, submission) = await session.LockedAsync(notification.SubmissionId, ct);
        if (submission is not { Status: SubmissionStatus.Pending }) return;

        session.Delete(submission);
        await session.EraseMailsAboutAsync(CallLetters.TopicOf(submission.Id), clock, ct);
    }
}
