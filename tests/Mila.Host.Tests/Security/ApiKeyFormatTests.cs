using CsCheck;
using Mila.BuildingBlocks.Security.ApiKeys;

namespace Mila.Host.Tests.Security;

public class ApiKeyFormatTests
{
    private static readonly Gen<string> Keys = Gen.Enum<KeyKind>().Select(ApiKeyFormat.Generate);

    [Theory]
    [InlineData(KeyKind.Admin, "^mila_admin_[0-9A-Za-z]{36}$")]
    [InlineData(KeyKind.Staff, "^mila_staff_[0-9A-Za-z]{36}$")]
    [InlineData(KeyKind.Partner, "^mila_partner_[0-9A-Za-z]{36}$")]
    internal void A_key_says_what_it_is(KeyKind kind, string shape) => ApiKeyFormat.Generate(kind).ShouldMatch(shape);

    [Fact]
    public void A_generated_key_is_well_formed() => Keys.Sample(key => ApiKeyFormat.IsWellFormed(key));

    [Fact]
    public void No_two_keys_are_alike() => Enumerable.Range(0, 2000).Select(_ => ApiKeyFormat.Generate(KeyKind.Staff)).Distinct().Count().ShouldBe(2000);

    [Fact]
    public void One_wrong_character_is_noticed() => Gen.Select(Keys, Gen.Int[0, 60], Gen.Char['0', 'z']).Sample((key, at, other) =>
    {
        at %= key.Length;
        return key[at] == other || !ApiKeyFormat.IsWellFormed(string.Concat(key.AsSpan(0, at), [other], key.AsSpan(at + 1)));
    });

    [Theory]
    [InlineData("")]
    [InlineData("mila_")]
    [InlineData("mila_admin_")]
    [InlineData("mila_root_000000000000000000000000000000000000")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Anything_else_is_none(string text) => ApiKeyFormat.IsWellFormed(text).ShouldBeFalse();

    [Fact]
    public void A_key_with_something_after_it_is_none() => Keys.Sample(key => !ApiKeyFormat.IsWellFormed(key + "0") && !ApiKeyFormat.IsWellFormed(key + "\n") && !ApiKeyFormat.IsWellFormed(" " + key));

    // A made-up key: the checksum is CRC-32 (ISO-HDLC) of everything before it, so that other tools can check keys too.
    [Fact]
    public void The_checksum_is_the_published_one() => ApiKeyFormat.IsWellFormed("mila_staff_0000000000AAAAAAAAAAaaaaaaaaaa3jgmDK").ShouldBeTrue();

    [Fact]
    public void Each_character_is_about_equally_likely()
    {
        var characters = Enumerable.Range(0, 4000).SelectMany(_ => ApiKeyFormat.Generate(KeyKind.Admin)[11..41]).GroupBy(character => character).ToDictionary(g => g.Key, g => g.Count());
        characters.Count.ShouldBe(62);
        // 120 000 draws over 62: 1 935 each; six standard deviations are 262.
        characters.Values.ShouldAllBe(count => Math.Abs(count - 1935) < 262);
    }

    [Fact]
    public void The_prefix_shows_four_characters_of_the_secret()
    {
        var key = ApiKeyFormat.Generate(KeyKind.Partner);
        ApiKeyFormat.Prefix(key).ShouldBe(key[..17]);
    }

    [Fact]
    public void The_hash_is_SHA_256_in_hexadecimal() => ApiKeyFormat.Hash("abc").ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
