using System.CommandLine;

namespace Mila.Host.CommandLine;

/// <summary><c>openapi</c>: writes the HTTP contract to a file or to standard output. Needs neither a database nor a data folder.</summary>
internal static class OpenApiCommand
{
    internal static Command Create(Func<TextWriter, CancellationToken, Task> write)
    {
        var output = new Option<FileInfo?>("--output") { Description = "The file to write; standard output when absent.", HelpName = "FILE" };
        var command = new Command("openapi", "Write the HTTP contract, and end.") { output };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(output), write, ct));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo? output, Func<TextWriter, CancellationToken, Task> write, CancellationToken ct)
    {
        if (output is null)
        {
            await write(Console.Out, ct);
            return 0;
        }

        try
        {
            await using var writer = new StreamWriter(output.FullName);
            await write(writer, ct);
            return 0;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{output.FullName} cannot be written: {refused.Message}", ExitCode.Usage);
        }
    }
}
