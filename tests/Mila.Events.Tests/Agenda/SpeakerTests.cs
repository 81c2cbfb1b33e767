using Mila.Events.Agenda;

namespace Mila.Events.Tests.Agenda;

public class SpeakerTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Tuesday = Monday.AddDays(1);
    private static readonly DateTimeOffset Wednesday = Monday.AddDays(2);
    private static readonly Speaker Ada = new("Ada", "juriste");

    [Fact]
    public void A_consent_has_the_date_of_the_change_that_said_so()
    {
        Only(Ada with { MayBeFilmed = true }, [], Monday).ShouldBe(Ada with { MayBeFilmed = true, ConsentedAt = Monday });
        Only(Ada, [], Monday).ShouldBe(Ada);
        Only(Ada with { MayBeFilmed = true }, [Ada], Tuesday).ConsentedAt.ShouldBe(Tuesday);
    }

    [Fact]
    public void It_keeps_its_date_for_as_long_as_it_holds_whatever_is_sent_along()
    {
        var agreed = Only(Ada with { MayBeFilmed = true }, [], Monday);
        Only(agreed with { Role = "avocate" }, [agreed], Tuesday).ShouldBe(agreed with { Role = "avocate" });
        Only(agreed with { ConsentedAt = null }, [agreed], Tuesday).ShouldBe(agreed);
        Only(agreed with { ConsentedAt = Wednesday, WithdrawnAt = Monday }, [agreed], Tuesday).ShouldBe(agreed);
    }

    [Fact]
    public void A_withdrawal_has_its_date_and_so_has_the_consent_that_follows()
    {
        var agreed = Only(Ada with { MayBeFilmed = true }, [], Monday);
        var withdrawn = Only(agreed with { MayBeFilmed = false }, [agreed], Tuesday);
        withdrawn.ShouldBe(Ada with { MayBeFilmed = false, ConsentedAt = Monday, WithdrawnAt = Tuesday });
        Only(withdrawn, [withdrawn], Wednesday).ShouldBe(withdrawn, "Said again, it is the same withdrawal.");
        Only(withdrawn with { MayBeFilmed = true }, [withdrawn], Wednesday).ShouldBe(Ada with { MayBeFilmed = true, ConsentedAt = Wednesday }, "The dates that came along are those of before.");
    }

    [Fact]
    public void Staff_may_say_the_day_on_which_a_paper_was_signed_but_no_day_to_come()
    {
        Only(Ada with { MayBeFilmed = true, ConsentedAt = Monday }, [], Wednesday).ConsentedAt.ShouldBe(Monday);
        Only(Ada with { MayBeFilmed = true, ConsentedAt = Wednesday }, [], Tuesday).ConsentedAt.ShouldBe(Tuesday);
        var agreed = Only(Ada with { MayBeFilmed = true }, [], Tuesday);
        Only(agreed with { MayBeFilmed = false, WithdrawnAt = Monday }, [agreed], Wednesday).WithdrawnAt.ShouldBe(Wednesday, "Nobody takes back what was not given yet.");
    }

    [Fact]
    public void Speakers_are_known_by_their_names_wherever_they_stand_in_the_list()
    {
        var (ada, bo) = (Ada with { MayBeFilmed = true, ConsentedAt = Monday }, new Speaker("Bo", MayBeFilmed: true, ConsentedAt: Tuesday));
        Speaker.Dated([bo, ada], [ada, bo], Wednesday).ShouldBe([bo, ada]);
        Speaker.Dated([new Speaker("Cy", MayBeFilmed: true), bo], [ada, bo], Wednesday).ShouldBe([new Speaker("Cy", MayBeFilmed: true, ConsentedAt: Wednesday), bo]);

        // A role that has a person now is the same place in the list.
        var role = new Speaker(Role: "consultante", MayBeFilmed: true, ConsentedAt: Monday);
        Speaker.Dated([role with { Name = "Di" }], [role], Wednesday).ShouldBe([role with { Name = "Di" }]);
    }

    private static Speaker Only(Speaker said, IReadOnlyList<Speaker> known, DateTimeOffset now) => Speaker.Dated([said], known, now).ShouldHaveSingleItem();
}
