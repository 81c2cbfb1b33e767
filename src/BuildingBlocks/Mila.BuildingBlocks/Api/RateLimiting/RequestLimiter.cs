using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Mila.BuildingBlocks.Security;

namespace Mila.BuildingBlocks.Api.RateLimiting;

/// <summary>Which quota a request counts against, and on whose account.</summary>
internal sealed class RequestLimiter(RateLimits limits, TimeProvider clock)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int Capacity = 50_000;

    private readonly Policy? _key = Policy.Of("key", limits.KeyPerMinute, clock);
    private readonly Policy? _guess = Policy.Of("guess", limits.GuessPerMinute, clock);
    private readonly Policy? _anonymous = Policy.Of("anonymous", limits.AnonymousPerMinute, clock);
    private readonly Policy? _form = Policy.Of("form", limits.FormPerMinute, clock);
    private readonly Policy? _trial = Policy.Of("trial", limits.FormPerMinute, clock);

    /// <summary>Counts the request; null when nothing limits it.</summary>
    public Counted? Count(HttpContext context)
    {
        var stated = context.GetEndpoint()?.Metadata.GetMetadata<RateLimited>();
        if (stated == RateLimited.Never) return null;

        var caller = Caller.From(context.User);
        var (policy, account) = (stated == RateLimited.AsTrial, caller.IsAnonymous) switch
        {
            (true, _) => (_trial, Network(context.Connection.RemoteIpAddress)),
            (false, true) => (stated == RateLimited.AsForm ? _form : _anonymous, Network(context.Connection.RemoteIpAddress)),
            (false, false) => (stated == RateLimited.AsGuess ? _guess : _key, caller.Id),
        };
        return policy is null ? null : new Counted(policy, account, policy.Windows.Take(account));
    }

    /// <summary>Who an address stands for: itself in IPv4; in IPv6 its /64, the least that a subscriber is given, all of which is one person's to use.</summary>
    internal static string Network(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    /// <summary>A request that was counted: where, on whose account, and how that stands.</summary>
    internal sealed record Counted(Policy Policy, string Account, Standing Standing)
    {
        /// <summary>Whether it turned out to be none of those that are counted.</summary>
        public bool IsGivenBack { get; private set; }

        public int Remaining => Standing.Remaining + (IsGivenBack ? 1 : 0);

        public void GiveBack()
        {
            if (IsGivenBack || !Standing.Allowed) return;

            IsGivenBack = true;
            Policy.Windows.GiveBack(Account);
        }
    }

    /// <summary>A quota and its windows.</summary>
    internal sealed record Policy(string Name, int Quota, FixedWindows Windows)
    {
        public static Policy? Of(string name, int quota, TimeProvider clock) => quota == 0 ? null : new Policy(name, quota, new FixedWindows(quota, Window, Capacity, clock));
    }
}
