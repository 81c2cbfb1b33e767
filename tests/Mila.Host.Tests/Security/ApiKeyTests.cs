using System.Text.Json;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Security;
using Mila.BuildingBlocks.Security.ApiKeys;

namespace Mila.Host.Tests.Security;

public class ApiKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Map = Guid.CreateVersion7();

    [Fact]
    public void An_issued_key_keeps_the_hash_of_its_text_and_not_the_text()
    {
        var issued = Issue(KeyKind.Staff, ["events:read"]);

        issued.Key.Hash.ShouldBe(ApiKeyFormat.Hash(issued.Secret));
        JsonSerializer.Serialize(issued.Key).ShouldNotContain(issued.Secret[20..]);
        issued.ToString().ShouldNotContain(issued.Secret[20..]);
        IssuedApiKeyResponse.Of(issued).ToString().ShouldNotContain(issued.Secret[20..]);
    }

    [Theory]
    [InlineData(KeyKind.Admin, "events:read", false, "admin-scope")]
    [InlineData(KeyKind.Admin, "admin,events:read", false, "admin-scope")]
    [InlineData(KeyKind.Staff, "admin", false, "admin-scope")]
    [InlineData(KeyKind.Partner, "admin", true, "admin-scope")]
    [InlineData(KeyKind.Partner, "events:read", false, "partner-needed")]
    [InlineData(KeyKind.Staff, "events:read", true, "partner-needed")]
    internal void Kind_scopes_and_partner_must_agree(KeyKind kind, string scopes, bool bound, string code)
    {
        ApiKey.Issue("A key", kind, scopes.Split(','), bound ? Map : null, null, Now).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe(code);
    }

    [Fact]
    public void A_key_must_expire_in_the_future()
    {
        ApiKey.Issue("A key", KeyKind.Staff, ["events:read"], null, Now, Now).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("expiry-past");
    }

    [Fact]
    public void A_key_is_valid_until_the_instant_it_expires()
    {
        ApiKey.Issue("A key", KeyKind.Staff, ["events:read"], null, Now.AddHours(1), Now).Succeeded(out var issued, out _).ShouldBeTrue();

        issued!.Key.IsValid(Now.AddHours(1).AddTicks(-1)).ShouldBeTrue();
        issued.Key.IsValid(Now.AddHours(1)).ShouldBeFalse();
    }

    [Fact]
    public void A_revoked_key_is_not_valid_and_stays_revoked()
    {
        var key = Issue(KeyKind.Staff, ["events:read"]).Key;
        key.Revoke(Now);
        key.Revoke(Now.AddDays(1));

        key.IsValid(Now).ShouldBeFalse();
        key.RevokedAt.ShouldBe(Now);
    }

    [Fact]
    public void Rotation_keeps_the_key_and_changes_its_text()
    {
        var issued = Issue(KeyKind.Staff, ["events:read"]);
        var before = issued.Key.Hash;
        issued.Key.Rotate(Now).Succeeded(out var rotated, out _).ShouldBeTrue();

        rotated!.Secret.ShouldNotBe(issued.Secret);
        rotated.Key.Id.ShouldBe(issued.Key.Id);
        rotated.Key.Hash.ShouldNotBe(before);
        rotated.Secret.ShouldStartWith(rotated.Key.Prefix);
    }

    [Fact]
    public void A_dead_key_is_not_rotated()
    {
        var revoked = Issue(KeyKind.Staff, ["events:read"]).Key;
        revoked.Revoke(Now);
        revoked.Rotate(Now).Succeeded(out _, out var whenRevoked).ShouldBeFalse();
        whenRevoked!.Code.ShouldBe("api-key-revoked");

        ApiKey.Issue("A key", KeyKind.Staff, ["events:read"], null, Now.AddHours(1), Now).Succeeded(out var expiring, out _).ShouldBeTrue();
        expiring!.Key.Rotate(Now.AddHours(1)).Succeeded(out _, out var whenExpired).ShouldBeFalse();
        whenExpired!.Code.ShouldBe("api-key-expired");
    }

    [Fact]
    public void A_key_is_stored_and_read_again_whole()
    {
        var options = new JsonSerializerOptions();
        DocumentJson.Configure(options);
        ApiKey.Issue("MAP", KeyKind.Partner, ["events:read", "partners:write"], Map, Now.AddYears(1), Now).Succeeded(out var issued, out _).ShouldBeTrue();
        issued!.Key.Revoke(Now.AddDays(2));

        var stored = JsonSerializer.Serialize(issued.Key, options);
        JsonSerializer.Serialize(JsonSerializer.Deserialize<ApiKey>(stored, options), options).ShouldBe(stored);
        stored.ShouldContain(Map.ToString());
    }

    [Fact]
    public void The_caller_of_a_partner_key_is_bound_to_the_partner()
    {
        ApiKey.Issue("MAP", KeyKind.Partner, ["events:read"], Map, null, Now).Succeeded(out var issued, out _).ShouldBeTrue();
        var caller = Caller.From(issued!.Key.ToCaller().ToPrincipal("ApiKey"));

        caller.ShouldSatisfyAllConditions(
            () => caller.Id.ShouldBe(issued.Key.Id.ToString()),
            () => caller.Kind.ShouldBe("partner"),
            () => caller.PartnerId.ShouldBe(Map),
            () => caller.IsPartner.ShouldBeTrue(),
            () => caller.Has("events:read").ShouldBeTrue(),
            () => caller.Has("events:write").ShouldBeFalse());
    }

    [Fact]
    public void A_use_is_taken_down_once_a_minute()
    {
        var use = ApiKeyUse.First(Guid.CreateVersion7(), Now);
        use.Note(Now.AddSeconds(59)).ShouldBeFalse();
        use.Note(Now.AddSeconds(60)).ShouldBeTrue();
        use.LastUsedAt.ShouldBe(Now.AddSeconds(60));
    }

    private static IssuedKey Issue(KeyKind kind, string[] scopes)
    {
        ApiKey.Issue("A key", kind, scopes, null, null, Now).Succeeded(out var issued, out _).ShouldBeTrue();
        return issued!;
    }
}
