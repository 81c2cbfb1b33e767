namespace Mila.Host;

/// <summary>What the command line says of a host.</summary>
/// <param name="Port">TCP port of HTTP on every interface; 0 takes a free one.</param>
/// <param name="DataFolder">Holds the private database, <c>admin.key</c>, secrets and, without an SMTP server, the mails.</param>
/// <param name="Import">Whether the 2026 programme is imported into a new database.</param>
/// <param name="Demo">Whether the fictitious members are imported too.</param>
internal sealed record HostSettings(int Port, string DataFolder, bool Import, bool Demo);
