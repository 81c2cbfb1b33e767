namespace Mila.Host.CommandLine;

/// <summary>What a command has before the web application exists: a log and the configuration.</summary>
internal static class StartLog
{
    /// <summary>A log on standard error, one line an entry; standard output belongs to what a command answers.</summary>
    internal static ILoggerFactory Create() => LoggerFactory.Create(logging =>
    {
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    });

    /// <summary>The settings of the environment, which are all that the start needs.</summary>
    internal static IConfiguration Configuration() => new ConfigurationBuilder().AddEnvironmentVariables().Build();
}
