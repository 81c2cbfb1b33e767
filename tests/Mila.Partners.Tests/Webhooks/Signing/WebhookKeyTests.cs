using System.Text;
using Mila.Partners.Webhooks.Signing;

namespace Mila.Partners.Tests.Webhooks.Signing;

public sealed class WebhookKeyTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;
    private const string Symmetric = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Asymmetric = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    private static readonly byte[] Body = "{\"test\": 2432232314}"u8.ToArray();

    [Theory]
    [InlineData(Symmetric, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData(Asymmetric, "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==")]
    public void Known_answers_of_the_specification(string secret, string signature)
    {
        var key = WebhookKey.Parse(secret)!;

        key.Sign(Id, Timestamp, Body).ShouldBe(signature);
        key.Verifies(Id, Timestamp, Body, signature).ShouldBeTrue();
        key.Secret.ShouldBe(secret);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1a")]
    public void A_generated_key_signs_what_its_text_verifies(string algorithm)
    {
        var key = WebhookKey.Generate(algorithm);
        var signature = key.Sign(Id, Timestamp, Body);

        signature.ShouldStartWith(algorithm + ",");
        WebhookKey.Parse(key.Secret)!.Verifies(Id, Timestamp, Body, signature).ShouldBeTrue();
        WebhookKey.Generate(algorithm).Verifies(Id, Timestamp, Body, signature).ShouldBeFalse();
    }

    [Fact]
    public void The_receiver_of_v1a_is_shown_the_public_key_only()
    {
        var key = WebhookKey.Parse(Asymmetric)!;

        key.Verifier.ShouldBe("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=");
        WebhookKey.Parse(Symmetric)!.Verifier.ShouldBe(Symmetric);
    }

    [Theory]
    [InlineData(Symmetric)]
    [InlineData(Asymmetric)]
    public void One_changed_bit_anywhere_is_refused(string secret)
    {
        var key = WebhookKey.Parse(secret)!;
        var signature = key.Sign(Id, Timestamp, Body);
        byte[] changed = [.. Body];
        changed[3] ^= 1;

        key.Verifies(Id, Timestamp, changed, signature).ShouldBeFalse();
        key.Verifies(Id, Timestamp + 1, Body, signature).ShouldBeFalse();
        key.Verifies(Id[..^1] + "l", Timestamp, Body, signature).ShouldBeFalse();
        key.Verifies(Id, Timestamp, Body, signature.Replace("v1", "v2", StringComparison.Ordinal)).ShouldBeFalse();
        key.Verifies(Id, Timestamp, Body, signature[..^4]).ShouldBeFalse();
        key.Verifies(Id, Timestamp, Body, "").ShouldBeFalse();
    }

    [Fact]
    public void One_good_entry_among_others_is_enough()
    {
        var old = WebhookKey.Generate("v1");
        var current = WebhookKey.Generate("v1");

        var header = $"{current.Sign(Id, Timestamp, Body)} {old.Sign(Id, Timestamp, Body)} v1,notbase64 nonsense";

        old.Verifies(Id, Timestamp, Body, header).ShouldBeTrue();
        current.Verifies(Id, Timestamp, Body, header).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_AAAA")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_***KQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=")]
    [InlineData("whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=")]
    [InlineData("whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvw==")]
    public void What_is_not_a_key_is_not_read_as_one(string text) => WebhookKey.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_shared_secret_has_24_to_64_bytes(int bytes, bool valid) =>
        (WebhookKey.Parse("whsec_" + Convert.ToBase64String(new byte[bytes])) is not null).ShouldBe(valid);

    [Fact]
    public void Message_ids_are_long_and_never_twice()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => MessageIds.New()).ToHashSet();

        ids.Count.ShouldBe(10_000);
        ids.ShouldAllBe(id => id.StartsWith("msg_", StringComparison.Ordinal) && id.Length == 31);
        (27 * Math.Log2(62)).ShouldBeGreaterThan(128);
    }

    [Fact]
    public void A_body_of_any_bytes_is_signed_as_it_is()
    {
        var key = WebhookKey.Parse(Symmetric)!;
        var accents = Encoding.UTF8.GetBytes("{\"fr\":\"Soirée d'été\"}");

        key.Verifies(Id, Timestamp, accents, key.Sign(Id, Timestamp, accents)).ShouldBeTrue();
        key.Verifies(Id, Timestamp, Encoding.Latin1.GetBytes("{\"fr\":\"Soirée d'été\"}"), key.Sign(Id, Timestamp, accents)).ShouldBeFalse();
    }
}
