using Mila.Membership.Affiliations;

namespace Mila.Membership.Tests.Affiliations;

public class AffiliationHistoryTests
{
    private static readonly Guid Office = Guid.CreateVersion7();
    private static readonly Guid Shop = Guid.CreateVersion7();
    private static readonly AffiliationHistory Admitted = AffiliationHistory.Empty with { Since = new DateOnly(2024, 1, 1) };

    [Fact]
    public void Nothing_is_known_before_the_admission()
    {
        AffiliationHistory.Empty.On(Day(2026, 1, 1)).ShouldBeNull();
        AffiliationHistory.Empty.Entries().ShouldBeEmpty();
        Admitted.On(Day(2023, 12, 31)).ShouldBeNull();
        Admitted.On(Day(2024, 1, 1)).ShouldBe(Affiliation.Beneficiary);
        Admitted.Entries().ShouldBe([new(Day(2024, 1, 1), Affiliation.Beneficiary, AffiliationCause.Staff)]);
    }

    [Fact]
    public void A_lease_makes_the_affiliation_while_it_runs()
    {
        var history = Admitted.Running(Office, Affiliation.Pole, Day(2025, 3, 1)).Over(Office, Day(2025, 8, 31), today: Day(2025, 9, 1));

        history.On(Day(2025, 2, 28)).ShouldBe(Affiliation.Beneficiary);
        history.On(Day(2025, 3, 1)).ShouldBe(Affiliation.Pole);
        history.On(Day(2025, 8, 31)).ShouldBe(Affiliation.Pole);
        history.On(Day(2025, 9, 1)).ShouldBe(Affiliation.Beneficiary);
        history.Entries().ShouldBe([
            new(Day(2024, 1, 1), Affiliation.Beneficiary, AffiliationCause.Staff),
            new(Day(2025, 3, 1), Affiliation.Pole, AffiliationCause.Lease),
            new(Day(2025, 9, 1), Affiliation.Beneficiary, AffiliationCause.Lease)]);
    }

    [Fact]
    public void A_lease_that_began_before_the_admission_counts_from_its_first_day() =>
        Admitted.Running(Office, Affiliation.Pole, Day(2023, 6, 1)).On(Day(2024, 6, 1)).ShouldBe(Affiliation.Pole);

    [Fact]
    public void After_one_of_two_leases_the_other_one_says_how_the_member_belongs()
    {
        var both = Admitted.Running(Office, Affiliation.Pole, Day(2025, 1, 1)).Running(Shop, Affiliation.Shop, Day(2025, 6, 1));

        both.On(Day(2025, 7, 1)).ShouldBe(Affiliation.Shop);
        both.Over(Shop, Day(2025, 7, 31), Day(2025, 8, 1)).On(Day(2025, 8, 1)).ShouldBe(Affiliation.Pole);
        both.Over(Office, Day(2025, 7, 31), Day(2025, 8, 1)).On(Day(2025, 8, 1)).ShouldBe(Affiliation.Shop);
    }

    [Fact]
    public void Leases_that_follow_one_another_are_one_entry()
    {
        var history = Admitted.Running(Office, Affiliation.Pole, Day(2025, 1, 1)).Over(Office, Day(2025, 6, 30), Day(2025, 7, 1)).Running(Shop, Affiliation.Pole, Day(2025, 7, 1));

        history.Entries().Select(e => (e.From, e.Affiliation)).ShouldBe([(Day(2024, 1, 1), Affiliation.Beneficiary), (Day(2025, 1, 1), Affiliation.Pole)]);
    }

    [Fact]
    public void What_the_staff_decides_holds_until_a_lease_starts_or_ends_later()
    {
        var decided = Admitted.Running(Office, Affiliation.Pole, Day(2025, 1, 1)).Decided(Affiliation.Shop, Day(2025, 4, 1));

        decided.On(Day(2025, 3, 31)).ShouldBe(Affiliation.Pole);
        decided.On(Day(2025, 4, 1)).ShouldBe(Affiliation.Shop);
        decided.Over(Office, Day(2025, 6, 30), Day(2025, 7, 1)).On(Day(2025, 7, 1)).ShouldBe(Affiliation.Beneficiary);
        decided.Decided(Affiliation.Beneficiary, Day(2025, 4, 1)).On(Day(2025, 4, 1)).ShouldBe(Affiliation.Beneficiary);
    }

