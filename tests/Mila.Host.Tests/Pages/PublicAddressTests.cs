using Microsoft.AspNetCore.Http;
using Mila.BuildingBlocks.Hosting;
using Mila.BuildingBlocks.Pages;

namespace Mila.Host.Tests.Pages;

public class PublicAddressTests
{
    [Theory]
    [InlineData("https://mila.example", "https://mila.example/agenda")]
    [InlineData("https://mila.example/", "https://mila.example/agenda")]
    [InlineData(" http://10.0.0.5:8080/mila/ ", "http://10.0.0.5:8080/mila/agenda")]
    public void What_the_operator_said_goes_before_what_the_caller_used(string setting, string expected)
    {
        var address = PublicAddress.Parse(setting);
        address.Of(Request("http", "evil.example"), "/agenda").ShouldBe(expected);
        address.OrPath("/agenda").ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Without_it_the_callers_address_is_used_and_a_path_where_nobody_asks(string? setting)
    {
        var address = PublicAddress.Parse(setting);
        address.Of(Request("http", "localhost:5080"), "/agenda").ShouldBe("http://localhost:5080/agenda");
        address.OrPath("/agenda").ShouldBe("/agenda");
    }

    [Theory]
    [InlineData("mila.example")]
    [InlineData("/mila")]
    [InlineData("ftp://mila.example")]
    [InlineData("https://user@mila.example")]
    [InlineData("https://mila.example/?a=b")]
    [InlineData("https://mila.example/#a")]
    [InlineData("javascript:alert(1)")]
    public void Anything_else_stops_the_start(string setting) =>
        Should.Throw<SettingException>(() => PublicAddress.Parse(setting)).Message.ShouldBe($"PublicUrl: \"{setting}\" is not an address such as https://mila.example.");

    private static HttpRequest Request(string scheme, string host)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = (scheme, new HostString(host));
        return request;
    }
}
