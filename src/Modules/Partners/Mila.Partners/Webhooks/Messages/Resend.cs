using System.Data.Common;
using Mila.Partners.Webhooks.Delivery;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using IStorageOperation = Weasel.Storage.IStorageOperation;

namespace Mila.Partners.Webhooks.Messages;

/// <summary>
/// Puts messages in an endpoint's queue again, due now, with the same id and the same bytes; one that is under way at this moment stays as it is.
/// Beside each message it is noted that it was for this endpoint too. The endpoint's row must be locked: two that ask at once would send twice.
/// </summary>
internal sealed class Resend(Guid endpointId, bool ordered, long[] messages, DateTimeOffset now) : IStorageOperation
{
    public Type DocumentType => typeof(Marten.Storage.StorageFeatures);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        var postgres = (Weasel.Postgresql.ICommandBuilder)builder;
        builder.Append("with asked as (select m.seq, ");
        postgres.AppendParameter(endpointId, NpgsqlDbType.Uuid);
        builder.Append(" as endpoint_id, ");
        postgres.AppendParameter(now.UtcDateTime, NpgsqlDbType.TimestampTz);
        builder.Append(" as due_at, ");
        builder.Append(ordered ? "(select x.resource from partners.webhook_messages x where x.seq = m.seq)" : "null::uuid");
        builder.Append(" as resource from unnest(");
        postgres.AppendParameter(messages, NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        builder.Append("""
            ) m(seq)),
            again as (
              update partners.webhook_deliveries d set state = 0, attempts = 0, due_at = a.due_at from asked a
              where d.endpoint_id = a.endpoint_id and d.message_seq = a.seq and d.claimed_by is null),
            anew as (
              insert into partners.webhook_deliveries (message_seq, endpoint_id, due_at, resource) select a.seq, a.endpoint_id, a.due_at, a.resource from asked a
              where not exists (select from partners.webhook_deliveries d where d.endpoint_id = a.endpoint_id and d.message_seq = a.seq)),
            told as (
              update partners.webhook_messages m set told = coalesce(m.told, '{}') || o.endpoint_id from (
                select x.seq, a.endpoint_id from partners.webhook_messages x join asked a on a.seq = x.seq
                where not a.endpoint_id = any(coalesce(x.told, '{}')) order by x.seq for update of x) o
              where m.seq = o.seq)
            select pg_notify(
            """);
        postgres.AppendParameter(WebhookTables.Bell, NpgsqlDbType.Text);
        builder.Append(", '')");
    }

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}
