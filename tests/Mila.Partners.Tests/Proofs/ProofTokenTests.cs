using Mila.Partners.Proofs;

namespace Mila.Partners.Tests.Proofs;

public sealed class ProofTokenTests
{
    private static readonly object Claims = new { iss = "https://map.example", aud = "https://mila.example", sub = "somebody", jti = "0123456789", iat = 1000, exp = 1300 };

    [Fact]
    public void It_reads_what_it_writes_and_the_key_of_RFC_8037_verifies_the_known_answer()
    {
        using var signer = new Signer();
        var token = ProofToken.Read(signer.Sign(Claims))!;
        token.Claims.ShouldBe(new ProofClaims("https://map.example", "https://mila.example", "somebody", "0123456789", 1000, 1300));
        new PublicJwk(signer.Kid, signer.X).Verifies(token.Signed, token.Signature).ShouldBeTrue();

        // RFC 8037 appendix A.4 and A.5.
        var known = new PublicJwk("rfc", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        var content = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"u8.ToArray();
        var signature = Base64Url.Read("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")!;
        known.Verifies(content, signature).ShouldBeTrue();
        content[3] ^= 1;
        known.Verifies(content, signature).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("..")]
    [InlineData("e30.e30.")]
    [InlineData("e30=.e30=.AA==")]
    [InlineData("bnVsbA.bnVsbA.AAAA")]
    public void What_is_no_compact_token_is_none(string text) => ProofToken.Read(text).ShouldBeNull();

    public static TheoryData<string, string> Strange => new()
    {
        { """{"alg":"EdDSA","typ":"membership-proof+jwt","kid":"k","crit":["exp"]}""", Good },
        { """{"alg":"EdDSA","typ":"JWT","kid":"k"}""", Good },
        { """{"alg":"EdDSA","kid":"k"}""", Good },
        { """{"alg":"EdDSA","typ":"membership-proof+jwt"}""", Good },
        { """{"alg":"none","alg":"EdDSA","typ":"membership-proof+jwt","kid":"k"}""", Good },
        { Head, """{"iss":"a","iss":"b","aud":"b","sub":"c","jti":"01234567","iat":1,"exp":2}""" },
        { Head, """{"iss":"a","aud":["b"],"sub":"c","jti":"01234567","iat":1,"exp":2}""" },
        { Head, """{"iss":"a","aud":"b","sub":"c","jti":"01234567","iat":1}""" },
        { Head, """{"iss":"a","aud":"b","sub":"c","jti":"01234567","iat":1,"exp":"2"}""" },
        { Head, """{"iss":"a","aud":"b","sub":"c","jti":"01234567","iat":1.5,"exp":2}""" },
        { Head, """{"iss":"a","aud":"b","sub":"c","jti":"01234567","iat":-1,"exp":2}""" },
        { Head, """{"iss":"a","aud":"b","sub":"c","jti":"01234567","iat":1,"exp":99999999999999999999}""" },
        { Head, """{"iss":"a","aud":"b","sub":"c","jti":"short","iat":1,"exp":2}""" },
        { Head, """{"iss":"a","aud":"b","jti":"01234567","iat":1,"exp":2}""" },
        { Head, "[]" },
        { Head, """{"iss":"a\u0000b","aud":"b","sub":"c","jti":"01234567","iat":1,"exp":2}""" },
        { Head, """{"iss":"a\ud800","aud":"b","sub":"c","jti":"01234567","iat":1,"exp":2}""" },
        { Head, """{"iss":"a","aud":"b\u0000","sub":"c","jti":"01234567","iat":1,"exp":2}""" },
        { Head, """{"iss":"a","aud":"b","sub":"c\u001b","jti":"01234567","iat":1,"exp":2}""" },
        { Head, """{"iss":"a","aud":"b","sub":"c","jti":"0123456\udfff","iat":1,"exp":2}""" },
        { Head, """{"iss":"a","aud":"b","sub":"c","jti":"01234567","iat":1,"exp":2,"\ud800":1}""" },
        { """{"alg":"EdDSA","typ":"membership-proof+jwt","kid":"\udc00"}""", Good },
        { """{"alg":"EdDSA","typ":"membership-proof+jwt","kid":"k\n"}""", Good },
        { """{"alg":"EdDSA","typ":"membership-proof+jwt\ud83d","kid":"k"}""", Good },
    };

    private const string Head = """{"alg":"EdDSA","typ":"membership-proof+jwt","kid":"k"}""";
    private const string Good = """{"iss":"a","aud":"b","sub":"c","jti":"01234567","iat":1,"exp":2}""";

    [Theory, MemberData(nameof(Strange))]
    public void What_asks_for_more_or_says_less_is_none(string header, string claims)
    {
        ProofToken.Read(Signer.Write(Head, Good, _ => new byte[64])).ShouldNotBeNull();
        ProofToken.Read(Signer.Write(header, claims, _ => new byte[64])).ShouldBeNull();
    }

    [Fact]
    public void A_text_beyond_4096_characters_is_not_read() => ProofToken.Read(Signer.Write(Head, Good, _ => new byte[4000])).ShouldBeNull();

    [Theory]
    [InlineData(1000, 1300, 1000, "")]
    [InlineData(1000, 1300, 1329, "")]
    [InlineData(1000, 1300, 1330, "proof-expired")]
    [InlineData(1000, 1300, 970, "")]
    [InlineData(1000, 1300, 969, "proof-not-yet-valid")]
    [InlineData(1000, 1301, 1000, "proof-too-long-lived")]
    public void Its_times_have_thirty_seconds_of_play(long iat, long exp, long now, string code) =>
        (ProofRules.Fault(new ProofClaims("a", "b", "c", "01234567", iat, exp), DateTimeOffset.FromUnixTimeSeconds(now))?.Code ?? "").ShouldBe(code);

    [Fact]
    public void One_that_is_not_yet_valid_by_its_own_word_is_refused() =>
        ProofRules.Fault(new ProofClaims("a", "b", "c", "01234567", 1000, 1300, NotBefore: 1100), DateTimeOffset.FromUnixTimeSeconds(1000))!.Code.ShouldBe("proof-not-yet-valid");

    [Fact]
    public void The_same_bytes_have_one_text()
    {
        Base64Url.Read("AA").ShouldBe([0]);
        Base64Url.Read("AB").ShouldBeNull();
        Base64Url.Read("AA==").ShouldBeNull();
        Base64Url.Read("A A").ShouldBeNull();
    }
}
