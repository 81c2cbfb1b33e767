using Mila.BuildingBlocks.Time;

namespace Mila.Partners.Grants;

/// <summary>A grant's tranche or report is due, or will be.</summary>
/// <param name="GrantId">The grant.</param>
/// <param name="Of">Of what.</param>
/// <param name="DueOn">Its day when this was scheduled: when that has changed, another reminder stands for it.</param>
/// <param name="DaysBefore">How long before.</param>
internal sealed record ReminderDue(Guid GrantId, string Of, DateOnly DueOn, int DaysBefore) : INotification
{
    public const string Tranche = "tranche";
    public const string Report = "report";
}

/// <summary>Reminders are scheduled with the change that makes them necessary, in its transaction, at nine in the morning in Paris.</summary>
internal static class Reminders
{
    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>Schedules what the grant has now and had not before, once for each day: the reminder speaks of all that is due on it. What has passed is not said any more.</summary>
    public static void Schedule(IDocumentSession session, Guid grantId, GrantTerms? before, GrantTerms now, FundingSettings settings, DateTimeOffset at)
    {
        foreach (var report in now.Reports.Where(r => r.SentOn is null && before?.Reports.Any(b => b.DueOn == r.DueOn) != true).DistinctBy(r => r.DueOn))
        {
            foreach (var days in settings.RemindDaysBefore) ScheduleOne(session, new ReminderDue(grantId, ReminderDue.Report, report.DueOn, days), at);
        }

        foreach (var tranche in now.Tranches.Where(t => t.PaidOn is null && before?.Tranches.Any(b => b.DueOn == t.DueOn) != true).DistinctBy(t => t.DueOn)) ScheduleOne(session, new ReminderDue(grantId, ReminderDue.Tranche, tranche.DueOn, 0), at);
    }

    private static void ScheduleOne(IDocumentSession session, ReminderDue reminder, DateTimeOffset at)
    {
        // Nine exists once on every day in Paris.
        ParisTime.Instant(reminder.DueOn.AddDays(-reminder.DaysBefore), Morning).Succeeded(out var due, out _);
        if (due > at) session.PublishAt(reminder, due);
    }
}
