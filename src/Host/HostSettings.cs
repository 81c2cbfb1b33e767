namespace Mila.Host;

/// <summary>What the command line says about a serving host.</summary>
/// <param name="Port">The TCP port of the HTTP server, 1 to 65535.</param>
/// <param name="DataFolder">The absolute path of the folder that holds the private database, the administrator's key and mails.</param>
/// <param name="Import">Whether a first start imports the 2026 programme.</param>
/// <param name="Demo">Whether the fictitious members are imported too.</param>
internal sealed record HostSettings(int Port, string DataFolder, bool Import, bool Demo);
