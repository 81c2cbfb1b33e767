using Mila.Membership.Contacts;

namespace Mila.Membership.Tests.Contacts;

public class ContactTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid MemberId = Guid.CreateVersion7();

    [Fact]
    public void The_first_contact_is_the_main_one_and_the_next_is_not()
    {
        var first = Added("ada@zinc.example", []);
        first.IsMain.ShouldBeTrue();
        Added("bob@zinc.example", [first]).IsMain.ShouldBeFalse();
    }

    [Fact]
    public void A_new_main_contact_takes_over()
    {
        var first = Added("ada@zinc.example", []);
        var second = Added("bob@zinc.example", [first], isMain: true);

        second.TakeOver([first], Now).ShouldBe([first]);
        (first.IsMain, second.IsMain).ShouldBe((false, true));
    }

    [Fact]
    public void A_main_contact_that_goes_hands_over_to_the_first()
    {
        var first = Added("ada@zinc.example", []);
        var second = Added("bob@zinc.example", [first], later: 1);
        var third = Added("cyd@zinc.example", [first, second], later: 2);

        first.HandOver([third, second], Now).ShouldBe([second]);
        third.HandOver([first, second], Now).ShouldBeEmpty();
    }

    [Fact]
    public void An_address_is_there_once_whatever_its_case()
    {
        var first = Added("ada@zinc.example", []);
        Contact.Add(Guid.CreateVersion7(), MemberId, Details("ADA@zinc.example"), false, [first], Now).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBe(ContactErrors.EmailTaken);
    }

    [Fact]
    public void A_member_never_is_without_a_main_contact()
    {
        var first = Added("ada@zinc.example", []);
        first.Change(first.Details, isMain: false, [], Now).Succeeded(out var refusal).ShouldBeFalse();
        refusal.ShouldBe(ContactErrors.MainNeeded);
    }

    [Fact]
    public void Fifty_contacts_are_enough()
    {
        var many = Enumerable.Range(0, Contact.Most).Select(i => Added($"c{i}@zinc.example", [])).ToArray();
        Contact.Add(Guid.CreateVersion7(), MemberId, Details("ada@zinc.example"), false, many, Now).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBe(ContactErrors.TooMany);
    }

    private static Contact Added(string email, IReadOnlyList<Contact> others, bool isMain = false, int later = 0)
    {
        Contact.Add(Guid.CreateVersion7(), MemberId, Details(email), isMain, others, Now.AddMinutes(later)).Succeeded(out var contact, out _).ShouldBeTrue();
        return contact!;
    }

    private static ContactDetails Details(string email) => new("Ada", email, null, null);
}
