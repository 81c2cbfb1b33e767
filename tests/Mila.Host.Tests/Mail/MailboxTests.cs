using FluentValidation;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Mail;

namespace Mila.Host.Tests.Mail;

/// <summary>One rule for mail addresses: what a request may say, a mail can go to.</summary>
public sealed class MailboxTests
{
    [Theory]
    [InlineData("nina@label.example", true)]
    [InlineData("nina.d+mila@label.paris.example", true)]
    [InlineData("o'neill@label.example", true)]
    [InlineData("a..b@ex.example", false)]
    [InlineData("a.@ex.example", false)]
    [InlineData(".a@ex.example", false)]
    [InlineData("a@ex..example", false)]
    [InlineData("a@ex.example.", false)]
    [InlineData("nobody", false)]
    [InlineData("Nina <nina@label.example>", false)]
    public void What_a_request_may_say_a_mail_can_go_to(string address, bool accepted)
    {
        var said = new Validator().Validate(new Request(address)).IsValid;

        if (said) EmailAddress.IsValid(address).ShouldBeTrue();
        said.ShouldBe(accepted);
    }

    private sealed record Request(string Email);

    private sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Email).Mailbox();
    }
}
