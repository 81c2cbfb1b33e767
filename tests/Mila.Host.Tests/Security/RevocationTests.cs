using System.Net.Http.Headers;
using Mila.Testing.App;

namespace Mila.Host.Tests.Security;

/// <summary>What one host revokes, every other host refuses within a second.</summary>
public sealed class RevocationTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_key_revoked_on_one_host_is_refused_by_another_within_a_second()
    {
        var (other, client, admin, path, etag) = await KnownToBothAsync();
        await using var _ = other;
        (await admin.CallAsync("DELETE", path, null, ("If-Match", etag))).Expect(204);
        (await client.AskAsync("/v1/events")).Status.ShouldBe(200, "the control: on a clock that stands still the other host still believes what it has just read");

        mila.Clock.Advance(Promised);

        (await client.AskAsync("/v1/events")).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task A_key_rotated_on_one_host_is_refused_by_another_within_a_second()
    {
        var (other, client, admin, path, _) = await KnownToBothAsync();
        await using var __ = other;
        var rotated = (await admin.TellAsync($"{path}/rotate", null)).Expect(200);

        mila.Clock.Advance(Promised);

        (await client.AskAsync("/v1/events")).ShouldRefuse(401, "unauthenticated");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", rotated["key"].GetString());
        (await client.AskAsync("/v1/events")).Expect(200);
    }

    [Fact]
    public async Task Control_a_key_that_was_not_revoked_goes_on()
    {
        var (other, client, _, _, _) = await KnownToBothAsync();
        await using var __ = other;

        mila.Clock.Advance(Promised);

        (await client.AskAsync("/v1/events")).Expect(200);
    }

    private async Task<(IAsyncDisposable Other, HttpClient Client, HttpClient Admin, string Path, string Etag)> KnownToBothAsync()
    {
        var admin = mila.Admin();
        var issued = (await admin.TellAsync("/v1/api-keys", new { name = "Site", scopes = new[] { "events:read" } })).Expect(201);
        var (other, client) = await mila.StartAnotherAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issued["key"].GetString());
        (await client.AskAsync("/v1/events")).Expect(200);
        return (other, client, admin, $"/v1/api-keys/{issued["id"].GetGuid()}", issued.Etag);
    }
}
