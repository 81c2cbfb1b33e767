using System.Data.Common;
using Mila.Partners.Webhooks.Delivery;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using IStorageOperation = Weasel.Storage.IStorageOperation;

namespace Mila.Partners.Webhooks.Messages;

/// <summary>A message for receivers, as it will be stored.</summary>
/// <param name="Resource">What it is about: lists of messages filter by it, and an endpoint may ask for its order.</param>
/// <param name="Channels">What it concerns, for endpoints that asked for some of it only.</param>
/// <param name="Audience">The partners that may know of it beside MILA itself; null for all.</param>
/// <param name="Body">The exact bytes of the thin form.</param>
/// <param name="FullBody">The full public form, for endpoints that opted in; null where there is none.</param>
internal sealed record NewMessage(string Id, string Type, Guid? Resource, string[] Channels, Guid[]? Audience, byte[] Body, byte[]? FullBody, DateTimeOffset CreatedAt);

/// <summary>
/// Writes a message and its deliveries in the session's own transaction, and rings the bell, which PostgreSQL sounds when that transaction has committed:
/// no delivery without the change it announces, and no change without its delivery.
/// </summary>
/// <param name="message">What is told.</param>
/// <param name="endpoints">To whom.</param>
/// <param name="ordered">Those of them that asked for the order of what happened to one resource.</param>
internal sealed class MessageInsert(NewMessage message, Guid[] endpoints, Guid[] ordered) : IStorageOperation
{
    public Type DocumentType => typeof(Marten.Storage.StorageFeatures);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        var postgres = (Weasel.Postgresql.ICommandBuilder)builder;
        builder.Append("with message as (insert into partners.webhook_messages (id, type, resource, channels, audience, told, body, full_body, created_at) values (");
        postgres.AppendParameter(message.Id, NpgsqlDbType.Text);
        builder.Append(", ");
        postgres.AppendParameter(message.Type, NpgsqlDbType.Text);
        builder.Append(", ");
        postgres.AppendParameter((object?)message.Resource ?? DBNull.Value, NpgsqlDbType.Uuid);
        builder.Append(", ");
        postgres.AppendParameter(message.Channels, NpgsqlDbType.Array | NpgsqlDbType.Text);
        builder.Append(", ");
        postgres.AppendParameter((object?)message.Audience ?? DBNull.Value, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        builder.Append(", ");
        postgres.AppendParameter(endpoints, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        builder.Append(", ");
        postgres.AppendParameter(message.Body, NpgsqlDbType.Bytea);
        builder.Append(", ");
        postgres.AppendParameter((object?)message.FullBody ?? DBNull.Value, NpgsqlDbType.Bytea);
        builder.Append(", ");
        postgres.AppendParameter(message.CreatedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        builder.Append(") returning seq, created_at, resource), deliveries as (insert into partners.webhook_deliveries (message_seq, endpoint_id, due_at, resource) select message.seq, e.id, message.created_at, case when e.id = any(");
        postgres.AppendParameter(ordered, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        builder.Append(") then message.resource end from message, unnest(");
        postgres.AppendParameter(endpoints, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        builder.Append(") e(id)) select pg_notify(");
        postgres.AppendParameter(WebhookTables.Bell, NpgsqlDbType.Text);
        builder.Append(", '')");
    }

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}
