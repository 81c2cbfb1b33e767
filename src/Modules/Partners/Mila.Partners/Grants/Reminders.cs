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
    private static readonly int[] OnTheDay = [0];

    /// <summary>Schedules what the grant has now and never had before, once for each day: the reminder speaks of all that is due on it. What has passed is not said any more.</summary>
    public static void Schedule(IDocumentSession session, Grant grant, FundingSettings settings, DateTimeOffset at)
    {
        foreach (var day in grant.Plan())
        {
            foreach (var before in day.Of == ReminderDue.Report ? settings.RemindDaysBefore : OnTheDay) ScheduleOne(session, new ReminderDue(grant.Id, day.Of, day.On, before), at);
        }
    }

    private static void ScheduleOne(IDocumentSession session, ReminderDue reminder, DateTimeOffset at)
    {
        // Nine exists once on every day in Paris.
        ParisTime.Instant(reminder.DueOn.AddDays(-reminder.DaysBefore), Morning).Succeeded(out var due, out _);
        if (due > at) session.PublishAt(reminder, due);
    }
}
