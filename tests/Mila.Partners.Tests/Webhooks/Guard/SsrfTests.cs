using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Tests.Webhooks.Delivery;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Endpoints;
using Mila.Partners.Webhooks.Guard;
using Mila.Partners.Webhooks.Secrets;
using Mila.Partners.Webhooks.Signing;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Partners.Tests.Webhooks.Guard;

/// <summary>
/// Addresses that lead into our own network, in every form known to us, at each door: when an endpoint is opened, changed, tried out and sent to. Real sockets listen where they
/// lead (<see cref="Canaries"/>), and nobody may connect.
/// </summary>
public sealed class SsrfTests(SsrfTests.ClosedMila mila) : IClassFixture<SsrfTests.ClosedMila>
{
    private const string Refused = "An endpoint has a public https address on port 443 or 8443, without user or fragment.";

    /// <summary>Every one of these leads to this machine, for some program or other.</summary>
    private static readonly string[] s_hosts =
    [
        // IPv4, as it should be written
        "127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.254", "0.0.0.0", "0.1.2.3",
        // decimal, hexadecimal, octal, and with parts left out
        "2130706433", "0x7f000001", "0x7F000001", "017700000001", "0177.0.0.1", "0x7f.0.0.1", "0x7f.0x0.0x0.0x1", "0177.0x0.0.01", "127.1", "127.0.1", "0177.1", "0x7f.1", "127.0x1", "0", "0x0", "00000177.0.0.1",
        "127.000.000.001", "127.0.0.1.", "0x7f.0.1", "2130706434", "4294967295",
        // digits and dots of other scripts
        "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "127．0．0．1", "127.0.0.①",
        // percent
        "%31%32%37.0.0.1", "127%2e0.0.1", "localhost%00.partner.example",
        // private, shared, link-local and what clouds keep there
        "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.1.254", "100.64.0.1", "100.127.255.254", "169.254.169.254", "169.254.170.2", "2852039166", "0xa9fea9fe",
        "0251.0376.0251.0376", "192.0.0.192", "198.18.0.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.0.2.1", "203.0.113.1",
        // IPv6
        "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::1%25lo]", "[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]",
        // IPv4 inside IPv6: mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[::7f00:1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]",
        "[64:ff9b:1::127.0.0.1]", "[2002:7f00:1::]", "[2002:7f00:0001::1]", "[2001:0:7f00:1::1]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]", "[2a01:e0a::5efe:127.0.0.1]", "[2a01:e0a::200:5efe:10.0.0.1]",
    ];

    /// <summary>Forms that are wrong beside their host: scheme, port, userinfo, and what parsers disagree about.</summary>
    private static readonly string[] s_urls =
    [
        "http://127.0.0.1:8443/", "http://localhost:8443/", "http://partner.example/", "ftp://127.0.0.1:8443/", "file:///etc/passwd", "gopher://127.0.0.1:8443/_", "dict://127.0.0.1:8443/", "ldap://127.0.0.1:8443/",
        "unix:///var/run/docker.sock", "jar:https://127.0.0.1:8443!/", "data:text/plain,x", "javascript:alert(1)", "https:127.0.0.1:8443", "//127.0.0.1:8443/", "https:/127.0.0.1:8443/", "https://///127.0.0.1:8443/",
        "https://partner.example:22/", "https://partner.example:5432/", "https://partner.example:0/", "https://partner.example:65536/", "https://127.0.0.1:443/", "https://127.0.0.1/",
        "https://partner.example@127.0.0.1:8443/", "https://user:pass@127.0.0.1:8443/", "https://127.0.0.1:8443@partner.example/", "https://partner.example%40127.0.0.1:8443/", "https://@127.0.0.1:8443/",
        "https://127.0.0.1:8443#@partner.example/", "https://127.0.0.1:8443\\@partner.example/", "https://partner.example\\.127.0.0.1:8443/", "https://127.0.0.1:8443 .partner.example/", "https://127.0.0.1\t:8443/",
        "https://[::1]:8443@partner.example/", "https://[::1].partner.example:8443/", "https://[127.0.0.1]:8443/", "https://::1:8443/",
    ];

    /// <summary>Names whose addresses are not what they seem.</summary>
    private static readonly string[] s_names = ["localhost", "loopback.example", "six.example", "mapped.example", "mixed.example", "mixed-first.example", "changing.example", "metadata.example", "nothing.example", "failing.example"];

