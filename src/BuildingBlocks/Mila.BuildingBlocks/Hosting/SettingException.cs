namespace Mila.BuildingBlocks.Hosting;

/// <summary>A setting that cannot be used: the host says so in one line and does not start.</summary>
/// <param name="message">One sentence that names the setting and says what it takes. Holds no secret.</param>
#pragma warning disable CA1032 // Always made with its sentence.
public sealed class SettingException(string message) : InvalidOperationException(message);
#pragma warning restore CA1032
