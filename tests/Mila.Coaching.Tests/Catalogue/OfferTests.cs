using Mila.BuildingBlocks.Results;
using Mila.BuildingBlocks.Values;
using Mila.Coaching.Catalogue;

namespace Mila.Coaching.Tests.Catalogue;

public class OfferTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_individual_service_lasts_always_the_same() =>
        LengthOf(OfferKind.Individual, new Minutes(Exact: 120)).ShouldBe(new Length.Exact(120));

    [Fact]
    public void An_individual_service_may_last_between_two_bounds() =>
        LengthOf(OfferKind.Individual, new Minutes(Min: 90, Max: 120)).ShouldBe(new Length.Between(90, 120));

    [Fact]
    public void A_session_is_cut_into_slots() =>
        LengthOf(OfferKind.Slots, new Minutes(Session: 180, SlotMin: 30, SlotMax: 45, SessionsPerYear: 6)).ShouldBe(new Length.InSlots(180, 30, 45, 6));

    [Theory]
    [InlineData("individual", "proposed")]
    [InlineData("slots", "proposed")]
    [InlineData("individual", "closed")]
    public void A_service_that_is_not_open_may_leave_its_length_undecided(string kind, string status) =>
        LengthOf(Enum.Parse<OfferKind>(kind, ignoreCase: true), new Minutes(), Enum.Parse<OfferStatus>(status, ignoreCase: true)).ShouldBe(new Length.Undecided());

    public static TheoryData<string, int?[], string, string> Faulty => new()
    {
        { "individual", [null, null, null, null, null, null, null], "service-length-missing", "/minutes" },
        { "individual", [120, 90, null, null, null, null, null], "service-length-twice", "/minutes" },
        { "individual", [120, null, 120, null, null, null, null], "service-length-twice", "/minutes" },
        { "individual", [null, 90, null, null, null, null, null], "service-length-half", "/minutesMax" },
        { "individual", [null, null, 90, null, null, null, null], "service-length-half", "/minutesMin" },
        { "individual", [null, 120, 90, null, null, null, null], "service-length-reversed", "/minutesMax" },
        { "individual", [120, null, null, 180, null, null, null], "service-slots-unexpected", "/sessionMinutes" },
        { "individual", [120, null, null, null, null, null, 6], "service-slots-unexpected", "/sessionsPerYear" },
        { "slots", [null, null, null, null, null, null, null], "service-length-missing", "/sessionMinutes" },
        { "slots", [60, null, null, 180, 30, 45, 6], "service-minutes-unexpected", "/minutes" },
        { "slots", [null, null, 60, 180, 30, 45, 6], "service-minutes-unexpected", "/minutesMax" },
        { "slots", [null, null, null, null, 30, 45, 6], "service-slots-half", "/sessionMinutes" },
        { "slots", [null, null, null, 180, null, 45, 6], "service-slots-half", "/slotMinutesMin" },
        { "slots", [null, null, null, 180, 30, null, 6], "service-slots-half", "/slotMinutesMax" },
        { "slots", [null, null, null, 180, 45, 30, 6], "service-length-reversed", "/slotMinutesMax" },
        { "slots", [null, null, null, 40, 30, 45, 6], "service-slot-too-long", "/slotMinutesMax" },
    };

    [Theory, MemberData(nameof(Faulty))]
    public void Minutes_that_contradict_one_another_are_refused(string kind, int?[] m, string code, string pointer)
    {
        var plan = Plan(Enum.Parse<OfferKind>(kind, ignoreCase: true), new Minutes(m[0], m[1], m[2], m[3], m[4], m[5], m[6]), OfferStatus.Open);

        Offer.Make(Guid.CreateVersion7(), "audit", plan, Now).Succeeded(out _, out var refusal).ShouldBeFalse();

        refusal!.Code.ShouldBe(code);
        refusal.Fields.Select(f => f.Pointer).ShouldBe([pointer]);
    }

    [Fact]
    public void A_refused_change_changes_nothing()
    {
        Offer.Make(Guid.CreateVersion7(), "audit", Plan(OfferKind.Individual, new Minutes(Exact: 60), OfferStatus.Open), Now).Succeeded(out var offer, out _).ShouldBeTrue();

        offer!.Replan(Plan(OfferKind.Slots, new Minutes(Exact: 60), OfferStatus.Closed), Now.AddDays(1)).Succeeded(out Error? refusal).ShouldBeFalse();

        refusal!.Code.ShouldBe("service-minutes-unexpected");
        (offer.Kind, offer.Status, offer.Length, offer.UpdatedAt).ShouldBe((OfferKind.Individual, OfferStatus.Open, new Length.Exact(60), Now));
    }

    private static Length LengthOf(OfferKind kind, Minutes minutes, OfferStatus status = OfferStatus.Open)
    {
        Plan(kind, minutes, status).Length().Succeeded(out var length, out var refusal).ShouldBeTrue(refusal?.Code);
        return length!;
    }

    private static OfferPlan Plan(OfferKind kind, Minutes minutes, OfferStatus status) => new(new LocalizedText("Audit"), kind, status, minutes, [], [], YearlyTarget: null, Note: null);
}
