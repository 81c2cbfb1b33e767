namespace Mila.Partners.Webhooks;

/// <summary>Settings <c>Webhooks__*</c>.</summary>
internal sealed class WebhookOptions
{
    /// <summary>Networks that may be dialled although they are not public: CIDRs separated by commas.</summary>
    public string? AllowedNetworks { get; set; }

    /// <summary>32 bytes in base64 that seal the signing secrets. Hosts that share a database must share it; without it each data folder has its own.</summary>
    public string? EncryptionKey { get; set; }

    /// <summary>False leaves the sending to other hosts (and, in tests, to DrainAsync).</summary>
    public bool Deliver { get; set; } = true;

    /// <summary>Deliveries of one endpoint that this host has under way at a time; none while its breaker is open, and then one to try whether it is back.</summary>
    public int InFlightPerEndpoint { get; set; } = 16;

    /// <summary>Deliveries under way in all.</summary>
    public int InFlight { get; set; } = 4000;

    /// <summary>The most endpoints of one partner: each thing that happens reads all of them.</summary>
    public int EndpointsPerPartner { get; set; } = 200;

    /// <summary>How often each host looks for what no bell announced: retries, and what a dead host left.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromMilliseconds(500);
}
