using Mila.Partners.Webhooks.Delivery;

namespace Mila.Partners.Tests.Webhooks.Delivery;

public sealed class DeliveryQueueTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid One = Guid.Parse("0190c7a0-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("0190c7a0-0000-7000-8000-000000000002");

    [Fact]
    public void An_endpoint_fails_since_its_first_failure_after_its_last_success()
    {
        var failing = DeliveryQueue.FailingNow([Done(One, Outcome.Refused, 1), Done(One, Outcome.Succeeded, 2), Done(One, Outcome.TimedOut, 3), Done(One, Outcome.Refused, 4)]);

        failing.ShouldBe([(One, Start.AddSeconds(3), Start.AddSeconds(4))]);
    }

    [Fact]
    public void The_order_of_the_results_is_the_order_of_time_not_of_the_list()
    {
        DeliveryQueue.FailingNow([Done(One, Outcome.Succeeded, 9), Done(One, Outcome.Refused, 1), Done(Two, Outcome.Gone, 5)]).ShouldBe([(Two, Start.AddSeconds(5), Start.AddSeconds(5))]);
    }

    private static Written Done(Guid endpoint, Outcome outcome, int second) =>
        new(1, 1, 1, endpoint, 1, new Attempted(outcome, null, [], null, false, Start.AddSeconds(second), TimeSpan.FromMilliseconds(10)), null);
}
