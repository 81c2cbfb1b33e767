using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Outbox;
using Mila.Hosting.Contracts;
using Mila.Membership.Contracts;
using Mila.Signage.Contracts;
using Mila.Signage.Spaces;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Signage.Tests;

/// <summary>Mila with an ear for what Signage says, and the words in which Membership and Hosting speak to it.</summary>
public sealed class SignageMila(TestPostgres postgres) : TestMila(postgres)
{
    private int _shops = 100;

    /// <summary>What Signage has published, once drained.</summary>
    internal ConcurrentQueue<INotification> Heard { get; } = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var session = Services.GetRequiredService<IDocumentStore>().LightweightSession();
        for (var number = 101; number <= 250; number++) session.Store(KnownSpace.Of(Guid.CreateVersion7(), $"RUE-{number}", "shop"));
        await session.SaveChangesAsync();
    }

    /// <summary>A shop of this test's own, of which Hosting has told.</summary>
    internal string NewShop() => $"RUE-{Interlocked.Increment(ref _shops)}";

    protected override void Customise(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Heard);
        builder.Services.AddScoped<INotificationHandler<PanelRequested>, WhenPanelSpeaks>();
        builder.Services.AddScoped<INotificationHandler<PanelInstalled>, WhenPanelSpeaks>();
        builder.Services.AddScoped<INotificationHandler<PanelRetired>, WhenPanelSpeaks>();
        builder.Services.AddSingleton(new Subscriptions(builder.Services));
    }

    internal MemberAdmitted Admitted(Guid memberId, string name = "Chambre Noire", int revision = 1, string? website = null, string? tagline = null, params string[] artists) =>
        new(memberId, name, "chambre-noire", "shop", ["label", "booker"], GoodStanding: true, revision, Clock.GetUtcNow(), tagline, TaglineEn: null, website, LogoUrl: null, artists);

    internal MemberChanged Changed(
        Guid memberId, string name = "Chambre Noire", string? website = "https://chambre-noire.example/", string? tagline = null, string status = "active", int revision = 2) =>
        new(memberId, name, "chambre-noire", "shop", ["label", "booker"], status, GoodStanding: true, tagline, TaglineEn: null, website, LogoUrl: null, ["Nina"], ["name"], revision, Clock.GetUtcNow());

    internal LeaseStarted Started(Guid memberId, string shop, Guid? leaseId = null, string kind = "shop", string startsOn = "2026-03-01") =>
        new(memberId, leaseId ?? Guid.CreateVersion7(), shop, kind, DateOnly.Parse(startsOn, null), new DateOnly(2027, 2, 28), Clock.GetUtcNow());

    internal LeaseEnded Ended(Guid memberId, string shop, Guid leaseId) => new(memberId, leaseId, shop, "shop", new DateOnly(2026, 3, 8), Clock.GetUtcNow());

    /// <summary>A panel that has come as far as <paramref name="stage"/>.</summary>
    internal async Task<string> PanelAsync(HttpClient signage, string stage, object? request = null)
    {
        var made = await signage.MakeAsync("/v1/panels", request ?? new { spaceCode = NewShop(), companyName = "Chambre Noire" });
        var path = $"/v1/panels/{made.Id()}";
        string[] steps = made.Text("mounting") == "outdoor" ? ["approval", "authorisation", "fabrication", "installation"] : ["approval", "fabrication", "installation"];
        foreach (var step in steps)
        {
            if ((await signage.ReadAsync(path)).Text("stage") == stage) break;

            await signage.MakeAsync($"{path}/{step}");
        }

        (await signage.ReadAsync(path)).Text("stage").ShouldBe(stage);
        return path;
    }

    /// <summary>The panels of a shop, oldest first.</summary>
    internal static async Task<JsonElement[]> PanelsAsync(HttpClient signage, string shop) =>
        [.. (await signage.GetFromJsonAsync<JsonElement>($"/v1/panels?spaceCode={shop}")).GetProperty("items").EnumerateArray()];

    private sealed class WhenPanelSpeaks(ConcurrentQueue<INotification> heard) :
        INotificationHandler<PanelRequested>, INotificationHandler<PanelInstalled>, INotificationHandler<PanelRetired>
    {
        public Task Handle(PanelRequested notification, CancellationToken ct) => HearAsync(notification);

        public Task Handle(PanelInstalled notification, CancellationToken ct) => HearAsync(notification);

        public Task Handle(PanelRetired notification, CancellationToken ct) => HearAsync(notification);

        private Task HearAsync(INotification notification)
        {
            heard.Enqueue(notification);
            return Task.CompletedTask;
        }
    }
}

internal static class PanelReading
{
    /// <summary>Why a panel does not say the truth.</summary>
    internal static string[] Stale(this JsonElement panel) => [.. panel.GetProperty("stale").EnumerateArray().Select(r => r.GetString()!)];
}
