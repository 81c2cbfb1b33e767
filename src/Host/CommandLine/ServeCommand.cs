using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Mila.Host.Database;

namespace Mila.Host.CommandLine;

/// <summary>The root command: serve until told to stop.</summary>
internal static class ServeCommand
{
    /// <summary>Opens the database, serves, and at a signal stops first the web server, then the private database.</summary>
    /// <param name="settings">What the command line says.</param>
    /// <param name="actions">What builds and prepares the application.</param>
    /// <param name="ct">Ends the service.</param>
    /// <exception cref="OperatorException">The port is taken, or the database cannot be used.</exception>
    internal static async Task<int> RunAsync(HostSettings settings, HostActions actions, CancellationToken ct)
    {
        using var logging = StartLog.Create();
        await using var database = await DatabaseSource.OpenAsync(StartLog.Configuration(), settings.DataFolder, logging.CreateLogger("Mila"), ct);
        EnsurePortIsFree(settings.Port);

        await using var app = actions.Build(settings, database.ConnectionString);
        await actions.Prepare(app, settings, ct);
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException refused) when (refused.InnerException is AddressInUseException)
        {
            throw PortTaken(settings.Port);
        }

        app.Logger.LogInformation("Mila serves on http://localhost:{Port}; the contract is at /docs, the data in {Folder}.", settings.Port, settings.DataFolder);
        await Task.WhenAny(app.WaitForShutdownAsync(ct), database.Watch);
        await app.StopAsync(CancellationToken.None);
        if (database.Watch.IsFaulted) await database.Watch;
        return 0;
    }

    /// <summary>Kestrel tells a taken port only after everything else has started; an import need not run for that.</summary>
    private static void EnsurePortIsFree(int port)
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.Any, port));
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw PortTaken(port);
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new OperatorException($"port {port} may not be opened by this account.", ExitCode.PortTaken);
        }
    }

    private static OperatorException PortTaken(int port) => new($"port {port} is taken.", ExitCode.PortTaken);
}
