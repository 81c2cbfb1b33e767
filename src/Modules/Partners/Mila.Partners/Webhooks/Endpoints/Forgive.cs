using System.Data.Common;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using IStorageOperation = Weasel.Storage.IStorageOperation;

namespace Mila.Partners.Webhooks.Endpoints;

/// <summary>What an endpoint failed at before it was enabled again does not count against it.</summary>
internal sealed class Forgive(Guid endpointId) : IStorageOperation
{
    public Type DocumentType => typeof(Marten.Storage.StorageFeatures);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        builder.Append("with forgiven as (delete from partners.webhook_health where endpoint_id = ");
        ((Weasel.Postgresql.ICommandBuilder)builder).AppendParameter(endpointId, NpgsqlDbType.Uuid);
        builder.Append(" returning 1) select count(*) from forgiven");
    }

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}