    [Fact]
    public async Task No_form_is_opened_or_changed_to_and_each_refusal_reads_the_same()
    {
        await using var canaries = await Canaries.StartAsync();
        using var admin = mila.Admin();
        var path = $"/v1/webhook-endpoints/{(await admin.MakeAsync("/v1/webhook-endpoints", new { url = "https://partner.example/hooks" })).Id()}";
        var tag = await admin.TagAsync(path);
        string[] urls = [.. s_hosts.Select(h => $"https://{h}:{Canaries.Port}/hooks"), .. s_urls];
        urls.Distinct().Count().ShouldBeGreaterThanOrEqualTo(110);
        var wrong = new List<string>();
        foreach (var url in urls)
        {
            var opened = await admin.CallAsync("POST", "/v1/webhook-endpoints", new { url });
            var changed = await admin.AmendAsync(path, new { url }, tag);
            foreach (var answer in (Answer[])[opened, changed])
            {
                if (answer.Status != 422 || answer.Code != "webhook-url-refused" || answer["detail"].GetString() != Refused || !answer.Faults.SequenceEqual(["/url webhook-url-refused"])) wrong.Add($"{url}: {answer.Text}");
            }
        }

        wrong.ShouldBeEmpty();
        (await admin.ReadAsync(path)).Text("url").ShouldBe("https://partner.example/hooks");
        canaries.Hits.ShouldBe(0);
    }

    [Fact]
    public async Task No_form_is_dialled_even_where_it_stands_in_the_database_and_each_attempt_reads_the_same()
    {
        await using var canaries = await Canaries.StartAsync();
        using var admin = mila.Admin();
        var urls = s_hosts.Select(h => $"https://{h}:{Canaries.Port}/hooks").Concat(s_urls).Concat(s_names.SelectMany(n => (string[])[$"https://{n}:{Canaries.Port}/hooks", $"http://{n}:{Canaries.Port}/hooks"]))
            .Where(u => Uri.TryCreate(u, UriKind.Absolute, out var url) && url.Scheme is "http" or "https").Where(u => !u.Contains("partner.example", StringComparison.Ordinal)).ToArray();
        urls.Length.ShouldBeGreaterThanOrEqualTo(80);
        var endpoints = await StoreAsync(urls);
        // A test is sent, and what happens meanwhile too.
        foreach (var endpoint in endpoints) (await admin.CallAsync("POST", $"/v1/webhook-endpoints/{endpoint}/test", null)).Expect(202);
        await admin.MakeAsync("/v1/partners", new { code = "ssrf", name = "SSRF", kind = "network" });
        await mila.DrainAsync();

        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);

        foreach (var (endpoint, url) in endpoints.Zip(urls))
        {
            var attempts = (await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}/attempts")).GetProperty("items").EnumerateArray().ToArray();
            attempts.Length.ShouldBe(2, url);
            attempts.ShouldAllBe(a => a.Text("outcome") == "unreachable" && a.Text("error") == EndpointUnreachableException.Text && a.Text("answer") == "", url);
        }

        canaries.Hits.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_is_opened_without_a_look_at_where_it_leads()
    {
        await using var canaries = await Canaries.StartAsync();
        using var admin = mila.Admin();
        var before = mila.Lookups;
        foreach (var name in s_names.Where(n => n.Contains('.', StringComparison.Ordinal))) await admin.MakeAsync("/v1/webhook-endpoints", new { url = $"https://{name}:{Canaries.Port}/", enabled = false });

        canaries.Hits.ShouldBe(0);
        mila.Lookups.ShouldBe(before);
    }

    [Theory]
    [InlineData("301 Moved")]
    [InlineData("302 Found")]
    [InlineData("303 See Other")]
    [InlineData("307 Temporary")]
    [InlineData("308 Permanent")]
    [InlineData("300 Choices")]
    public async Task A_redirect_into_our_network_is_not_followed(string status)
    {
        await using var canaries = await Canaries.StartAsync();
        await using var receiver = EvilReceiver.Saying($"HTTP/1.1 {status}\r\nLocation: https://127.0.0.1:{Canaries.Port}/\r\nRefresh: 0; url=http://127.0.0.1:{Canaries.Port}/\r\nContent-Length: 0\r\n\r\n");
        using var sender = new WebhookSender(new GuardedDialer((_, _) => Task.FromResult<IPAddress[]>([]), AllowedNetworks.Parse("127.0.0.0/8"), TimeProvider.System), TimeProvider.System);

        (await sender.SendAsync(new Outgoing(receiver.Url, "msg_1", "{}"u8.ToArray(), [WebhookKey.Generate("v1")]), default)).Outcome.ShouldBe(Outcome.Redirected);

        receiver.Requests.Count.ShouldBe(1);
        canaries.Hits.ShouldBe(0);
    }

