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
    public void Of_hosts_that_draw_at_once_the_first_key_stays() => RoundsWithoutOneWinner(SecretVault.PutOnce, rounds: 500).ShouldBe(0);

    /// <summary>The control: a move that looks first and renames then lets a second key replace the first, sooner or later.</summary>
    [Fact]
    public void With_a_move_instead_the_trial_sees_a_key_replaced() =>
        RoundsWithoutOneWinner(
            (finished, place) =>
            {
                if (File.Exists(place)) return false;
                File.Move(finished, place, overwrite: true);
                return true;
            },
            rounds: 20_000,
            until: 1).ShouldBeGreaterThan(0);

    /// <summary>Eight threads put a file of their own at one place, all from one line: in how many rounds not exactly one of them won, or another's file stands there.</summary>
    private int RoundsWithoutOneWinner(Func<string, string, bool> put, int rounds, int until = int.MaxValue)
    {
        const int Hosts = 8;
        var (place, wrong) = (Path.Combine(_folder, "key"), 0);
        var won = new bool[Hosts];
        using var line = new Barrier(
            Hosts,
            _ =>
            {
                var winners = Enumerable.Range(0, Hosts).Where(i => won[i]).ToArray();
                if (File.Exists(place) && (winners.Length != 1 || File.ReadAllText(place) != $"{winners[0]}")) wrong++;
                File.Delete(place);
                for (var i = 0; i < Hosts; i++) File.WriteAllText($"{place}.{i}", $"{i}");
            });

        var threads = Enumerable.Range(0, Hosts).Select(i => new Thread(() =>
        {
            for (var round = 0; round <= rounds && wrong < until; round++)
            {
                line.SignalAndWait();
                won[i] = round < rounds && put($"{place}.{i}", place);
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return wrong;
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
