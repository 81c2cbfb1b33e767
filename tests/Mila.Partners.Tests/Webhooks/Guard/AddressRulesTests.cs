using System.Net;
using Mila.Partners.Webhooks.Guard;

namespace Mila.Partners.Tests.Webhooks.Guard;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("0.0.0.0", "0.255.255.255", "1.0.0.0")]
    [InlineData("10.0.0.0", "10.255.255.255", "11.0.0.0")]
    [InlineData("100.64.0.0", "100.127.255.255", "100.128.0.0")]
    [InlineData("127.0.0.0", "127.255.255.255", "128.0.0.0")]
    [InlineData("169.254.0.0", "169.254.255.255", "169.255.0.0")]
    [InlineData("172.16.0.0", "172.31.255.255", "172.32.0.0")]
    [InlineData("192.0.0.0", "192.0.0.255", "192.0.1.0")]
    [InlineData("192.0.2.0", "192.0.2.255", "192.0.3.0")]
    [InlineData("192.31.196.0", "192.31.196.255", "192.31.197.0")]
    [InlineData("192.52.193.0", "192.52.193.255", "192.52.194.0")]
    [InlineData("192.88.99.0", "192.88.99.255", "192.88.100.0")]
    [InlineData("192.168.0.0", "192.168.255.255", "192.169.0.0")]
    [InlineData("192.175.48.0", "192.175.48.255", "192.175.49.0")]
    [InlineData("198.18.0.0", "198.19.255.255", "198.20.0.0")]
    [InlineData("198.51.100.0", "198.51.100.255", "198.51.101.0")]
    [InlineData("203.0.113.0", "203.0.113.255", "203.0.114.0")]
    [InlineData("224.0.0.0", "255.255.255.255", "223.255.255.255")]
    [InlineData("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:200::")]
    [InlineData("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::")]
    [InlineData("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2003::")]
    [InlineData("2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", "2620:4f:8001::")]
    [InlineData("3ffe::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffd::")]
    [InlineData("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::")]
    [InlineData("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2a01::")]
    [InlineData("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2000::1")]
    public void A_special_range_is_refused_to_its_ends_and_not_beyond(string first, string last, string beside)
    {
        AddressRules.IsPublic(IPAddress.Parse(first)).ShouldBeFalse();
        AddressRules.IsPublic(IPAddress.Parse(last)).ShouldBeFalse();
        AddressRules.IsPublic(IPAddress.Parse(beside)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("::ffff:93.184.216.34")]
    [InlineData("::93.184.216.34")]
    [InlineData("64:ff9b::5db8:d822")]
    [InlineData("64:ff9b:1::5db8:d822")]
    [InlineData("100::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff0e::1")]
    [InlineData("2002:0a00:0001::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:20::1")]
    [InlineData("2a01:e0a::5efe:10.0.0.1")]
    [InlineData("2a01:e0a::200:5efe:10.0.0.1")]
    [InlineData("2a01:e0a::1%4")]
    public void What_hides_or_lacks_a_public_address_is_refused(string address) => AddressRules.IsPublic(IPAddress.Parse(address)).ShouldBeFalse();

    [Fact]
    public void No_IPv4_address_comes_in_as_an_IPv6_one()
    {
        // The framework's IPNetwork counts some of these as members of 2000::/3.
        foreach (var first in Enumerable.Range(0, 256)) AddressRules.IsPublic(IPAddress.Parse($"::ffff:{first}.8.8.8")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("93.184.216.34")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a01:e0a:1:2::3")]
    public void The_public_internet_is_open(string address) => AddressRules.IsPublic(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("169.254.0.0/16")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.169.254/32")]
    [InlineData("169.0.0.0/8")]
    [InlineData("0.0.0.0/0")]
    [InlineData("fe80::/10")]
    [InlineData("fe80::1")]
    [InlineData("::/0")]
    [InlineData("fe00::/8")]
    [InlineData("::ffff:0:0/96")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::/96")]
    [InlineData("2002::/16")]
    [InlineData("10.0.0.0/8,169.254.1.0/24")]
    [InlineData("not-a-network")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/")]
    public void An_operator_who_lists_what_cannot_be_listed_is_told_at_start(string setting) =>
        Should.Throw<InvalidOperationException>(() => AllowedNetworks.Parse(setting)).Message.ShouldStartWith("Webhooks__AllowedNetworks: ");

    [Fact]
    public void A_listed_network_holds_its_own_addresses_only()
    {
        var networks = AllowedNetworks.Parse(" 127.0.0.0/8 , fd00:1::/32,192.168.7.9 ");

        networks.Contains(IPAddress.Parse("127.255.0.1")).ShouldBeTrue();
        networks.Contains(IPAddress.Parse("fd00:1::9")).ShouldBeTrue();
        networks.Contains(IPAddress.Parse("192.168.7.9")).ShouldBeTrue();
        networks.Contains(IPAddress.Parse("192.168.7.8")).ShouldBeFalse();
        networks.Contains(IPAddress.Parse("fd00:2::9")).ShouldBeFalse();
        networks.Contains(IPAddress.Parse("::ffff:127.0.0.1")).ShouldBeFalse();
        AllowedNetworks.Parse(null).Any.ShouldBeFalse();
        AllowedNetworks.Parse(" , ").Any.ShouldBeFalse();
    }
}