    [Fact]
    public void A_decision_for_later_is_in_the_history_and_not_in_force()
    {
        var history = Admitted.Decided(Affiliation.Pole, Day(2026, 4, 1));

        history.On(Day(2026, 3, 31)).ShouldBe(Affiliation.Beneficiary);
        history.Entries()[^1].ShouldBe(new(Day(2026, 4, 1), Affiliation.Pole, AffiliationCause.Staff));
    }

    [Fact]
    public void A_lease_that_is_ended_today_frees_its_member_today()
    {
        var history = Admitted.Running(Office, Affiliation.Pole, Day(2026, 1, 1));

        history.Over(Office, Day(2026, 3, 9), today: Day(2026, 3, 9)).On(Day(2026, 3, 9)).ShouldBe(Affiliation.Beneficiary);
        history.Over(Office, Day(2026, 1, 1), today: Day(2026, 1, 1)).Entries().ShouldHaveSingleItem().Affiliation.ShouldBe(Affiliation.Beneficiary);
    }

    [Fact]
    public void Hearing_of_a_lease_twice_changes_nothing()
    {
        var once = Admitted.Running(Office, Affiliation.Pole, Day(2026, 1, 1));
        once.Running(Office, Affiliation.Pole, Day(2026, 1, 1)).ShouldBeSameAs(once);

        var over = once.Over(Office, Day(2026, 1, 31), Day(2026, 2, 1));
        over.Over(Office, Day(2026, 1, 31), Day(2026, 2, 1)).ShouldBeSameAs(over);
        over.Over(Shop, Day(2026, 1, 31), Day(2026, 2, 1)).ShouldBeSameAs(over);
    }

    [Fact]
    public void Of_days_to_come_what_is_agreed_counts_until_something_else_is()
    {
        var agreed = Admitted.Running(Office, Affiliation.Pole, Day(2026, 4, 1), Day(2026, 9, 30));

        agreed.On(Day(2026, 3, 31)).ShouldBe(Affiliation.Beneficiary);
        agreed.On(Day(2026, 9, 30)).ShouldBe(Affiliation.Pole);
        agreed.On(Day(2026, 10, 1)).ShouldBe(Affiliation.Beneficiary);
        agreed.Entries().Select(e => (e.From, e.Affiliation)).Skip(1).ShouldBe([(Day(2026, 4, 1), Affiliation.Pole), (Day(2026, 10, 1), Affiliation.Beneficiary)]);

        var renewed = agreed.Running(Office, Affiliation.Pole, Day(2026, 4, 1), Day(2026, 12, 31));
        renewed.On(Day(2026, 12, 31)).ShouldBe(Affiliation.Pole);
        renewed.Over(Office, Day(2026, 6, 30), Day(2026, 7, 1)).On(Day(2026, 7, 1)).ShouldBe(Affiliation.Beneficiary);
        renewed.Over(Office, Day(2026, 6, 30), Day(2026, 7, 1)).Running(Office, Affiliation.Pole, Day(2026, 4, 1), Day(2027, 1, 1)).On(Day(2026, 7, 1)).ShouldBe(Affiliation.Beneficiary);
        agreed.CalledOff(Office).On(Day(2026, 5, 1)).ShouldBe(Affiliation.Beneficiary);
        agreed.CalledOff(Shop).ShouldBeSameAs(agreed);
        agreed.Running(Office, Affiliation.Pole, Day(2026, 4, 1), Day(2026, 9, 30)).ShouldBeSameAs(agreed);
    }

    private static DateOnly Day(int year, int month, int day) => new(year, month, day);
}
