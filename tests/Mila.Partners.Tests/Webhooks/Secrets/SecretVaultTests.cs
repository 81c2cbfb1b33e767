using System.Security.Cryptography;
using Mila.Partners.Webhooks.Secrets;

namespace Mila.Partners.Tests.Webhooks.Secrets;

public sealed class SecretVaultTests : IDisposable
{
    private static readonly Guid Endpoint = Guid.Parse("0190c7a0-0000-7000-8000-000000000001");
    private readonly string _folder = Directory.CreateTempSubdirectory("vault").FullName;

    [Fact]
    public void A_sealed_secret_opens_for_its_endpoint_and_for_no_other()
    {
        var vault = SecretVault.Open(null, _folder);
        var box = vault.Seal(Endpoint, "whsec_secret");

        vault.Unseal(Endpoint, box).ShouldBe("whsec_secret");
        box.ShouldNotContain("whsec");
        vault.Seal(Endpoint, "whsec_secret").ShouldNotBe(box);
        Should.Throw<CryptographicException>(() => vault.Unseal(Guid.Empty, box));
    }

    [Fact]
    public void An_altered_box_does_not_open()
    {
        var vault = SecretVault.Open(null, _folder);
        var box = Convert.FromBase64String(vault.Seal(Endpoint, "whsec_secret"));
        for (var i = 0; i < box.Length; i++)
        {
            byte[] altered = [.. box];
            altered[i] ^= 1;
            Should.Throw<CryptographicException>(() => vault.Unseal(Endpoint, Convert.ToBase64String(altered)));
        }

        Should.Throw<CryptographicException>(() => vault.Unseal(Endpoint, ""));
    }

    [Fact]
    public void The_key_is_drawn_once_and_is_its_owners_only()
    {
        var vaults = new SecretVault[8];
        Parallel.For(0, vaults.Length, i => vaults[i] = SecretVault.Open(null, _folder));

        var box = vaults[0].Seal(Endpoint, "whsec_secret");
        vaults.ShouldAllBe(v => v.Unseal(Endpoint, box) == "whsec_secret");
        Directory.GetFiles(_folder).ShouldBe([Path.Combine(_folder, "webhooks.key")]);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(_folder, "webhooks.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_configured_key_needs_no_file_and_another_key_opens_nothing()
    {
        var one = SecretVault.Open(Convert.ToBase64String(new byte[32]), _folder);
        var other = SecretVault.Open(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), _folder);

        Directory.GetFiles(_folder).ShouldBeEmpty();
        Should.Throw<CryptographicException>(() => other.Unseal(Endpoint, one.Seal(Endpoint, "whsec_secret")));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void A_key_that_is_none_stops_the_start(string configured) =>
        Should.Throw<InvalidOperationException>(() => SecretVault.Open(configured, _folder)).Message.ShouldBe("Webhooks__EncryptionKey must hold 32 bytes in base64.");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
