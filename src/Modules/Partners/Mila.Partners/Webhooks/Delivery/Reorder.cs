using System.Data.Common;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using IStorageOperation = Weasel.Storage.IStorageOperation;

namespace Mila.Partners.Webhooks.Delivery;

/// <summary>An endpoint asks for order, or does so no more: what waits for it goes by its resource from now on, or behind nothing.</summary>
internal sealed class Reorder(Guid endpointId, bool ordered) : IStorageOperation
{
    public Type DocumentType => typeof(Marten.Storage.StorageFeatures);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        builder.Append(ordered
            ? "with waiting as (update partners.webhook_deliveries d set resource = m.resource from partners.webhook_messages m where m.seq = d.message_seq and d.endpoint_id = "
            : "with waiting as (update partners.webhook_deliveries d set resource = null, state = case d.state when 2 then 0 else d.state end where d.endpoint_id = ");
        ((Weasel.Postgresql.ICommandBuilder)builder).AppendParameter(endpointId, NpgsqlDbType.Uuid);
        builder.Append(" returning 1) select count(*) from waiting");
    }

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}