    [Fact]
    public async Task Control_without_the_guard_the_canaries_are_hit()
    {
        await using var canaries = await Canaries.StartAsync();
        using var unguarded = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        var reached = 0;
        foreach (var host in s_hosts.Where(h => LeadsHere(h)))
        {
            var before = canaries.Hits;
            try
            {
                using var answer = await unguarded.PostAsJsonAsync($"https://{host}:{Canaries.Port}/hooks", new { });
            }
            catch (Exception sent) when (sent is HttpRequestException or OperationCanceledException or UriFormatException)
            {
                // Connected and sent away, or nobody there.
            }

            if (canaries.Hits > before) reached++;
        }

        reached.ShouldBeGreaterThanOrEqualTo(15);
    }

    [Fact]
    public async Task Control_where_the_operator_opened_the_network_the_pump_hits_the_canaries()
    {
        await using var canaries = await Canaries.StartAsync();
        using var sender = new WebhookSender(new GuardedDialer((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), AllowedNetworks.Parse("127.0.0.0/8, ::1/128"), TimeProvider.System), TimeProvider.System);
        foreach (var host in (string[])["127.0.0.1", "127.1.2.3", "[::1]", "loopback.example"])
        {
            (await sender.SendAsync(new Outgoing(new Uri($"https://{host}:{Canaries.Port}/"), "msg_1", "{}"u8.ToArray(), [WebhookKey.Generate("v1")]), default)).Outcome.ShouldNotBe(Outcome.Succeeded);
        }

        canaries.Hits.ShouldBeGreaterThanOrEqualTo(4);
    }

    /// <summary>Hosts that .NET itself, or the system below it, takes to this machine.</summary>
    private static bool LeadsHere(string host) =>
        Uri.TryCreate($"https://{host}:{Canaries.Port}/", UriKind.Absolute, out var url) && IPAddress.TryParse(url.IdnHost, out var address)
        && (IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <summary>Endpoints at addresses that no request could have brought in.</summary>
    private async Task<Guid[]> StoreAsync(string[] urls)
    {
        await using var scope = mila.Services.CreateAsyncScope();
        var (session, vault, now) = (scope.ServiceProvider.GetRequiredService<Marten.IDocumentSession>(), scope.ServiceProvider.GetRequiredService<SecretVault>(), mila.Clock.GetUtcNow());
        var endpoints = urls.Select(url =>
        {
            var id = Guid.CreateVersion7(now);
            var terms = new EndpointTerms(url, ["partner.registered"], [], null, PayloadForm.Thin, true, new Manners(null, false, false));
            return WebhookEndpoint.Open(id, null, terms, WebhookKey.V1, vault.Seal(id, WebhookKey.Generate(WebhookKey.V1).Secret), now);
        }).ToArray();
        session.Store(endpoints);
        await session.SaveChangesAsync();
        return [.. endpoints.Select(e => e.Id)];
    }

    /// <summary>Nothing is opened, and names lead where each says.</summary>
    public sealed class ClosedMila(TestPostgres postgres) : TestMila(postgres)
    {
        private int _lookups;

        public int Lookups => Volatile.Read(ref _lookups);

        protected override IEnumerable<KeyValuePair<string, string?>> Settings => [new("Outbox:Dispatchers", "0"), new("Webhooks:Deliver", "false")];

        protected override void Customise(WebApplicationBuilder builder) => builder.Services.AddSingleton<ResolveHost>(ResolveAsync);

        private Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct)
        {
            var turn = Interlocked.Increment(ref _lookups);
            string[] addresses = host switch
            {
                "localhost" => ["127.0.0.1", "::1"],
                "loopback.example" => ["127.0.0.1"],
                "six.example" => ["::1"],
                "mapped.example" => ["::ffff:127.0.0.1"],
                "mixed.example" => ["93.184.216.34", "127.0.0.1"],
                "mixed-first.example" => ["127.0.0.1", "2606:4700::1111"],
                "changing.example" => [turn % 2 == 0 ? "127.0.0.1" : "::1"],
                "metadata.example" => ["169.254.169.254"],
                "failing.example" => throw new System.Net.Sockets.SocketException(11001),
                _ => [],
            };
            return Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse));
        }
    }
}
