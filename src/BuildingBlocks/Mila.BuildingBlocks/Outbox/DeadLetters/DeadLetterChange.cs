using System.Data.Common;
using JasperFx;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using IStorageOperation = Weasel.Storage.IStorageOperation;

namespace Mila.BuildingBlocks.Outbox.DeadLetters;

/// <summary>One statement on a dead letter as it was read, in the transaction of the session: somebody else's change in between is a lost race.</summary>
internal sealed class DeadLetterChange(DeadLetter letter, string statement) : IStorageOperation
{
    public Type DocumentType => typeof(DeadLetter);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        var postgres = (Weasel.Postgresql.ICommandBuilder)builder;
        builder.Append($"with changed as ({statement} where id = ");
        postgres.AppendParameter(letter.Id, NpgsqlDbType.Uuid);
        builder.Append(" and parked_at = ");
        postgres.AppendParameter(letter.ParkedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        builder.Append(" returning id) select count(*) from changed");
    }

    public async Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token)
    {
        await reader.ReadAsync(token);
        if (reader.GetInt64(0) == 0) exceptions.Add(new ConcurrencyException(typeof(DeadLetter), letter.Id));
    }
}
