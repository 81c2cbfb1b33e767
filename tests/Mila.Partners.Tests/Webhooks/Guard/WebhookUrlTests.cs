using Mila.Partners.Webhooks.Guard;

namespace Mila.Partners.Tests.Webhooks.Guard;

public sealed class WebhookUrlTests
{
    private static readonly AllowedNetworks Loopback = AllowedNetworks.Parse("127.0.0.0/8, 10.1.0.0/16, ::1/128");

    [Theory]
    [InlineData("https://partner.example/hooks")]
    [InlineData("https://partner.example")]
    [InlineData("https://partner.example:443/")]
    [InlineData("https://partner.example:8443/a?b=c&d=%20e")]
    [InlineData("HTTPS://Partner.Example/Hooks")]
    [InlineData("https://sub-domain.partner.example/")]
    [InlineData("https://under_score.partner.example/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700::1111]/")]
    [InlineData("https://[2606:4700::1111]:8443/x")]
    [InlineData("https://3com.example/")]
    [InlineData("https://partner.example/caf\u00e9")]
    public void A_public_https_url_is_accepted(string text) => WebhookUrl.Accept(text, AllowedNetworks.None).ShouldNotBeNull();

    [Theory]
    [InlineData("https://m\u00fcsik.example/", "https://xn--msik-0ra.example/")]
    [InlineData("https://\u97f3\u697d.example/", "https://xn--66v140h.example/")]
    [InlineData("https://PARTNER.example/A", "https://partner.example/A")]
    public void A_name_is_kept_in_ascii(string text, string kept) => WebhookUrl.Accept(text, AllowedNetworks.None)!.AbsoluteUri.ShouldBe(kept);

    [Theory]
    // not a URL, not absolute, another scheme
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("partner.example/hooks")]
    [InlineData("//partner.example/hooks")]
    [InlineData("/hooks")]
    [InlineData("https:/partner.example")]
    [InlineData("https:partner.example")]
    [InlineData("https://")]
    [InlineData("https:///hooks")]
    [InlineData("http://partner.example/hooks")]
    [InlineData("ftp://partner.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://partner.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/plain,x")]
    [InlineData("ws://partner.example/")]
    [InlineData("unix:///var/run/docker.sock")]
    // ports
    [InlineData("https://partner.example:80/")]
    [InlineData("https://partner.example:22/")]
    [InlineData("https://partner.example:8080/")]
    [InlineData("https://partner.example:0/")]
    [InlineData("https://partner.example:65536/")]
    [InlineData("https://partner.example:-1/")]
    [InlineData("https://partner.example:44 3/")]
    // userinfo, fragments, characters that programs disagree about
    [InlineData("https://user@partner.example/")]
    [InlineData("https://user:secret@partner.example/")]
    [InlineData("https://@partner.example/")]
    [InlineData("https://:@partner.example/")]
    [InlineData("https://partner.example@127.0.0.1/")]
    [InlineData("https://partner.example#@127.0.0.1/")]
    [InlineData("https://partner.example/#part")]
    [InlineData("https://partner.example\\@127.0.0.1/")]
    [InlineData("https:\\\\partner.example/")]
    [InlineData(" https://partner.example/")]
    [InlineData("https://partner.example/ ")]
    [InlineData("https://partner.example/a\r\nHost: internal")]
    [InlineData("https://partner.example/\t")]
    [InlineData("https://partner.example/\0")]
    [InlineData("https://par\ttner.example/")]
    [InlineData("https://partner%2eexample/")]
    [InlineData("https://%31%32%37.0.0.1/")]
    // names
    [InlineData("https://-partner.example/")]
    [InlineData("https://partner-.example/")]
    [InlineData("https://partner..example/")]
    [InlineData("https://.example/")]
    [InlineData("https://partner.example./")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://partner.123/")]
    [InlineData("https://partner.0x7f/")]
    // addresses that are not public
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://198.18.0.1/")]
    [InlineData("https://203.0.113.9/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:8.8.8.8]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[64:ff9b:1::1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[2001:0:7f00:1::]/")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("https://[3fff::1]/")]
    [InlineData("https://[fc00::1]/")]
    [InlineData("https://[fd12::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://[2606:4700::1111%25eth0]/")]
    [InlineData("https://[fec0::1]/")]
    [InlineData("https://[ff02::1]/")]
    // addresses in other clothes
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://127.0.1/")]
    [InlineData("https://134744072/")]
    [InlineData("https://8.8.2056/")]
    [InlineData("https://08.8.8.8/")]
    [InlineData("https://\uff11\uff12\uff17.0.0.1/")]
    [InlineData("https://\u2460\u2461\u2466.0.0.1/")]
    [InlineData("https://127\u30020\u30020\u30021/")]
    [InlineData("https://8.8.8.8.\u3002/")]
    [InlineData("https://[::1/")]
    [InlineData("https://::1/")]
    [InlineData("https://[127.0.0.1]/")]
    public void Everything_else_is_refused(string text) => WebhookUrl.Accept(text, AllowedNetworks.None).ShouldBeNull();

    [Fact]
    public void A_url_has_2048_characters_at_most()
    {
        const string start = "https://partner.example/";
        WebhookUrl.Accept(start + new string('a', 2048 - start.Length), AllowedNetworks.None).ShouldNotBeNull();
        WebhookUrl.Accept(start + new string('a', 2049 - start.Length), AllowedNetworks.None).ShouldBeNull();
        WebhookUrl.Accept(start + new string('\u00e9', 500), AllowedNetworks.None).ShouldBeNull();
        WebhookUrl.Accept($"https://{new string('a', 64)}.example/", AllowedNetworks.None).ShouldBeNull();
    }

    [Theory]
    [InlineData("http://127.0.0.1:5081/hooks")]
    [InlineData("https://127.0.0.1:9000/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://[::1]:81/")]
    [InlineData("http://receiver.internal:8080/")]
    public void Inside_an_opened_network_plain_http_and_any_port_will_do(string text)
    {
        WebhookUrl.Accept(text, Loopback).ShouldNotBeNull();
        WebhookUrl.Accept(text, AllowedNetworks.None).ShouldBeNull();
    }

    [Theory]
    [InlineData("http://10.2.0.1/")]
    [InlineData("http://8.8.8.8/")]
    [InlineData("https://8.8.8.8:9000/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://user@127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("ftp://127.0.0.1/")]
    public void An_opened_network_opens_nothing_beside_it(string text) => WebhookUrl.Accept(text, Loopback).ShouldBeNull();
}
