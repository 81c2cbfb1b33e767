using System.Reflection;
using System.Xml.Linq;

namespace Mila.Architecture.Tests;

/// <summary>The house as it stands on disk: nothing here is listed by hand.</summary>
internal static class House
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folders of <c>src/Modules</c>.</summary>
    public static IReadOnlyList<string> Modules { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src", "Modules")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> EachModule => [.. Modules];

    public static string Project(string module) => Path.Combine(Root, "src", "Modules", module, $"Mila.{module}", $"Mila.{module}.csproj");

    public static string ContractsProject(string module) => Path.Combine(Root, "src", "Modules", module, $"Mila.{module}.Contracts", $"Mila.{module}.Contracts.csproj");

    public static string Card(string module) => Path.Combine(Root, "src", "Modules", module, "README.md");

    public static Assembly Assembly(string module) => System.Reflection.Assembly.Load($"Mila.{module}");

    public static Assembly Contracts(string module) => System.Reflection.Assembly.Load($"Mila.{module}.Contracts");

    /// <summary>Names of the projects that a project file references itself.</summary>
    public static IReadOnlyList<string> References(string project) =>
        [.. XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))];

    /// <summary>The notifications that a module publishes.</summary>
    public static IReadOnlyList<Type> Notifications(string module) =>
        [.. Contracts(module).GetTypes().Where(t => t.IsAssignableTo(typeof(MediatR.INotification)))];

    /// <summary>Which handlers of a module take which notifications of other modules.</summary>
    public static IReadOnlyList<(Type Handler, Type Notification)> Handlers(string module) =>
        [.. Assembly(module).GetTypes().Where(t => !t.IsAbstract)
            .SelectMany(t => t.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(MediatR.INotificationHandler<>)).Select(i => (t, i.GetGenericArguments()[0])))];

    /// <summary>The C# files of a folder, generated ones left out.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mila.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("Mila.sln was not found above the tests.");
        return folder.FullName;
    }
}
