using Mila.Partners.Webhooks.Endpoints;
using Npgsql;
using NpgsqlTypes;

namespace Mila.Partners.Webhooks.Messages;

/// <summary>A partner's key sees the messages that were meant for its own endpoints, and of which it may know.</summary>
internal static class MessageAccess
{
    /// <summary>A condition on <c>m</c>; <c>$1</c> holds the caller's endpoints and <c>$2</c> its partner, both null for staff.</summary>
    internal const string Sql = """
        ($2::uuid is null or m.audience is null or $2 = any(m.audience)) and ($1::uuid[] is null or m.told && $1)
        """;

    /// <summary>What the condition asks for, first.</summary>
    internal static async Task AddAccessAsync(this NpgsqlCommand command, IQuerySession session, Caller caller, CancellationToken ct)
    {
        command.Parameters.Add(new() { Value = (object?)await session.EndpointsOfAsync(caller, ct) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)caller.PartnerId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
    }

    /// <summary>The endpoints that the caller may know of: its own for a partner, null for all.</summary>
    private static async Task<Guid[]?> EndpointsOfAsync(this IQuerySession session, Caller caller, CancellationToken ct) =>
        caller.PartnerId is { } own ? [.. (await session.Query<WebhookEndpoint>().Where(e => e.PartnerId == own).ToListAsync(ct)).Select(e => e.Id)] : null;
}
