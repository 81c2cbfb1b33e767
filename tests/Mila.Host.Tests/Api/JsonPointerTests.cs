using Mila.BuildingBlocks.Api;
using Mila.Testing.App;

namespace Mila.Host.Tests.Api;

public sealed class JsonPointerTests(TestMila mila) : IClassFixture<TestMila>
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("$", "")]
    [InlineData("$.title.fr", "/title/fr")]
    [InlineData("$.activities[3]", "/activities/3")]
    [InlineData("$[0][1].x", "/0/1/x")]
    [InlineData("$['a.b'].c", "/a.b/c")]
    [InlineData("$['a/b']", "/a~1b")]
    [InlineData("$.a~b", "/a~0b")]
    [InlineData("$['x']y'][2]", "/x']y/2")]
    [InlineData("$['it's'].z", "/it's/z")]
    public void A_path_of_the_reader_becomes_a_pointer(string? path, string pointer) => JsonPointer.OfPath(path).ShouldBe(pointer);

    [Theory]
    [InlineData("a/b", "/a~1b")]
    [InlineData("a~b", "/a~0b")]
    [InlineData("~1", "/~01")]
    [InlineData("a.b", "/a.b")]
    [InlineData("a'b", "/a'b")]
    [InlineData("x']y", "/x']y")]
    [InlineData("']", "/']")]
    [InlineData("'", "/'")]
    [InlineData("[0]", "/[0]")]
    [InlineData("$", "/$")]
    [InlineData("", "/")]
    [InlineData("été", "/été")]
    [InlineData("could not be mapped", "/could not be mapped")]
    public async Task A_member_that_nobody_knows_is_pointed_at_whatever_its_name(string name, string pointer)
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/programmes", new Dictionary<string, object> { ["code"] = "x", ["label"] = "x", [name] = 1 })).ShouldRefuse(422, "request-invalid", $"{pointer} unknown-member");
        (await admin.TellAsync("/v1/events/import", new { events = new[] { new Dictionary<string, object> { ["programme"] = "x", [name] = 1 } } })).ShouldRefuse(422, "import-faulty", $"/events/0{pointer} unknown-member");
        (await admin.TellAsync("/v1/events/import", new Dictionary<string, object> { [name] = 1 })).ShouldRefuse(422, "import-faulty", $"{pointer} unknown-member");
    }
}
