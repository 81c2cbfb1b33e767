using System.Text.Json;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Partners.Tests.Proofs;

/// <summary>A Mila that is known under an address of its own.</summary>
public sealed class ProofMila(TestPostgres postgres) : TestMila(postgres)
{
    public const string Issuer = "https://mila.example";

    protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("PublicUrl", Issuer)];
}

/// <summary>The Given of proofs, built through the API: a partner with an agreement, and a member with a contact.</summary>
internal sealed class ProofHouse(TestMila mila, HttpClient admin) : IDisposable
{
    private static int _number;

    public string Code { get; private set; } = "";

    public Guid PartnerId { get; private set; }

    public string Agreement { get; private set; } = "";

    public Guid MemberId { get; private set; }

    public Guid ContactId { get; private set; }

    public HttpClient Admin => admin;

    public Signer Signer { get; } = new();

    public string Theirs => $"https://{Code}.example";

    public static async Task<ProofHouse> BuildAsync(TestMila mila, string direction = "reciprocal")
    {
        var house = new ProofHouse(mila, mila.Admin()) { Code = $"proving-{Interlocked.Increment(ref _number)}" };
        var partner = (await house.Admin.TellAsync("/v1/partners", new { code = house.Code, name = house.Code, kind = "network", proofs = new { issuer = house.Theirs, keys = new[] { house.Signer.Jwk } } })).Expect(201);
        house.PartnerId = partner["id"].GetGuid();
        var agreement = (await house.Admin.TellAsync($"/v1/partners/{house.PartnerId}/agreements", new { kind = "access", startsOn = "2026-01-01", direction, grants = new { events = true } })).Expect(201);
        house.Agreement = $"/v1/partners/{house.PartnerId}/agreements/{agreement["id"].GetString()}";
        var member = await house.Admin.MakeAsync("/v1/members", new { name = $"Label {house.Code}", activities = new[] { "label" } });
        house.MemberId = member.Id();
        await house.Admin.MakeAsync($"/v1/members/{house.MemberId}/admission", new { on = "2026-01-01" });
        house.ContactId = (await house.Admin.MakeAsync($"/v1/members/{house.MemberId}/contacts", new { name = "Nina", email = $"nina@{house.Code}.example" })).Id();
        await mila.DrainAsync();
        return house;
    }

    public Task<Answer> AskAsync(object? more = null) => Admin.TellAsync("/v1/membership-proofs", more ?? new { audience = Code, memberId = MemberId, contactId = ContactId });

    public async Task<string> IssuedAsync() => (await AskAsync()).Expect(201)["token"].GetString()!;

    public Task<Answer> VerifyAsync(string token, HttpClient? caller = null) => (caller ?? Admin).TellAsync("/v1/membership-proofs/verification", new { token });

    public Task<HttpClient> KeyAsync() => mila.KeyAsync(PartnerId, "partners:read", "partners:write");

    /// <summary>Claims of a proof that this partner issues for MILA now.</summary>
    public Dictionary<string, object> Claims(params (string Name, object Value)[] but)
    {
        var now = mila.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = Theirs,
            ["aud"] = ProofMila.Issuer,
            ["sub"] = "one of theirs",
            ["jti"] = Guid.CreateVersion7().ToString("N"),
            ["iat"] = now,
            ["exp"] = now + 120,
        };
        foreach (var (name, value) in but) claims[name] = value;
        return claims;
    }

    public static JsonElement Part(string token, int part)
    {
        var text = token.Split('.')[part].Replace('-', '+').Replace('_', '/');
        return JsonDocument.Parse(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))).RootElement;
    }

    public void Dispose()
    {
        Signer.Dispose();
        admin.Dispose();
    }
}
