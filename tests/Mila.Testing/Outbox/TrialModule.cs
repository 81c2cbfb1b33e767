using Marten;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Documents;
using Npgsql;

namespace Mila.Testing.Outbox;

/// <summary>A module that exists to try the outbox: deeds are done, and each handler leaves a row that says so, twice if it acted twice.</summary>
internal sealed class TrialModule : IModule
{
    /// <summary>The subscriber that <see cref="WhenDeedDone"/> is.</summary>
    public const string Done = "Testing.WhenDeedDone";

    public string Name => "Trial";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void ConfigureDocuments(ModuleDocuments documents)
    {
        documents.Document<Deed>();
        documents.Document<Tally>();
        documents.Document<Sample>();
        documents.Table("effect", table =>
        {
            table.AddColumn("position", "bigserial").AsPrimaryKey();
            table.AddColumn("handler", "text").NotNull();
            table.AddColumn("deed", "uuid").NotNull();
            table.AddColumn("actor", "uuid").NotNull();
            table.AddColumn("number", "integer").NotNull();
            table.AddColumn("host", "text").NotNull();
            table.AddColumn("published_at", "timestamp with time zone").NotNull();
            table.AddColumn("handled_at", "timestamp with time zone").NotNull().DefaultValueByExpression("clock_timestamp()");
        });
    }
}

/// <summary>What a writer stores. It is done when its transaction has committed.</summary>
internal sealed class Deed : IDocument
{
    public required Guid Id { get; init; }

    public Guid Version { get; set; }
}

/// <summary>How many deeds an actor has done: the row that its writers queue for.</summary>
internal sealed class Tally : IDocument
{
    public required Guid Id { get; init; }

    public int Deeds { get; set; }

    public Guid Version { get; set; }
}

/// <summary>What the handler of the benchmarks stores.</summary>
internal sealed class Sample : IDocument
{
    public required Guid Id { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    public string Text { get; init; } = "";

    public Guid Version { get; set; }
}

/// <summary>An actor did something.</summary>
internal sealed record DeedDone(Guid Actor, Guid Deed, int Number, DateTimeOffset At) : INotification;

/// <summary>An actor did something that one of two handlers may refuse.</summary>
internal sealed record DeedDisputed(Guid Actor, Guid Deed, int Number, DateTimeOffset At) : INotification;

/// <summary>Something was measured.</summary>
internal sealed record SampleTaken(Guid SampleId, DateTimeOffset At, string Text) : INotification;

/// <summary>What a test does to the handlers of one host.</summary>
internal sealed class Interference
{
    /// <summary>Called when a handler that may refuse is made.</summary>
    public Action<string> Made { get; set; } = _ => { };

    /// <summary>Called before a handler leaves its effect.</summary>
    public Func<string, Guid, int, CancellationToken, Task> Before { get; set; } = (_, _, _, _) => Task.CompletedTask;

    /// <summary>Called then, with the session that the handler writes into.</summary>
    public Func<IDocumentSession, CancellationToken, Task> Within { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Called when a sample has come to its handler.</summary>
    public Action<Guid> Sampled { get; set; } = _ => { };
}

internal sealed class WhenDeedDone(IDocumentSession session, Interference interference) : INotificationHandler<DeedDone>
{
    public async Task Handle(DeedDone notification, CancellationToken cancellationToken)
    {
        await interference.Before(nameof(WhenDeedDone), notification.Actor, notification.Number, cancellationToken);
        await interference.Within(session, cancellationToken);
        await session.LeaveEffectAsync(nameof(WhenDeedDone), notification.Deed, notification.Actor, notification.Number, notification.At, cancellationToken);
    }
}

internal sealed class WhenDeedDisputed : INotificationHandler<DeedDisputed>
{
    private readonly IDocumentSession _session;
    private readonly Interference _interference;

    public WhenDeedDisputed(IDocumentSession session, Interference interference)
    {
        (_session, _interference) = (session, interference);
        interference.Made(nameof(WhenDeedDisputed));
    }

    public async Task Handle(DeedDisputed notification, CancellationToken cancellationToken)
    {
        await _interference.Before(nameof(WhenDeedDisputed), notification.Actor, notification.Number, cancellationToken);
        await _session.LeaveEffectAsync(nameof(WhenDeedDisputed), notification.Deed, notification.Actor, notification.Number, notification.At, cancellationToken);
    }
}

internal sealed class WhenDeedDisputedElsewhere(IDocumentSession session) : INotificationHandler<DeedDisputed>
{
    public Task Handle(DeedDisputed notification, CancellationToken cancellationToken) =>
        session.LeaveEffectAsync(nameof(WhenDeedDisputedElsewhere), notification.Deed, notification.Actor, notification.Number, notification.At, cancellationToken);
}

internal sealed class WhenSampleTaken(IDocumentSession session, Interference interference) : INotificationHandler<SampleTaken>
{
    public Task Handle(SampleTaken notification, CancellationToken cancellationToken)
    {
        interference.Sampled(notification.SampleId);
        session.Store(new Sample { Id = notification.SampleId, TakenAt = notification.At, Text = notification.Text });
        return Task.CompletedTask;
    }
}

internal static class Effects
{
    // A plain insert without a key of the deed's: handled twice leaves two rows.
    public static async Task LeaveEffectAsync(this IDocumentSession session, string handler, Guid deed, Guid actor, int number, DateTimeOffset at, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand("insert into trial.effect (handler, deed, actor, number, host, published_at) values ($1, $2, $3, $4, current_setting('application_name'), $5)");
        command.Parameters.Add(new() { Value = handler });
        command.Parameters.Add(new() { Value = deed });
        command.Parameters.Add(new() { Value = actor });
        command.Parameters.Add(new() { Value = number });
        command.Parameters.Add(new() { Value = at.UtcDateTime });
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        await reader.ReadAsync(ct);
    }
}
