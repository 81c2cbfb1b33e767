namespace Mila.Host.CommandLine;

/// <summary>What the commands do once their arguments are read and their database is open. A command without an action does not exist.</summary>
internal sealed record HostActions
{
    /// <summary>Builds the web application that the root command serves: settings and connection string.</summary>
    public required Func<HostSettings, string, WebApplication> Build { get; init; }

    /// <summary>Does what must be done before the first request.</summary>
    public required Func<WebApplication, HostSettings, CancellationToken, Task> Prepare { get; init; }

    /// <summary>Brings the schema of the database to this version: <c>migrate</c>.</summary>
    public Func<HostSettings, string, CancellationToken, Task>? Migrate { get; init; }

    /// <summary>Imports a file into the database: <c>import FILE</c>.</summary>
    public Func<HostSettings, string, FileInfo, CancellationToken, Task>? Import { get; init; }

    /// <summary>Replaces the first administrator's key: <c>admin-key</c>.</summary>
    public Func<HostSettings, string, CancellationToken, Task>? ReplaceKey { get; init; }

    /// <summary>Writes the HTTP contract: <c>openapi [--output FILE]</c>. Needs no database.</summary>
    public Func<TextWriter, CancellationToken, Task>? WriteOpenApi { get; init; }
}
