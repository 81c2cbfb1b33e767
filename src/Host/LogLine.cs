using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Mila.Host;

/// <summary>
/// One entry of the log is one line: when, how grave, who says it, under which trace (the <c>traceId</c> of a problem; W3C Trace Context), and what. Scopes are left out, because they
/// hold addresses, and addresses can hold what opens a person's registration.
/// </summary>
internal sealed class LogLine(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "mila";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (logEntry.Exception is { } exception) text = $"{text} {exception}";
        textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {Activity.Current?.TraceId.ToHexString() ?? "-"} {text.ReplaceLineEndings(" ")}"));
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
